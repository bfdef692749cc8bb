"""Research from the phone to its approval, and a handbook from asking to a stranger's check."""

from datetime import date

from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages
from tests.paper.reading import text
from trainingbase import queue, worker
from trainingbase.db import db
from trainingbase.handbook.models import Handbook
from trainingbase.research.models import Work

assert worker  # it says what each queued job does

PAGE = {
    "name": "first page.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n",
}
SAID = {
    "zh": {"evidence": "必须上传", "why": "请写明刊物", "valid": "最新版", "gone": "不再有效"},
    "en": {
        "evidence": "needs evidence",
        "why": "Which journal?",
        "valid": "is the latest edition",
        "gone": "was withdrawn",
    },
}


def hand_in(page, said, axe):
    """Forgets the evidence first."""
    page.goto("/research/mine")
    axe(page)
    page.locator("main a[href$='/research/new']").first.click()
    page.fill("[name=title]", "Township hypertension")
    page.select_option("[name=kind]", "paper")
    page.select_option("[name=role]", "first")
    page.fill("[name=done_on]", "2026-10-20")
    send = page.locator("main form .form-actions button")
    send.click()
    expect(page.locator("main .error-summary")).to_contain_text(said["evidence"])
    axe(page)
    page.set_input_files("[name=evidence]", files=[PAGE])
    send.click()
    expect(page.locator("main .lead .status-waiting")).to_be_visible()
    axe(page)


@in_both_languages
def test_research_is_handed_in_returned_mended_and_approved(
    phone, desktop, axe, language, alice, office
):
    said = SAID[language]
    hers, clerk = phone(alice), desktop(office)
    hand_in(hers, said, axe)
    clerk.goto("/research/?state=waiting")
    axe(clerk)
    clerk.locator("main tbody a").first.click()
    axe(clerk)
    where = clerk.url
    clerk.fill("form[action$='/return'] [name=reason]", said["why"])
    clerk.locator("form[action$='/return'] .form-actions button").click()
    expect(clerk.locator("main .lead .status-bad")).to_be_visible()
    hers.goto(where)
    expect(hers.locator("main .note-warning")).to_contain_text(said["why"])
    hers.locator("main a[href$='/change']").click()
    axe(hers)
    hers.fill("[name=venue]", "Chinese General Practice")
    hers.locator("main form .form-actions button").click()
    clerk.goto(where)
    clerk.fill("form[action$='/approval'] [name=points]", "4")
    clerk.locator("form[action$='/approval'] .form-actions button").click()
    expect(clerk.locator("main tbody")).to_have_count(0)
    hers.goto(where)
    expect(hers.locator("main .lead .status-good")).to_be_visible()
    axe(hers)
    db.session.rollback()
    [work] = db.session.query(Work)
    assert (work.state, work.points) == ("approved", 4)


@in_both_languages
def test_a_handbook_is_made_downloaded_verified_and_withdrawn(
    phone, desktop, visit, axe, language, alice, office, placed, alice_resident, county
):
    said = SAID[language]
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1))
    hers = phone(alice)
    hers.goto("/handbooks/mine")
    axe(hers)
    hers.locator("main form .form-actions button").click()
    expect(hers.locator("main progress")).to_be_visible()
    axe(hers)
    db.session.rollback()
    queue.work_off()
    expect(hers.locator("main .page-actions a[href$='/file']")).to_be_visible()  # by itself
    axe(hers)
    with hers.expect_download() as saving:
        hers.locator("main .page-actions a[href$='/file']").click()
    db.session.rollback()
    [book] = db.session.query(Handbook)
    with open(saving.value.path(), "rb") as file:
        assert book.digest in text(file.read())
    stranger = visit(None)
    stranger.goto("/handbooks/verify")
    axe(stranger)
    stranger.fill("[name=code]", book.code.lower())
    stranger.fill("[name=checksum]", book.digest[:12])
    stranger.locator("main form .form-actions button").click()
    expect(stranger.locator("main .note-good")).to_contain_text(said["valid"])
    expect(stranger.locator("main")).not_to_contain_text("Alice")
    axe(stranger)
    clerk = desktop(office)
    clerk.goto(f"/handbooks/{book.id}")
    axe(clerk)
    clerk.locator("main details summary").last.click()
    clerk.fill("[name=because]", "wrong name")
    clerk.locator("main details .form-actions button").click()
    expect(clerk.locator("main .note-bad")).to_contain_text("wrong name")
    stranger.reload()
    expect(stranger.locator("main .note-bad")).to_contain_text(said["gone"])

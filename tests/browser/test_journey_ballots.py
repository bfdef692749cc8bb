"""A resident says what they think on the phone; months later the teacher reads a batch."""

import pytest
from playwright.sync_api import expect

from tests.ballots.conftest import form, said, school  # noqa: F401
from tests.browser.everywhere import in_both_languages
from trainingbase.ballots.models import Envelope
from trainingbase.db import db

WORDS = {
    "zh": ("匿名评价，不记名", "匿名提交", "已作答", "如何保证匿名"),
    "en": (
        "This is anonymous",
        "Send without my name",
        "You have answered",
        "How it stays anonymous",
    ),
}
WORD = "查房时先问我怎么想"
KEPT = "JSON.stringify({...localStorage, ...sessionStorage})"


@pytest.fixture
def round_(school, mei_member):  # noqa: F811
    """Four have spoken about May, June and July; one may speak about August."""
    form("department")
    db.session.commit()
    for number, marks in enumerate(([5, 4], [4], [5])):
        school.played(number, mei_member, [said(m) for m in marks], first=2 * number)
    (last,) = school.people(9)[8:]
    school.stay(last, 3, mei_member)
    school.opened(3)
    return last


@in_both_languages
def test_from_one_word_on_a_phone_to_a_released_batch(
    phone,
    axe,
    language,
    monkeypatch,
    round_,
    school,  # noqa: F811
    mei,
    mei_member,
):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-09-05")
    page = phone(round_.person)
    page.goto("/ballots/")
    axe(page)
    page.get_by_role("link", name="Mei").first.click()
    said_so, send, answered, how = WORDS[language]
    expect(page.get_by_text(said_so)).to_be_visible()
    axe(page)
    for name in ("A_1", "A_2"):
        page.locator(f"label[for={name}-4]").click()
    page.locator("textarea").fill(WORD)
    expect(page.locator("[data-draft-state]")).not_to_be_empty()
    assert WORD in page.evaluate(KEPT)
    assert db.session.query(Envelope).count() == 4  # nothing of it has left the phone
    db.session.rollback()
    page.reload()
    expect(page.locator("textarea")).to_have_value(WORD)
    page.get_by_role("button", name=send).click()
    expect(page.get_by_text(answered, exact=True)).to_be_visible()
    axe(page)
    assert WORD not in page.evaluate(KEPT)

    school.closed(3)
    page = phone(mei)
    page.goto("/ballots/released")
    axe(page)
    page.get_by_role("link", name="Mei", exact=True).click()
    expect(page.get_by_text(WORD)).to_be_visible()
    axe(page)
    page.get_by_role("link", name=how).click()
    axe(page)

"""A version of a programme: made from what is in use, changed, put in force, compared; a resident
is moved to it and back."""

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens

SAID = {
    "zh": {
        "locked": "此版本正在使用，保持不变",
        "wrong": "各轮转科室合计7个月",
        "force": "此版本已投入执行。",
        "more": "Surgery 1",
        "moved": "已调整，并已通知学员。",
        "back": "所有人已恢复原来的版本。",
        "told": "您现在使用方案的另一个版本",
    },
    "en": {
        "locked": "This version is in use and stays as it is",
        "wrong": "The rotations come to 7 months",
        "force": "The version is in force.",
        "more": "Surgery 1",
        "moved": "They are moved, and told.",
        "back": "Everybody trains by their former version again.",
        "told": "You now train by another version of your programme",
    },
}


def send(page):
    page.locator("main form.form .form-actions button").first.click()


@pytest.fixture
def looked(axe, picture, screen):
    """Judge and keep what the page looks like."""

    def look(page, name):
        axe(page)
        picture(page, f"programme-{name}-{screen}")

    return look


@in_both_languages
@on_both_screens
def test_a_version_from_draft_to_residents(
    visit, looked, office, alice, alice_resident, county, language
):
    said = SAID[language]
    page = visit(office)
    page.goto(f"/programmes/{county.programme.id}")
    expect(page.locator("main")).to_contain_text(said["locked"])
    page.locator("main form[action$='/version'] button").click()
    draft = page.url
    looked(page, "draft")

    page.locator("main a[href*='/rotation/']", has_text="Surgery").click()
    page.locator("[name=months]").fill("2")
    page.locator("[name=shortest_stretch]").fill("2")
    looked(page, "rotation")
    send(page)
    page.goto(f"{draft}/checks")
    expect(page.locator("main")).to_contain_text(said["wrong"])
    looked(page, "wrong")
    page.goto(f"{draft}/head")
    page.locator("[name=months]").fill("7")
    send(page)
    page.goto(f"{draft}/checks")
    page.locator("[name=from_year]").fill("2027")
    send(page)
    expect(page.locator("body")).to_contain_text(said["force"])

    page.locator("main a[href*='/versions/compare']").click()
    expect(page.locator("main")).to_contain_text("+1")
    looked(page, "compared")

    page.goto(draft)
    page.locator("main a[href$='/move']").click()
    page.locator(f"#resident-{alice_resident.id}").check()
    looked(page, "whom")
    page.locator("main form[action$='/effect'] button").click()
    expect(page.locator("main")).to_contain_text(said["more"])
    looked(page, "effect")
    page.locator("[name=why]").fill("New edition")
    send(page)
    expect(page.locator("body")).to_contain_text(said["moved"])
    looked(page, "moved")

    alices = visit(alice)
    alices.goto("/notices")
    expect(alices.locator("main")).to_contain_text(said["told"])

    page.locator("form[action$='/undoing'] button").click()
    page.locator("dialog[open] button[value='yes'], dialog[open] .btn-danger").first.click()
    expect(page.locator("body")).to_contain_text(said["back"])

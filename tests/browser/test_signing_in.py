from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.cast import PASSWORD


@in_both_languages
@on_both_screens
def test_a_stranger_signs_in_and_is_greeted(visit, axe, alice):
    alice_login = alice.name.lower()
    page = visit()
    page.goto("/")
    axe(page)
    page.locator("[name=login]").fill(alice_login)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    expect(page.get_by_text(alice_login, exact=False).first).to_be_attached()
    axe(page)


def test_the_portal_works_without_javascript(visit, alice):
    page = visit(alice, javascript=False)
    page.goto("/")
    expect(page.locator("h1")).to_have_count(1)

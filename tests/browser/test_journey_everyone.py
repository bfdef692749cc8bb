"""What everybody does: sign in and out, a new password, the other language, pages that refuse."""

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens
from tests.cast import LONG_AGO, PASSWORD
from trainingbase.db import db
from trainingbase.notices.actions import leave
from trainingbase.roles import Role

SAID = {
    "zh": {
        "wrong": "账号或密码不正确",
        "changed": "密码已修改",
        "other": "English",
    },
    "en": {
        "wrong": "The account name or the password is not right",
        "changed": "Your password is changed",
        "other": "中文",
    },
}
ON_THE_WARD = (Role.RESIDENT, Role.FACULTY, Role.SECRETARY, Role.SITE_COORDINATOR)
NEW_PASSWORD = "seven green kites over the township"


def sign_in(page, login, password=PASSWORD):
    page.fill("[name=login]", login)
    page.fill("[name=password]", password)
    page.locator("main form.form .form-actions button").click()


def sign_out(page):
    page.locator("details.menu:has(form[data-sign-out]) summary").click()
    page.locator("[data-sign-out] button").click()
    page.wait_for_url("**/sign-in*")


def press(page, words_of_address):
    page.locator(f"main form[action$='{words_of_address}'] button").click()


@in_both_languages
@on_both_screens
def test_a_password_is_mistyped_and_then_changed(visit, axe, alice, language):
    page = visit()
    page.goto("/sign-in")
    sign_in(page, "alice", "not my password at all")
    expect(page.locator("#password-error")).to_contain_text(SAID[language]["wrong"])
    expect(page.locator("[name=login]")).to_have_value("alice")
    axe(page)
    sign_in(page, "alice")
    page.goto("/account")
    axe(page)
    page.locator("main a[href='/account/password']").click()
    page.fill("[name=old]", PASSWORD)
    page.fill("[name=new]", "short")
    page.fill("[name=again]", "short")
    page.locator("main form.form .form-actions button").click()
    expect(page.locator("#new-error")).to_contain_text("15")
    axe(page)
    for name, value in (("old", PASSWORD), ("new", NEW_PASSWORD), ("again", NEW_PASSWORD)):
        page.fill(f"[name={name}]", value)
    page.locator("main form.form .form-actions button").click()
    sign_out(page)
    sign_in(page, "alice", NEW_PASSWORD)
    expect(page.locator("nav.side a, nav.bottom a").first).to_be_attached()


def test_signing_out_everywhere_ends_the_other_browser_too(visit, alice):
    here, there = visit(alice), visit(alice)
    there.goto("/account")
    here.goto("/account")
    press(here, "/account/sessions/end")
    here.wait_for_url("**/sign-in")
    there.goto("/account")
    there.wait_for_url("**/sign-in*")


@in_both_languages
@on_both_screens
def test_a_person_takes_the_other_language_and_keeps_it(visit, alice, language):
    page = visit(alice)
    page.goto("/rotations/mine")
    expect(page.locator("html")).to_have_attribute("lang", "zh-CN" if language == "zh" else "en")
    button = page.get_by_role("button", name=SAID[language]["other"])
    button.click()
    page.wait_for_url("**/rotations/mine*")
    expect(page.locator("html")).to_have_attribute("lang", "en" if language == "zh" else "zh-CN")
    again = visit()
    again.goto("/sign-in")
    sign_in(again, "alice")
    expect(again.locator("html")).to_have_attribute("lang", "en" if language == "zh" else "zh-CN")


@in_both_languages
@on_both_screens
def test_a_page_of_others_is_refused_plainly(visit, axe, alice):
    page = visit(alice)
    page.goto("/incentives/")
    expect(page.locator("[data-error-page] li").first).to_be_visible()  # to whom it is open
    axe(page)
    page.goto("/nowhere")
    expect(page.locator("[data-error-page] a").first).to_be_visible()
    axe(page)


PHONE, DESKTOP = ("zh", "phone"), ("en", "desktop")
WALKS = [
    (Role.OFFICE, *PHONE),  # whose menu holds most of all the others'
    (Role.OFFICE, *DESKTOP),
    *((role, *PHONE) for role in Role if role in ON_THE_WARD),
    *((role, *DESKTOP) for role in Role if role not in (*ON_THE_WARD, Role.OFFICE)),
]


@pytest.mark.parametrize(("role", "language", "screen"), WALKS)
def test_everybody_opens_each_page_of_their_menu(visit, axe, everybody, role):
    """The tiny county has neither plan nor assessments: an empty page says what to do."""
    page = visit(everybody[role])
    page.goto("/")
    addresses = page.eval_on_selector_all(
        "nav.side a", "links => links.map((link) => link.getAttribute('href'))"
    )
    assert addresses
    for address in ["/", *addresses, "/account"]:
        assert page.goto(address).status == 200
        axe(page)


def test_notices_are_marked_as_read(visit, alice):
    leave("plan-published", to_ids=[alice.id], at=LONG_AGO, path="/", title="Autumn")
    db.session.commit()
    page = visit(alice)
    page.goto("/notices/")
    expect(page.locator(".notice-new")).to_have_count(1)
    press(page, "/notices/reading")
    expect(page.locator(".notice-new")).to_have_count(0)


@in_both_languages
def test_two_editors_of_one_number_do_not_overwrite_each_other(visit, axe, office):
    first, second = visit(office), visit(office)
    for page in (first, second):
        page.goto("/thresholds/request_due_days")
    first.fill("[name=value]", "5")
    first.locator("main form .form-actions button").click()
    first.wait_for_url("**/thresholds/#*")
    second.fill("[name=value]", "9")
    second.locator("main form .form-actions button").click()
    expect(second.locator("main .note-warning")).to_contain_text("5")
    expect(second.locator("[name=value]")).to_have_value("9")
    axe(second)
    second.locator("main form .form-actions button").click()
    second.wait_for_url("**/thresholds/#*")
    expect(second.locator("tr:has(a[href$='request_due_days'])")).to_contain_text("9")


def test_a_number_typed_in_an_ended_session_is_there_after_signing_in(visit, office):
    page, elsewhere = visit(office), visit(office)
    page.goto("/thresholds/request_due_days")
    page.fill("[name=value]", "11")
    elsewhere.goto("/account")
    press(elsewhere, "/account/sessions/end")
    elsewhere.wait_for_url("**/sign-in")
    page.locator("main form .form-actions button").click()
    page.wait_for_url("**/sign-in*")
    sign_in(page, "wu")
    expect(page.locator("[name=value]")).to_have_value("11")


def test_back_after_saving_and_saving_again_is_noticed(visit, office):
    page = visit(office)
    page.goto("/thresholds/request_due_days")
    page.fill("[name=value]", "6")
    page.locator("main form .form-actions button").click()
    page.wait_for_url("**/thresholds/#*")
    page.go_back()
    page.wait_for_url("**/request_due_days")
    page.fill("[name=value]", "8")
    page.locator("main form .form-actions button").click()
    page.wait_for_load_state()
    if page.url.endswith("/request_due_days"):
        page.locator("main form .form-actions button").click()
    page.wait_for_url("**/thresholds/#*")
    expect(page.locator("tr:has(a[href$='request_due_days'])")).to_contain_text("8")

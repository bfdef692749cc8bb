"""The parts every page is made of, as people meet them."""

import pytest
from playwright.sync_api import expect

from tests.browser.everywhere import in_both_languages, on_both_screens
from trainingbase.design.samples import ERRORS

SMALL_TARGETS = """
() => [...document.querySelectorAll("a, button, summary, select, textarea, input")]
  .filter((one) => one.type !== "hidden" && one.offsetParent)
  .filter((one) => one.matches("button")
    || !one.closest("p, li, td, th, dd, .note, .stat, .skip, .trail"))
  .filter((one) => !one.matches(".rating-input, .skip"))
  .map((one) => one.matches(".form-check-input") ? one.parentElement : one)
  .filter((one) => one.getBoundingClientRect().height < 43.5)
  .map((one) => one.outerHTML.slice(0, 120))
"""


@pytest.fixture
def design(visit, office):
    """The page of all parts, open before the office."""
    page = visit(office)
    page.goto("/design/")
    expect(page.locator(".chart .plot-container")).to_be_visible()
    return page


def fill(page):
    page.locator("[name=name]").fill("李晓雯")
    page.locator("[name=site]").select_option("lead")
    page.locator("label", has_text="Ward").or_(page.locator("label", has_text="病房")).click()
    page.locator("label[for=overall-6]").click()


def sent(page) -> list[str]:
    """Fills up with what is posted to the design page from now on."""
    bodies = []
    page.on(
        "request",
        lambda request: (
            bodies.append(request.post_data)
            if request.method == "POST" and request.url.endswith("/design/")
            else None
        ),
    )
    return bodies


@in_both_languages
@on_both_screens
def test_no_part_stops_anybody(design, axe):
    design.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    for theme in ("light", "dark"):
        design.emulate_media(color_scheme=theme)
        expect(design.locator("html")).to_have_attribute("data-bs-theme", theme)
        axe(design)


@on_both_screens
def test_a_refused_form_says_what_is_wrong_and_where(design, axe):
    design.locator("form[data-draft] .btn-primary").click()
    summary = design.locator(".error-summary")
    expect(summary).to_be_focused()
    axe(design)
    summary.locator("a").first.click()
    expect(design.locator("#name")).to_be_focused()
    summary.locator("a[href='#overall']").click()
    expect(design.locator("#overall-0")).to_be_focused()


def test_a_thumb_meets_every_button(design):
    assert design.evaluate(SMALL_TARGETS) == []


KEPT = "Object.keys(localStorage).filter((key) => key !== 'theme' && key !== 'viewer')"
"""What is the device's own, and who is signed in, stays while they are."""


def test_what_is_typed_comes_back_until_it_was_sent(design):
    fill(design)
    expect(design.locator("[data-draft-state]")).not_to_be_empty()
    design.reload()
    expect(design.locator("[name=name]")).to_have_value("李晓雯")
    expect(design.locator("#overall-6")).to_be_checked()
    design.locator("form[data-draft] .btn-primary").click()
    expect(design.locator(".flashes .note-good")).to_be_visible()
    design.wait_for_load_state("networkidle")
    assert design.evaluate(KEPT) == []
    design.reload()
    expect(design.locator("[name=name]")).to_have_value("")


def test_a_form_sent_without_network_arrives_once_when_it_is_back(design):
    bodies = sent(design)
    fill(design)
    key = design.locator("[name=form_key]").input_value()
    design.context.set_offline(True)
    design.locator("form[data-draft] .btn-primary").click()
    expect(design.locator("[data-outbox-state]")).to_be_visible()
    assert bodies == []
    design.context.set_offline(False)
    expect(design.locator("[data-outbox-state]")).to_contain_text("设计系统")
    assert len(bodies) == 1 and f"form_key={key}" in bodies[0]
    assert design.evaluate(KEPT) == []


def test_an_incomplete_form_is_not_kept_for_sending(design):
    design.context.set_offline(True)
    design.locator("form[data-draft] .btn-primary").click()
    expect(design.locator("[data-outbox-state]")).to_be_hidden()
    design.context.set_offline(False)


TYPE_AND_CLICK = """
(button) => {
  document.querySelector("[name=name]").dispatchEvent(new Event("input", { bubbles: true }));
  button.click();
}
"""


def test_signing_out_leaves_nothing_of_the_viewer_in_the_browser(design):
    fill(design)
    expect(design.locator("[data-draft-state]")).not_to_be_empty()
    design.locator("details.menu:has(form[data-sign-out]) summary").click()
    design.locator("[data-sign-out] button").evaluate(TYPE_AND_CLICK)
    design.wait_for_url("**/sign-in**")
    assert design.evaluate("Object.keys(localStorage)") == []


COUNT_AND_STAY = """
document.addEventListener("submit", (event) => {
  if (!event.defaultPrevented) document.title += "!";
  event.preventDefault();
});
"""


def test_a_form_is_sent_once_however_often_its_button_is_pressed(design):
    design.evaluate(COUNT_AND_STAY)
    button = design.locator("main .inline-form:not([data-confirm]) button")
    for _ in range(3):
        button.dispatch_event("click")
    assert design.title().count("!") == 1


def test_a_dangerous_button_asks_first(design):
    bodies = sent(design)
    design.locator("form[data-confirm] button").click()
    dialog = design.locator("dialog[open]")
    expect(dialog).to_be_visible()
    dialog.locator("[value=no]").click()
    expect(dialog).to_be_hidden()
    assert bodies == []
    design.locator("form[data-confirm] button").click()
    with design.expect_request(lambda request: request.method == "POST"):
        dialog.locator("[data-yes]").click()


def test_arrow_keys_walk_the_rotation_grid(desktop, office):
    page = desktop(office)
    page.goto("/design/")
    cells = page.locator("table.grid tbody tr")
    cells.nth(0).locator("td a").first.focus()
    page.keyboard.press("ArrowRight")
    expect(cells.nth(0).locator("td a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(cells.nth(1).locator("td a").nth(1)).to_be_focused()
    page.keyboard.press("Home")
    expect(cells.nth(1).locator("th a")).to_be_focused()


def test_the_chosen_theme_stays(design):
    design.locator("details.menu:has([data-themes]) summary").click()
    design.locator("[data-themes] [value=dark]").click()
    expect(design.locator("html")).to_have_attribute("data-bs-theme", "dark")
    design.reload()
    expect(design.locator("html")).to_have_attribute("data-bs-theme", "dark")


def test_without_javascript_the_numbers_of_a_chart_are_there(visit, office):
    page = visit(office, javascript=False)
    page.goto("/design/")
    page.locator(".chart summary").click()
    expect(page.locator(".chart td", has_text="38")).to_be_visible()
    expect(page.locator(".chart-canvas")).to_be_hidden()


@on_both_screens
def test_every_error_page_says_what_to_do(visit, office, axe):
    page = visit(office)
    for code in ERRORS:
        page.goto(f"/design/errors/{code}")
        expect(page.locator("[data-error-page] p")).not_to_have_count(0)
        axe(page)

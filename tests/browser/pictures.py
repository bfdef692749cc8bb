"""Takes the pictures of docs/screenshots from the county that `trainingbase demo` made.

`make screenshots`, or, where the demonstration stands in another folder:
`TRAININGBASE_HOME=folder python -m pytest tests/browser/pictures.py`.
The demonstration's database is copied first, so that its data stay as they are.
"""

import json
import os
import sqlite3
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import LOCALES, SCREENS, SECONDS_TO_WAIT
from tests.conftest import SETTINGS
from trainingbase import paths

MADE = Path(os.environ.get("TRAININGBASE_HOME") or paths.HOME / "instance" / "demo")
"""Before the tests turn to a folder of their own."""

SIZES = {**SCREENS, "desktop": {"viewport": {"width": 1080, "height": 640}}}
FOLDER = paths.HOME / "docs" / "screenshots"
COLOURS = 256


@pytest.fixture(scope="session")
def demonstration(home):
    """The address of the county's portal."""
    from waitress import create_server

    from trainingbase.app import create_app

    if not (MADE / "demo-accounts.json").exists():
        pytest.fail(f"There is no demonstration in {MADE}: run `trainingbase demo --no-serve`.")
    copy = home / "pictured.sqlite"
    with sqlite3.connect(MADE / "trainingbase.sqlite") as made, sqlite3.connect(copy) as kept:
        made.backup(kept)
    app = create_app(DATABASE_URL=f"sqlite:///{copy}", DEMO=True, **SETTINGS)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)


@pytest.fixture(params=["zh", "en"])
def language(request):
    return request.param


@pytest.fixture
def open_as(browser, demonstration, language):
    """`open_as("office", "desktop")`: a page in which the demonstration's office has signed in."""
    accounts = json.loads((MADE / "demo-accounts.json").read_text())
    contexts = []

    def opened(role: str, screen: str):
        context = browser.new_context(
            base_url=demonstration,
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            **SIZES[screen],
        )
        contexts.append(context)
        context.set_default_timeout(SECONDS_TO_WAIT * 1000)
        page = context.new_page()
        page.goto("/sign-in")
        page.fill("[name=login]", accounts[role]["login"])
        page.fill("[name=password]", accounts[role]["password"])
        page.locator("main form.form .form-actions button").click()
        page.wait_for_url("**/")
        other = page.locator(f"form[action$='/language'] button[value={language}]")
        if other.count():
            other.click()
            page.wait_for_load_state()
        return page

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def take(language):
    """`take(page, "office-day")` writes docs/screenshots/office-day-zh.png."""
    FOLDER.mkdir(parents=True, exist_ok=True)

    def picture(page, name: str) -> None:
        page.evaluate("document.fonts.ready")
        taken = Image.open(BytesIO(page.screenshot())).convert("RGB")
        # a palette takes a third of the bytes: guides are read on phones
        drawn = taken.quantize(COLOURS, dither=Image.Dither.NONE)
        drawn.save(FOLDER / f"{name}-{language}.png", optimize=True)

    return picture


def test_resident(open_as, take):
    page = open_as("resident", "phone")
    take(page, "resident-day")
    page.goto("/rotations/mine")
    page.locator("tr[aria-current]").scroll_into_view_if_needed()
    take(page, "resident-rotations")
    page.goto("/assessments/feedback")
    page.locator("main tbody th a").first.click()
    take(page, "resident-feedback")
    page.goto("/incentives/mine")
    page.locator("main tbody a").first.click()
    take(page, "resident-incentive")
    page.goto("/calendar")
    make = page.locator("main form[action$='/calendar'] button")
    if make.count():
        make.click()
    expect(page.locator("code.long")).to_be_visible()
    take(page, "resident-calendar")


def test_wishes_and_swaps(open_as, take):
    page = open_as("resident", "phone")
    page.goto("/wishes/mine")
    take(page, "resident-wishes")
    page.goto("/swaps/")
    page.locator("main .card-box a").first.click()
    take(page, "resident-swap")
    page.goto("/rotations/mine")
    page.locator("tr:not([aria-current]) a[href*='/rotations/placements/']").last.click()
    take(page, "resident-why")
    page = open_as("office", "desktop")
    page.goto("/wishes/rounds")
    page.locator("main tbody th a").first.click()
    take(page, "office-wishes")
    page.goto("/rotations/plans?state=in_force")
    page.locator("main tbody th a").first.click()
    page.locator("nav.tabs a[href$='/wishes']").click()
    take(page, "office-plan-wishes")
    page = open_as("office", "phone")
    page.goto("/swaps/all?state=accepted")
    page.locator("main tbody th a").first.click()
    take(page, "office-swap")


def test_faculty(open_as, take):
    page = open_as("faculty", "phone")
    take(page, "faculty-day")
    page.goto("/assessments/")
    take(page, "faculty-owed")
    page.locator("main a[href*='/mini_cex'], main a[href*='/assessments/requests/']").first.click()
    page.locator("fieldset.rating label").nth(6).click()
    take(page, "faculty-form")
    page.goto("/incentives/mine")
    take(page, "faculty-incentives")


def test_secretary_and_coordinator(open_as, take):
    page = open_as("secretary", "desktop")
    take(page, "secretary-day")
    page.goto("/training/activities")
    take(page, "secretary-activities")
    page = open_as("site_coordinator", "phone")
    take(page, "coordinator-day")


def test_office_imports_and_pays(open_as, take):
    page = open_as("office", "desktop")
    take(page, "office-day")
    page.goto("/imports/")
    page.set_input_files("[name=workbook]", paths.DEMO_COUNTY / "residents.xlsx")
    page.locator("main form.form .form-actions button").click()
    page.wait_for_url("**/imports/*")
    page.goto(f"{page.url.partition('?')[0]}?status=refused")
    page.locator("#rows").scroll_into_view_if_needed()
    page.evaluate("scrollBy(0, 420)")
    take(page, "office-import")
    page.goto("/incentives/")
    page.locator("main tbody a").first.click()
    page.locator("#lines").scroll_into_view_if_needed()
    take(page, "office-incentives")
    page.locator("main table a[href*='/lines/']").first.click()
    take(page, "office-incentive-line")
    page.goto("/assessments/requests")
    take(page, "office-requests")


def test_office_plans(open_as, take):
    page = open_as("office", "desktop")
    page.goto("/rotations/plans/new")
    take(page, "office-new-plan")
    page.goto("/rotations/plans?state=in_force")
    page.locator("main tbody th a").first.click()
    take(page, "office-plan")
    in_force = page.url
    for view in ("grid", "places"):
        page.goto(f"{in_force}/{view}")
        take(page, f"office-{view}")
    page.goto("/rotations/plans?state=draft")
    page.locator("main tbody th a").first.click()
    draft = page.url
    page.goto(f"{draft}/comparison?other={in_force.rpartition('/')[2]}")
    take(page, "office-comparison")
    page.goto(f"{draft}/publication")
    take(page, "office-publication")
    page.goto(f"{draft}/grid")
    months = page.locator("table.grid tbody tr", has=page.locator("td a")).nth(2).locator("td a")
    months.last.click()
    year, month = map(int, page.locator("[name=month]").input_value().split("-"))
    page.fill("[name=month]", f"{year - (month == 1)}-{(month + 10) % 12 + 1:02}")
    page.locator("button[value=move-check]").click()
    expect(page.locator("main .note-bad, main .note-good").first).to_be_visible()
    take(page, "office-move")


def test_leader(open_as, take):
    page = open_as("leader", "desktop")
    page.goto("/quality/")
    take(page, "leader-quality")
    page.goto("/quality/indicators/assessments-in-time")
    expect(page.locator("[data-canvas] svg.main-svg").first).to_be_visible()
    page.wait_for_timeout(500)  # the last chart is drawn
    page.locator("[data-canvas]").first.evaluate("chart => chart.scrollIntoView({block: 'center'})")
    take(page, "leader-charts")
    page = open_as("leader", "phone")
    page.goto("/quality/")
    take(page, "leader-quality-phone")


def test_auditor_and_administrator(open_as, take):
    page = open_as("auditor", "desktop")
    page.goto("/audit/")
    take(page, "auditor-trail")
    page = open_as("administrator", "desktop")
    page.goto("/accounts")
    take(page, "administrator-accounts")
    page.goto("/accounts?search=resident")
    page.locator("main tbody td a[href^='/accounts/']").first.click()
    take(page, "administrator-account")

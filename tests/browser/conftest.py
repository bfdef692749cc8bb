"""A live portal and real browsers on it.

    def test_alice_sees_where_she_is(visit, alice, language, screen):
        page = visit(alice)                   # signed in, in `language`, on `screen`
        page.goto("/")
        check(page)                           # axe finds nothing

`language` is zh and `screen` is "phone" unless a test is parametrised with them:
`@in_both_languages`, `@on_both_screens` (see `tests.browser.everywhere`).
"""

import json
import os
from threading import Thread

import pytest
from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.rules import Watch
from tests.conftest import SETTINGS, do_not_wait_for_the_disk
from trainingbase import paths

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENS = {
    "phone": {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 900}},
}
LOCALES = {"zh": "zh-CN", "en": "en-GB"}
SECONDS_TO_WAIT = 60  # until something is held to be missing: machines may be very busy
STARTING = "html.js:not([data-ready])"
STARTED = "html:not(.js), html[data-ready]"
"""What static/js/portal.js says of itself; without JavaScript there is nothing to wait for."""


expect.set_options(timeout=SECONDS_TO_WAIT * 1000)

ON_POSTGRESQL = {("zh", "desktop"), ("en", "phone"), ("en", None), (None, "desktop")}
"""What of a journey that is walked in both languages, or on both screens, is walked on PostgreSQL
when both databases are asked for; the rest is on SQLite.  No pair of database, language and screen
goes untried that could matter together, in half the time; `--database sqlite` walks all."""


def pytest_collection_modifyitems(config, items):
    if config.getoption("database") != "both":
        return
    left = [item for item in items if not _is_walked(item)]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if _is_walked(item)]


def _is_walked(item) -> bool:
    given = item.callspec.params if hasattr(item, "callspec") else {}
    way = (given.get("language"), given.get("screen"))
    if "browser" not in item.path.parts or "database" not in given or way == (None, None):
        return True
    return (way in ON_POSTGRESQL) == (given["database"] == "postgresql")


@pytest.fixture(scope="session")
def browser():
    found = chromium.find_or_install()
    environment = {**os.environ, **found.environment, **chromium.chinese_fonts()}
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=found.path, args=FLAGS, env=environment
        )
        yield running
        running.close()


@pytest.fixture(scope="session")
def served(portal):
    """The address of the portal as people get it, with all its checks of forms."""
    from waitress import create_server

    from trainingbase.app import create_app

    url = portal.config["SQLALCHEMY_DATABASE_URI"]
    app = create_app(DATABASE_URL=url, **SETTINGS)
    do_not_wait_for_the_disk(app)
    server = create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(5)
    with app.app_context():
        from trainingbase.db import db

        db.engine.dispose()


@pytest.fixture
def language():
    return "zh"


@pytest.fixture
def screen():
    return "phone"


@pytest.fixture
def visit(app, browser, served, language, screen, browse):
    """`visit(alice)` is a page in a new browser in which Alice has signed in; `visit()` in which
    nobody has.  What no page may do is asserted when the test ends (see `rules.py`)."""
    from trainingbase.db import db

    session = db.session()
    contexts, watches = [], []

    def opened(person=None, *, screen=screen, javascript=True, worker=False) -> Page:
        context = browser.new_context(
            base_url=served,
            service_workers="allow" if worker else "block",
            locale=LOCALES[language],
            timezone_id="Asia/Shanghai",
            reduced_motion="reduce",
            java_script_enabled=javascript,
            **SCREENS[screen],
        )
        contexts.append(context)
        context.set_default_timeout(SECONDS_TO_WAIT * 1000)
        context.add_cookies(cookies_of(app, person, language, browse, served))
        page = context.new_page()
        # Nobody is as quick as a test: each action waits until the page's behaviours are there.
        page.add_locator_handler(page.locator(STARTING), lambda _page: None)
        # The test's own transaction ends first: on SQLite it would keep the portal from writing.
        page.on("request", lambda _request: session.rollback())
        watches.append(Watch(page, served))
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [fault for watch in watches for fault in watch.faults] == []


def cookies_of(app, person, language, browse, served) -> list[dict]:
    from trainingbase.db import db

    if person is None:
        client = app.test_client()
    else:
        person.language = language
        db.session.commit()
        client = browse(person)
    with client.session_transaction() as session:
        session["language"] = language
    name = app.config["SESSION_COOKIE_NAME"]
    return [{"name": name, "value": client.get_cookie(name).value, "url": served}]


@pytest.fixture
def phone(visit):
    """`phone(alice)`: a page of 390 × 844, in which Alice has signed in."""
    return lambda person=None, **more: visit(person, screen="phone", **more)


@pytest.fixture
def desktop(visit):
    """`desktop(office)`: a page of 1280 × 900, in which the office has signed in."""
    return lambda person=None, **more: visit(person, screen="desktop", **more)


@pytest.fixture(scope="session")
def axe():
    """`axe(page)` fails with each violation, the rule and the first places of it."""
    source = AXE_FILE_PATH.read_text()

    def run(page: Page) -> None:
        page.wait_for_load_state()
        page.locator(STARTED).wait_for(state="attached")
        page.evaluate(source)
        found = page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
        assert not found, "\n".join(
            f"{one['id']} ({one['impact']}): {one['help']}\n    "
            + "\n    ".join(
                f"{json.dumps(node['html'])}: {node['failureSummary']}" for node in one["nodes"][:4]
            )
            for one in found
        )

    return run


@pytest.fixture
def picture(request, language, screen):
    """`picture(page, "plan-grid")` keeps a screenshot for the documentation, when asked to."""
    folder = paths.HOME / "docs" / "screenshots"

    def take(page: Page, name: str, *, whole: bool = False) -> None:
        if request.config.getoption("screenshots"):
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}-{language}.png", full_page=whole)

    return take

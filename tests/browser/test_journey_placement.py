"""A whole placement: entered, worked in, taught in, left.  What each did is in one figure, which
resident, secretary and office read alike, and on the official form.  In Chinese residents and
teachers hold telephones, in English they sit at desks."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.cast import PASSWORD, add
from tests.leaving.conftest import (  # noqa: F401
    assessed,
    gao,
    gao_member,
    group,
    han_member,
    lenient,
    marked,
    stay,
)
from trainingbase import clock
from trainingbase.db import db
from trainingbase.leaving.queries import deciding, standing_of
from trainingbase.programmes.models import Minimum
from trainingbase.training.models import Activity

ROUND = "教学查房"


@pytest.fixture(autouse=True)
def on_the_last_day(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-11-30")


@pytest.fixture
def asked(county):
    """Two of one disease, and one teaching round."""
    for category, item, count in (("disease", "COPD", 2), ("activity", ROUND, 1)):
        add(
            Minimum(
                programme=county.programme,
                standard_department=county.standards["Medicine"],
                category=category,
                item=item,
                count=count,
            )
        )


def send(page):
    page.locator("main form.form .form-actions button").click()
    page.wait_for_load_state()


def gate_as_read(page, url) -> list[str]:
    page.goto(url)
    return [" ".join(row.split()) for row in page.locator("main table tbody tr").all_inner_texts()]


@pytest.mark.parametrize(
    ("language", "screen"), [("zh", "phone"), ("en", "desktop")], ids=["zh-phone", "en-desktop"]
)
def test_a_placement_from_entering_to_leaving(
    language, screen, phone, desktop, axe, alice, mei, gao, secretary, office, stay, group, asked,  # noqa: F811
    lenient, assessed, marked,  # noqa: F811
):  # fmt: skip
    lenient(log="advice", activities="advice", absence="advice", theory="veto", skill="veto")
    url = f"/leaving/{stay.id}"
    screen_of = {"phone": phone, "desktop": desktop}[screen]
    desk, hers, teacher = desktop(secretary), screen_of(alice), screen_of(mei)

    desk.goto("/entering/?month=2026-10")
    desk.locator(f"[name=t_{stay.id}]").check()
    desk.fill(f"[name=d_{stay.id}]", "2026-10-01")
    desk.fill(f"[name=b_{stay.id}]", "4")
    desk.locator("main .form-actions button").click()
    expect(desk.locator("main .flashes .note-good, .flashes .note-good").first).to_be_visible()

    for _twice in range(2):
        hers.goto("/log/")
        hers.locator(".asked form button").first.click()
        hers.wait_for_url("**/log/?logged=*")
    teacher.goto("/log/to-confirm")
    teacher.locator("a[href*='ticked=1']").click()
    teacher.locator("button[value=confirm]").click()
    expect(teacher.locator(".flashes .note-good")).to_be_visible()

    small = screen_of(secretary)
    small.goto("/attendance/?day=2026-11-27")
    small.locator("button.att-tap[value=absence]").click()
    expect(small.locator("button.att-tap[value=absence]")).to_have_attribute("aria-pressed", "true")

    begun = (clock.now() - timedelta(minutes=1)).astimezone(clock.LOCAL)
    desk.goto("/training/activities/new")
    desk.select_option("[name=kind]", ROUND)
    desk.fill("[name=topic]", "Chest pain")
    desk.fill("[name=held_on]", begun.date().isoformat())
    desk.fill("[name=starts]", f"{begun:%H:%M}")
    desk.select_option("[name=speaker]", str(mei.id))
    desk.locator("main .form-actions button").click()
    expect(desk.locator("h1")).to_have_text("Chest pain")
    address = f"/training/activities/{db.session.query(Activity).one().id}"
    teacher.goto(f"{address}/code/in")
    hers.goto(teacher.locator("[data-code-link]").get_attribute("href"))
    hers.locator("main form button").click()
    hers.wait_for_load_state()
    teacher.goto(address)
    teacher.locator(f"main form[action$='{address}/handing-in'] button").click()
    theirs = desktop(office)
    theirs.goto("/training/activities?state=waiting")
    theirs.locator("#bulk button").click()
    theirs.wait_for_load_state()

    read = gate_as_read(hers, url)
    axe(hers)
    assert read == gate_as_read(small, url)
    assert gate_as_read(desk, url) == gate_as_read(theirs, url)
    db.session.rollback()
    lines = {one.item: one for one in standing_of([stay.id])[stay.id].lines}
    assert (lines["log"].done, lines["activities"].state) == (100, lines["activities"].state)
    assert lines["absence"].done == 1

    assessed()
    marked(theory=80, skill=75)
    desk.goto(url)
    desk.locator(f"main form[action$='{url}/handing-over'] button").click()
    leader = screen_of(gao)
    leader.goto(f"{url}/review")
    leader.locator("[name=verdict][value=passed]").check()
    leader.fill("[name=feedback]", "Well done.")
    leader.fill("[name=password]", PASSWORD)
    send(leader)
    hers.goto(f"{url}/signature")
    hers.fill("[name=password]", PASSWORD)
    send(hers)
    db.session.rollback()
    left = deciding.left(stay.id)
    assert left.left_on == date(2026, 11, 30) and left.done_by_id == alice.id

    for kind in ("pdf", "xlsx"):
        with theirs.expect_download() as sent:
            theirs.goto(url)
            theirs.locator(f"a[href*='exit-form/{kind}']").first.click()
        assert sent.value.suggested_filename.endswith(kind)
    small.goto("/leaving/?state=left")
    axe(small)

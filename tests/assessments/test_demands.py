"""What the plan demands by today, and what became of it: every form counted once."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.assessments.conftest import NOW, RATINGS, TODAY
from tests.assessments.test_circle import answered, ask, form, issue
from tests.assessments.test_lists import statements
from tests.assessments.test_planned import plan
from tests.cast import add, resident
from trainingbase.assessments import actions
from trainingbase.assessments.models import Request
from trainingbase.assessments.queries import waiting
from trainingbase.assessments.queries.demands import demands_of
from trainingbase.assessments.rules.demands import Item, Line, fill, there
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import Leave

FIRST = date(2026, 9, 1)


@pytest.fixture
def stay(placed, alice_resident, county, mei_member):
    """September to November; the plan wants two Mini-CEX a placement and an exit form."""
    plan(county, "mini_cex", "placement", times=2)
    plan(county, "exit_assessment", "leaving")
    plan(county, "monthly_assessment", "monthly")
    return placed(alice_resident, county.medicine, FIRST, date(2026, 12, 1), mei_member)


def totals(one, today=TODAY):
    return demands_of([one.id], today=today)[one.id].totals()


def of(one, code, *names, today=TODAY):
    numbers = totals(one, today)[code]
    return tuple(numbers[name] for name in names)


def request(form, placement, day, **more):
    return add(
        Request(
            instrument=form, placement=placement, resident_id=placement.resident_id,
            assessor_id=placement.supervisor.person_id, asked_on=day,
            due_on=day + timedelta(days=7), expires_on=day + timedelta(days=28), created_at=NOW,
            **more,
        )
    )  # fmt: skip


def test_what_is_demanded_by_today_and_what_became_of_it(stay, mini_cex, alice_resident):
    names = ("demanded", "asked", "done", "waiting", "late", "expired", "missing")
    assert of(alice_resident, "mini_cex", *names) == (2, 0, 0, 0, 0, 0, 2)
    assert of(alice_resident, "monthly_assessment", "demanded") == (2,), "not yet in November"
    request(mini_cex, stay, date(2026, 10, 1))
    request(mini_cex, stay, TODAY)
    assert of(alice_resident, "mini_cex", *names) == (2, 2, 0, 1, 0, 1, 1), "expired is missing"


def test_one_given_unasked_counts_once(stay, mini_cex, mei, alice_resident):
    for key in ("a", "b", "c"):
        actions.submit(
            instrument=mini_cex, placement=stay, by=mei, at=NOW, observed_on=TODAY,
            answers=RATINGS, form_key=key,
        )  # fmt: skip
    names = ("demanded", "asked", "done", "unasked", "missing")
    assert of(alice_resident, "mini_cex", *names) == (2, 0, 3, 3, 0)
    lines = demands_of([alice_resident.id], today=TODAY)[alice_resident.id].lines
    assert [(one.time, one.done) for one in lines if one.code == "mini_cex"] == [
        ("placement", 2),
        ("", 1),
    ]


def test_a_month_away_demands_nothing(stay, alice_resident):
    add(Leave(resident=alice_resident, kind="sick", starts_on=date(2026, 9, 4),
              ends_on=date(2026, 10, 1), granted=True, decided_at=NOW))  # fmt: skip
    assert of(alice_resident, "monthly_assessment", "demanded", "missing") == (1, 1)
    found = waiting.wanted(today=TODAY, until=TODAY)
    assert [one.slot for one in found if one.instrument.code == "monthly_assessment"] == [
        f"{stay.id} 2026-10 1"
    ]


def test_a_placement_that_is_done_again_demands_nothing(stay, alice_resident):
    stay.repeats_at = NOW
    db.session.commit()
    assert totals(alice_resident) == {}


def test_guests_are_counted_one_by_one(placed, alice_resident, county, mei_member, secretary):
    plan(county, "nurse_on_resident", "leaving", times=3)
    form("nurse_on_resident", "nurse")
    placed(alice_resident, county.medicine, date(2026, 11, 1), date(2026, 11, 26), mei_member)
    (errand,) = ask()
    for link in issue(errand, 2, "b"):
        answered(link, "N")
    names = ("demanded", "asked", "done", "waiting", "missing")
    assert of(alice_resident, "nurse_on_resident", *names) == (3, 3, 2, 1, 0)
    after = errand.expires_on
    assert of(alice_resident, "nurse_on_resident", "done", "expired", "missing", today=after) == (
        2, 1, 1,
    )  # fmt: skip


def test_an_expired_one_leaves_room_for_the_next():
    line = Line("x", "placement", 1, FIRST, TODAY, wanted=1, demanded=1)
    old = Item(1, FIRST, 0, 1, "expired", True)
    new = Item(1, TODAY - timedelta(days=3), 1, 0, "done", True)
    (only,) = fill([line], [("x", new), ("x", old)])
    assert (only.missing, only.expired, only.done) == (0, 1, 1)


def test_days_there():
    away = [(date(2026, 1, 5), date(2026, 1, 10)), (date(2026, 1, 8), date(2026, 1, 20))]
    assert there(date(2026, 1, 1), date(2026, 2, 1), away) == 16
    assert there(date(2026, 1, 6), date(2026, 1, 15), away) == 0


def test_of_many_takes_as_many_statements(stay, placed, county, mei_member, alice_resident):
    ids = [alice_resident.id]
    with statements() as few:
        demands_of(ids, today=TODAY)
    for n in range(12):
        one = resident(f"R{n}", county, f"11010120000103{n:04}")
        placed(one, county.medicine, FIRST, date(2026, 12, 1), mei_member)
        ids.append(one.id)
    with statements() as many:
        demands_of(ids, today=TODAY)
    assert len(many) <= len(few)


def test_the_office_sees_who_lacks_what_and_each_number_opens_its_rows(
    stay, mini_cex, office, alice, alice_resident, browse, mei
):
    actions.ask(instrument=mini_cex, placement=stay, by=office, at=datetime.now(LOCAL))
    browser = browse(office)
    page = browser.get("/judging/lacking").text
    assert "Mini-CEX" in page and f"/judging/residents/{alice_resident.id}/forms?" in page
    for kind in ("csv", "xlsx"):
        assert browser.get(f"/judging/lacking/export/{kind}").status_code == 200
    rows = f"/judging/residents/{alice_resident.id}/forms"
    page = browser.get(f"{rows}?form=mini_cex&what=waiting").text
    one = db.session.scalars(select(Request)).one()
    assert f"/assessments/requests/{one.id}/course" in page
    assert "Nothing here" in browser.get(f"{rows}?form=mini_cex&what=expired").text
    assert browser.get(f"{rows}/export/csv").status_code == 200
    mine = browse(alice)
    assert "/judging/picture/forms?form=mini_cex" in mine.get("/judging/picture").text
    assert mine.get("/judging/picture/forms?what=%27").status_code == 200
    assert mine.get(rows).status_code == 403

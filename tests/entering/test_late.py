"""Who is late: the list, the daily notice, and the figure for quality."""

from datetime import UTC, date, datetime

from tests.cast import add
from tests.entering.conftest import AT, DECEMBER, FEBRUARY, LATER, answers, set_day, told
from trainingbase import worker
from trainingbase.db import db
from trainingbase.enrolment.models import Leave
from trainingbase.entering.actions import miss, tell_of_late
from trainingbase.entering.queries import on_time
from trainingbase.queue import JOBS
from trainingbase.rotations.models import Placement

assert worker

THIRD, FOURTH = date(2026, 12, 3), date(2026, 12, 4)


def test_the_office_and_the_department_are_told_once_a_day_until_they_come(
    browse, secretary, office, coming, mei_member, monkeypatch
):
    assert tell_of_late(today=DECEMBER, at=AT) == 0
    for _time in range(2):
        tell_of_late(today=THIRD, at=LATER)
    assert told(office) == ["arrivals-late"] and told(secretary) == ["arrivals-late"]
    set_day(monkeypatch, "2026-12-04")
    JOBS["tell-of-late-arrivals"]()
    assert told(office) == ["arrivals-late"] * 2
    assert "Late or missing arrivals: 1 (Alice)." in browse(office).get("/notices/").text
    sent = answers(coming, mei_member, "2026-12-04")
    browse(secretary).post(f"/entering/placements/{coming.id}/arrival", data=sent)
    assert tell_of_late(today=date(2026, 12, 5), at=LATER) == 0


def test_leave_or_another_plan_settles_it(browse, office, coming, also_coming, alice_resident):
    add(
        Leave(
            resident=alice_resident,
            kind="personal",
            starts_on=DECEMBER,
            ends_on=date(2026, 12, 12),
            granted=True,
            decided_at=AT,
        )
    )
    also_coming.cancelled_at = AT
    db.session.commit()
    assert tell_of_late(today=THIRD, at=LATER) == 0


def test_a_coordinator_hears_of_the_own_site_only(
    coordinator, secretary, placed, bob_resident, county, coming
):
    placed(bob_resident, county.village_team, DECEMBER, FEBRUARY)
    assert tell_of_late(today=THIRD, at=LATER) == 2
    assert told(coordinator) == ["arrivals-late"] and told(secretary) == ["arrivals-late"]


def test_the_list_offers_what_can_be_done(browse, office, secretary, coming, monkeypatch):
    set_day(monkeypatch, "2026-12-03")
    page = browse(office).get("/entering/late").text
    for address in (
        "/leaves/record?",
        "/what-if?kind=leave",
        "/grid?search=Alice",
        "/rotations/fit",
    ):
        assert address in page.replace("&amp;", "&"), address
    page = browse(secretary).get("/entering/late").text
    assert "Alice" in page and "/leaves/record?" not in page
    assert "Nobody is late" in browse(secretary).get("/entering/late?search=Bob").text


def test_the_first_page_says_what_waits(
    browse, office, secretary, coming, also_coming, monkeypatch
):
    page = browse(secretary).get("/").text
    assert "Arrivals to confirm" in page
    set_day(monkeypatch, "2026-12-03")
    miss(also_coming.id, because="sick", note=None, version=0, by=secretary, at=LATER)
    page = browse(office).get("/").text
    assert "Late arrivals" in page and "/entering/late" in page


def test_on_time_counts_who_came_by_the_day_expected(
    secretary, coming, also_coming, placed, county, browse, mei_member, monkeypatch
):
    browse(secretary).post(
        f"/entering/placements/{coming.id}/arrival", data=answers(coming, mei_member)
    )
    figure = on_time(DECEMBER, FEBRUARY)
    assert (figure.numerator, figure.denominator) == (1, 2)
    found = figure.by_department_and_month()
    assert set(found) == {(county.medicine.id, DECEMBER)}
    set_day(monkeypatch, "2026-12-10")
    sent = answers(also_coming, None, "2026-12-09")
    browse(secretary).post(f"/entering/placements/{also_coming.id}/arrival", data=sent)
    figure = on_time(DECEMBER, FEBRUARY)
    assert [one.in_time for one in figure.rows] == [True, False]
    assert db.session.get(Placement, figure.rows[1].placement_id).resident.name == "Bob"
    assert datetime.now(UTC) and on_time(FEBRUARY, FEBRUARY).denominator == 0

"""A change of course is shown, done in one piece, and taken back by a counter-entry."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from tests.cast import faculty_member
from tests.courses.conftest import LEFT_ON, NOW, PUBLISHED_AT, TODAY
from trainingbase.assessments.actions import ask
from trainingbase.assessments.models import Instrument
from trainingbase.courses import actions
from trainingbase.courses.models import AlreadyClosed, Course, Immutable, Reason
from trainingbase.courses.queries.effects import digest, effect_of
from trainingbase.courses.queries.undoing import lost_by_now
from trainingbase.courses.rules.states import Impossible
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Credit
from trainingbase.history.queries import changes_of
from trainingbase.incentives import actions as incentives
from trainingbase.incentives.models import Rate
from trainingbase.notices.models import Notice
from trainingbase.programmes.models import Programme, Requirement
from trainingbase.rotations import actions as rotations
from trainingbase.rotations.models import Placement
from trainingbase.rotations.queries.problem import months_away

NOVEMBER, DECEMBER, MARCH = date(2026, 11, 1), date(2026, 12, 1), date(2027, 3, 1)
COMMUNITY = (DECEMBER, MARCH, "GP team")


def fields_of(resident):
    db.session.refresh(resident)
    names = ("starts_on", "ends_on", "finished_on", "withdrawn_on", "programme_id", "cohort_id",
             "certificate_number")  # fmt: skip
    return {name: getattr(resident, name) for name in names}


def told(person):
    rows = db.session.query(Notice).filter_by(person_id=person.id).order_by(Notice.id)
    return [one.kind for one in rows]


def test_a_withdrawal_ends_what_runs_and_cancels_what_comes(
    done, plan, alice_resident, bob_resident, timetable
):
    course = done(alice_resident, "withdrawal", LEFT_ON)
    assert alice_resident.withdrawn_on == LEFT_ON
    assert timetable(alice_resident)[1:] == [(NOVEMBER, LEFT_ON, "Surgery")]
    assert len(timetable(bob_resident)) == 3
    assert [one["now_ends_on"] for one in course.effect["placements"]] == ["2026-11-16", None]
    assert told(alice_resident.person)[-2:] == ["placement-changed", "course-changed"]
    [changed] = db.session.scalars(changes_of(alice_resident))
    assert (changed.field, changed.new) == ("withdrawn_on", "2026-11-16")


def test_taken_back_everything_is_as_before(done, plan, alice_resident, timetable, office):
    before, stood = fields_of(alice_resident), timetable(alice_resident)
    course = done(alice_resident, "withdrawal", LEFT_ON)
    counter = actions.undo(course, word="a mistake", by=office, at=NOW)
    assert fields_of(alice_resident) == before
    assert timetable(alice_resident) == stood
    assert counter.effect["left"] == []
    assert course.state() == "undone" and counter.state() == "counter"
    with pytest.raises(AlreadyClosed):
        actions.undo(course, word="again", by=office, at=NOW)


def test_a_plan_that_moved_on_is_not_put_back_and_that_is_said(
    done, plan, county, alice_resident, timetable, office
):
    course = done(alice_resident, "withdrawal", LEFT_ON)
    other = Placement(
        plan_id=plan.id, resident_id=alice_resident.id, department=county.surgery,
        standard_department=county.standards["Surgery"], starts_on=DECEMBER, ends_on=MARCH,
        published_at=NOW, changed_at=NOW,
    )  # fmt: skip
    db.session.add(other)
    db.session.commit()
    stood = timetable(alice_resident)
    assert lost_by_now(course, at=NOW) == ["plan"]
    counter = actions.undo(course, word="a mistake", by=office, at=NOW)
    assert counter.effect["left"] == ["plan"]
    assert alice_resident.withdrawn_on is None
    assert timetable(alice_resident) == stood


def test_what_was_shown_is_what_is_done(proposed, plan, alice_resident, office, timetable):
    course = proposed(alice_resident, "withdrawal", LEFT_ON)
    seen = digest(effect_of(course, alice_resident, today=TODAY))
    alice_resident.ends_on = date(2028, 9, 1)  # somebody else was here
    db.session.commit()
    with pytest.raises(actions.EffectChanged):
        actions.decide(course, seen=seen, by=office, at=NOW)
    assert alice_resident.withdrawn_on is None and course.is_open
    assert len(timetable(alice_resident)) == 3


def test_open_requests_are_cancelled_and_asked_again_when_taken_back(
    done, plan, alice_resident, live, mei_member, office
):
    form = db.session.scalars(select(Instrument).where(Instrument.code == "mini_cex")).first()
    running = next(one for one in live() if one.resident_id == alice_resident.id
                   and one.starts_on == NOVEMBER)  # fmt: skip
    request = ask(instrument=form, placement=running, by=office, at=NOW, assessor=mei_member.person)
    course = done(alice_resident, "withdrawal", LEFT_ON)
    assert request.cancelled_at is not None
    assert [one["assessor"] for one in course.effect["requests"]] == ["Mei"]
    assert "assessment-cancelled" in told(mei_member.person)
    counter = actions.undo(course, word="a mistake", by=office, at=NOW)
    assert request.cancelled_at is None and counter.effect["left"] == []


def test_a_run_already_reckoned_is_named_and_not_touched(
    done, plan, alice_resident, office
):  # fmt: skip
    db.session.add(
        Rate(kind="stipend", item="生活补助", trainee_type="social", training_year=1,
             amount=Decimal(3000), unit="month", starts_on=date(2026, 1, 1))
    )  # fmt: skip
    db.session.commit()
    run = incentives.compute_run(date(2026, 10, 1), by=office, at=NOW)
    course = done(alice_resident, "withdrawal", date(2026, 10, 10))
    [line] = course.effect["corrections"]
    assert (line["paid"], line["due"], line["approved"]) == ("3000.00", "1500.00", False)
    assert sum(one.amount for one in run.lines) == 6000
    assert course.effect["unpaid"][2] == "34.5"


def test_a_suspended_resident_is_not_planned_until_they_return(
    done, plan, alice_resident, timetable, office
):
    course = done(alice_resident, "suspension", date(2026, 12, 20), date(2027, 3, 10))
    assert timetable(alice_resident)[-1] == (DECEMBER, date(2026, 12, 20), "GP team")
    away = months_away([alice_resident.id])[alice_resident.id]
    assert away == {date(2027, 1, 1), date(2027, 2, 1), MARCH}
    assert course.effect["missing"][0]["months"] == "2"
    back = done(alice_resident, "return", date(2027, 2, 1))
    assert months_away([alice_resident.id])[alice_resident.id] == {date(2027, 1, 1)}
    actions.undo(back, word="not yet", by=office, at=NOW)
    assert months_away([alice_resident.id])[alice_resident.id] == away
    actions.undo(course, word="not at all", by=office, at=NOW)
    assert timetable(alice_resident)[-1] == COMMUNITY
    assert months_away([alice_resident.id]) == {}


def test_only_the_newest_change_is_taken_back(done, plan, alice_resident, office):
    first = done(alice_resident, "extension", date(2029, 9, 1), date(2030, 3, 1))
    done(alice_resident, "withdrawal", LEFT_ON)
    with pytest.raises(actions.NotTheLast):
        actions.undo(first, word="a mistake", by=office, at=NOW)
    assert alice_resident.ends_on == date(2030, 3, 1)


def test_what_was_decided_is_neither_changed_nor_deleted(done, plan, alice_resident):
    course = done(alice_resident, "withdrawal", LEFT_ON)
    course.word = "another"
    with pytest.raises(Immutable):
        db.session.flush()
    db.session.rollback()
    db.session.delete(course)
    with pytest.raises(Immutable):
        db.session.flush()
    db.session.rollback()


def test_nobody_leaves_twice_or_before_they_came(done, proposed, plan, alice_resident):
    with pytest.raises(Impossible, match="before_enrolment"):
        proposed(alice_resident, "withdrawal", date(2026, 8, 1))
    with pytest.raises(Impossible, match="after_enrolment"):
        proposed(alice_resident, "withdrawal", date(2029, 9, 2))
    with pytest.raises(Impossible, match="not_longer"):
        proposed(alice_resident, "extension", date(2029, 9, 1), date(2029, 6, 1))
    done(alice_resident, "withdrawal", LEFT_ON)
    for kind in ("withdrawal", "transfer_out", "graduation", "suspension", "return", "extension"):
        with pytest.raises(Impossible, match="state"):
            proposed(alice_resident, kind, TODAY, date(2030, 9, 1))


def test_two_proposals_of_one_change_are_done_once(proposed, plan, alice_resident, office):
    one = proposed(alice_resident, "withdrawal", LEFT_ON)
    two = proposed(alice_resident, "withdrawal", LEFT_ON)
    seen = digest(effect_of(one, alice_resident, today=TODAY))
    actions.decide(one, seen=seen, by=office, at=NOW)
    with pytest.raises(Impossible):
        actions.decide(two, seen=seen, by=office, at=NOW)
    db.session.rollback()
    assert db.session.query(Course).filter(Course.decided_at.is_not(None)).count() == 1


@pytest.fixture
def other_cohort(county):
    """An assistants' programme: 1 month of Medicine, 2 of Community."""
    programme = Programme(code="A24", name="A 24", name_en="A 24", months=Decimal(24))
    for position, (name, months) in enumerate((("Medicine", 1), ("Community", 2))):
        programme.requirements.append(
            Requirement(
                standard_department=county.standards[name],
                position=position,
                months=Decimal(months),
                may_split=False,
                shortest_stretch=Decimal(months),
                at_primary_site=False,
            )
        )
    cohort = Cohort(year=2026, programme=programme, name="2026助理", name_en="2026 assistants")
    db.session.add(cohort)
    db.session.commit()
    return cohort


def test_another_programme_carries_the_months_that_were_confirmed(
    done, plan, alice_resident, other_cohort, county, office
):
    medicine = county.standards["Medicine"].id
    before = fields_of(alice_resident)
    course = done(
        alice_resident, "change_programme", DECEMBER, cohort=other_cohort,
        credits=(("Medicine", medicine, "2", "1"),),
    )  # fmt: skip
    assert alice_resident.programme_id == other_cohort.programme_id
    assert alice_resident.cohort_id == other_cohort.id
    [credit] = alice_resident.credits
    assert (credit.months, credit.kind, credit.until_on) == (1, "done", DECEMBER)
    assert [one["months"] for one in course.effect["missing"]] == ["2"]
    actions.undo(course, word="she stays", by=office, at=NOW)
    assert fields_of(alice_resident) == before
    assert alice_resident.credits == []


def test_a_reason_of_another_list_is_refused(proposed, plan, alice_resident):
    reason = db.session.scalars(select(Reason).where(Reason.of == "extension")).first()
    with pytest.raises(actions.UnknownReason):
        proposed(alice_resident, "withdrawal", LEFT_ON, reason=reason)


def test_a_proposal_can_be_dropped(proposed, plan, alice_resident, office):
    course = proposed(alice_resident, "withdrawal", LEFT_ON)
    actions.drop(course, by=office, at=datetime(2026, 11, 22, tzinfo=UTC))
    assert course.state() == "dropped"
    with pytest.raises(AlreadyClosed):
        actions.decide(course, seen="", by=office, at=NOW)


def test_a_draft_made_before_does_not_place_who_has_left(
    done, plan, alice_resident, bob_resident, timetable, county, office, stays_of
):
    months = {alice_resident.id: stays_of(0), bob_resident.id: stays_of(1)}
    draft = rotations.keep_grid(
        title="Draft", months=months, cohort_ids=[county.cohort.id], by=office, at=PUBLISHED_AT
    )
    done(alice_resident, "withdrawal", LEFT_ON)
    rotations.publish_plan(draft, by=office, at=NOW, reason="as it is")
    assert timetable(alice_resident)[-1] == (NOVEMBER, LEFT_ON, "Surgery")
    assert len(timetable(bob_resident)) == 3


def test_an_end_that_was_moved_since_is_left_where_it_is(done, plan, alice_resident, office):
    course = done(alice_resident, "extension", date(2029, 9, 1), date(2030, 3, 1))
    alice_resident.ends_on = date(2030, 4, 1)  # after leave, say
    db.session.commit()
    assert lost_by_now(course, at=NOW) == ["record"]
    counter = actions.undo(course, word="a mistake", by=office, at=NOW)
    assert counter.effect["left"] == ["record"]
    assert alice_resident.ends_on == date(2030, 4, 1)


def test_months_credited_since_are_not_taken_away(done, plan, alice_resident, county, office):
    medicine, surgery = (county.standards[name] for name in ("Medicine", "Surgery"))
    course = done(
        alice_resident, "transfer_in", date(2026, 9, 1), place="Another base",
        credits=(("Medicine", medicine.id, "2", "1"),),
    )  # fmt: skip
    alice_resident.credits.append(
        Credit(standard_department=surgery, months=Decimal(1), kind="accepted")
    )
    db.session.commit()
    assert lost_by_now(course, at=NOW) == ["credits"]
    actions.undo(course, word="a mistake", by=office, at=NOW)
    assert len(alice_resident.credits) == 2


def test_taking_back_gives_nobody_more_residents_than_they_may_have(
    done, plan, alice_resident, bob_resident, county, office
):
    lin = faculty_member("Lin", county.village_team, "1003")
    lin.most_residents = 1
    stay = db.session.scalars(
        select(Placement).where(
            Placement.resident_id == alice_resident.id, Placement.starts_on == DECEMBER
        )
    ).one()
    stay.supervisor_id = lin.id
    db.session.commit()
    course = done(alice_resident, "withdrawal", LEFT_ON)
    for one in db.session.query(Placement).filter_by(resident_id=bob_resident.id):
        one.supervisor_id = lin.id
    db.session.commit()
    actions.undo(course, word="a mistake", by=office, at=NOW)
    db.session.expire_all()
    assert stay.cancelled_at is None and stay.supervisor_id is None


def test_taking_back_gives_back_the_supervisor_who_still_may(
    done, plan, alice_resident, county, office
):
    lin = faculty_member("Lin", county.village_team, "1003")
    lin.most_residents = 1
    stay = db.session.scalars(
        select(Placement).where(
            Placement.resident_id == alice_resident.id, Placement.starts_on == DECEMBER
        )
    ).one()
    stay.supervisor_id = lin.id
    db.session.commit()
    course = done(alice_resident, "withdrawal", LEFT_ON)
    actions.undo(course, word="a mistake", by=office, at=NOW)
    db.session.expire_all()
    assert stay.cancelled_at is None and stay.supervisor_id == lin.id

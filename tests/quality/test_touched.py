"""Only months whose rows changed are counted, which after any act is what counting all gives."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import pytest
from sqlalchemy import delete, event, select, update

from trainingbase.assessments.models import ExamResult, Request, Submission
from trainingbase.attendance.models import Mark
from trainingbase.db import db
from trainingbase.enrolment.models import Leave, Resident
from trainingbase.entering.models import Arrival
from trainingbase.faculty.models import FacultyMember
from trainingbase.incentives.models import Line, Run
from trainingbase.logbook.models import Entry
from trainingbase.months import first_of_month, months_from, months_later
from trainingbase.people.models import Person
from trainingbase.quality import actions, watching
from trainingbase.quality.actions.differences import difference
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.models import Touch
from trainingbase.quality.queries.counted import sites_of
from trainingbase.quality.queries.touched import months_of, touches
from trainingbase.quality.rules.facts import rolled
from trainingbase.rotations.models import Placement
from trainingbase.seed import making
from trainingbase.start import start_with
from trainingbase.thresholds.models import Threshold
from trainingbase.training.models import Activity, Attendance, Rating

TODAY = date(2026, 11, 22)
SMALL = making.Size(residents=2, years=1, entries=2, forms=2)


@pytest.fixture
def base(app):
    start_with()
    making.make(SMALL, today=TODAY, at=_noon(TODAY), beside=False, say=lambda _said: None)
    db.session.execute(delete(Touch))
    db.session.commit()


def _noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)


def _wrong(today: date) -> dict[str, int]:
    """How many sums of each indicator are not what its rows give."""
    years, sites = actions.span(today), sites_of()
    found = {key: len(difference(one, years, sites, today)) for key, one in INDICATORS.items()}
    return {key: number for key, number in found.items() if number}


def _any(chance: Random, model, *conditions):
    return chance.choice(db.session.scalars(select(model).where(*conditions)).all())


def _cancels(chance, at):
    _any(chance, Placement, Placement.cancelled_at.is_(None)).cancelled_at = at


def _moves(chance, at):
    one = _any(chance, Placement, Placement.cancelled_at.is_(None))
    one.starts_on += timedelta(days=20)
    one.ends_on += timedelta(days=40)


def _asks(chance, at):
    stay, day = _any(chance, Placement), at.date() - timedelta(days=chance.randrange(300))
    like = _any(chance, Request)
    db.session.add(
        Request(
            instrument_id=like.instrument_id, placement_id=stay.id, resident_id=stay.resident_id,
            assessor_id=like.assessor_id, asked_on=day, due_on=day + timedelta(days=7),
            expires_on=day + timedelta(days=14), created_at=at,
        )
    )  # fmt: skip


def _answers(chance, at):
    one = _any(chance, Request, Request.answered_at.is_(None), Request.cancelled_at.is_(None))
    one.answer(at)
    db.session.add(
        Submission(
            request_id=one.id, form_key=f"late-{one.id}", instrument_id=one.instrument_id,
            placement_id=one.placement_id, resident_id=one.resident_id,
            assessor_id=one.assessor_id, observed_on=one.asked_on, submitted_at=at,
        )
    )  # fmt: skip


def _declines(chance, at):
    _any(chance, Request, Request.answered_at.is_(None), Request.cancelled_at.is_(None)).decline(at)


def _was_absent(chance, at):
    mark = _any(chance, Mark)
    mark.morning = mark.afternoon = "absence"


def _takes_leave(chance, at):
    stay = _any(chance, Placement)
    db.session.add(
        Leave(
            resident_id=stay.resident_id, kind="sick", starts_on=stay.starts_on,
            ends_on=stay.starts_on + timedelta(days=12), granted=True, decided_at=at,
            decided_by_id=_any(chance, Person).id, asked_at=at,
        )
    )  # fmt: skip


def _comes_late(chance, at):
    arrival = _any(chance, Arrival)
    arrival.arrived_on += timedelta(days=9)


def _logs(chance, at):
    like = _any(chance, Entry)
    db.session.add(
        Entry(
            resident_id=like.resident_id, placement_id=like.placement_id, category=like.category,
            item=like.item, level=like.level, count=1, done_on=like.done_on, entered_at=at,
            entry_key=f"more-{at}", confirmed=True, decided_at=at,
            decided_by_id=like.decided_by_id or _any(chance, Person).id,
        )
    )  # fmt: skip


def _cancels_activity(chance, at):
    _any(chance, Activity).cancelled_at = at


def _attends(chance, at):
    for one in db.session.scalars(select(Activity).order_by(Activity.id)):
        resident = db.session.scalars(select(Resident)).first()
        if db.session.get(Attendance, (one.id, resident.id)) is None:
            db.session.add(Attendance(activity_id=one.id, resident_id=resident.id, how="code"))
            db.session.add(
                Rating(activity_id=one.id, resident_id=resident.id, stars=1, rated_at=at)
            )
            return


def _changes_cohort(chance, at):
    first, *_others, last = db.session.scalars(select(Resident).order_by(Resident.cohort_id))
    first.cohort_id = last.cohort_id


def _changes_a_rule(chance, at):
    one = db.session.scalars(select(Threshold).where(Threshold.key == "leaving_due_days")).one()
    one.value += 3


def _retires(chance, at):
    _any(chance, FacultyMember).inactive_on = at.date()


def _sits_again(chance, at):
    one = _any(chance, ExamResult)
    one.passed = not one.passed


def _pays(chance, at):
    month = months_later(first_of_month(TODAY), chance.randrange(1, 6))
    if db.session.scalars(select(Run).where(Run.month_on == month)).first() is None:
        payer = _any(chance, Person)
        run = Run(month_on=month, computed_at=at)
        run.lines = [
            Line(payee_id=payer.id, rule="stipend", key="k", quantity=Decimal(1),
                 unit_amount=Decimal(9), amount=Decimal(9))
        ]  # fmt: skip
        db.session.add(run)
        db.session.flush()
        run.approve(by=payer, at=at)


ACTS = (
    _cancels, _moves, _asks, _answers, _declines, _was_absent, _takes_leave, _comes_late, _logs,
    _cancels_activity, _attends, _changes_cohort, _changes_a_rule, _retires, _sits_again, _pays,
)  # fmt: skip


def test_after_any_act_and_any_day_what_is_kept_is_what_the_rows_give(base):
    """In a random order, each act once, four at a time; days pass between."""
    chance, today = Random(1), TODAY
    actions.count_anew(today=today, at=_noon(today))
    assert _wrong(today) == {}
    order = chance.sample(ACTS, len(ACTS))
    for acts in zip(*(order[first::4] for first in range(4)), strict=True):
        for act in acts:
            act(chance, _noon(today))
            db.session.commit()
        today += timedelta(days=chance.choice((0, 1, 13)))
        actions.count_changed(today=today, at=_noon(today))
        assert _wrong(today) == {}, acts
        assert not touches()
    assert actions.verify(at=_noon(today)) == {}


def test_a_month_counted_by_itself_is_that_month_of_the_whole(base):
    begins, ends = actions.span(TODAY)
    for key, one in INDICATORS.items():
        whole, _crowds = rolled(one.facts(begins, ends, TODAY), sites_of())
        months = (
            months_from(begins, ends)
            if not one.yearly
            else [date(year, 1, 1) for year in range(begins.year, ends.year)]
        )
        apart = []
        for month in months:
            after = months_later(month, 12 if one.yearly else 1)
            apart += rolled(one.facts(month, after, TODAY), sites_of())[0]
        assert sorted(apart) == sorted(whole), key


def test_every_table_an_indicator_reads_is_watched(base):
    names, read = set(db.metadata.tables), set()

    def note(_connection, _cursor, statement, *_more):
        read.update(names.intersection(re.findall(r'(?:FROM|JOIN|,)\s+"?(\w+)', statement)))

    event.listen(db.engine, "before_cursor_execute", note)
    for one in INDICATORS.values():
        list(one.facts(*actions.span(TODAY), TODAY))
    event.remove(db.engine, "before_cursor_execute", note)
    rows = {model.__tablename__ for model in watching.WATCHED}
    assert len(read) > 30
    assert read - rows - watching.RULES - watching.COME_WITH == set()
    assert names >= watching.RULES


def test_what_is_touched_meanwhile_waits_for_the_next_count(base):
    chance = Random(3)
    actions.count_anew(today=TODAY, at=_noon(TODAY))
    _logs(chance, _noon(TODAY))
    db.session.commit()
    assert [one.what for one in touches()] == ["placement"]
    assert actions.verify(at=_noon(TODAY)) == {}  # no difference: it was not counted yet
    assert len(touches()) == 1
    actions.count_changed(today=TODAY, at=_noon(TODAY))
    assert touches() == []
    assert actions.verify(at=_noon(TODAY)) == {}


def test_a_small_act_touches_few_months_and_none_if_taken_back(base):
    mark = db.session.scalars(select(Mark).limit(1)).one()
    mark.morning = "absence"
    db.session.flush()
    db.session.rollback()
    assert touches() == []
    mark.morning = "absence"
    db.session.commit()
    assert months_of(touches()) == {first_of_month(mark.day_on)}


def test_moving_a_stay_touches_the_months_it_leaves(base):
    one = db.session.scalars(select(Placement).order_by(Placement.starts_on)).first()
    was = one.starts_on
    db.session.commit()  # forgets what was loaded: the day before must be asked for
    one.starts_on, one.ends_on = was + timedelta(days=401), was + timedelta(days=420)
    db.session.commit()
    assert {first_of_month(was), first_of_month(one.starts_on)} <= months_of(touches())


def test_a_statement_that_changes_rows_unseen_touches_all(base):
    db.session.execute(update(Mark).where(Mark.id == 0).values(morning="absence"))
    assert months_of(touches()) is None

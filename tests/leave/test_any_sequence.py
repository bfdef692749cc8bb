"""Whatever is done in whatever order: no day stands in two leaves, and the days add up."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from threading import Barrier, Thread

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, func, select

from tests.leave.conftest import NOW, PAPER
from trainingbase.audit.models import Entry, Head
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.enrolment.models import AlreadyDecided, Leave, Resident
from trainingbase.files.models import StoredFile
from trainingbase.history.models import Change
from trainingbase.leave import actions
from trainingbase.leave.models import (
    EndDateChange,
    LeavePaper,
    NotAllowed,
    NotPossible,
    NotYours,
    OutsideTheLeave,
    Step,
    span_of,
)
from trainingbase.leave.queries.ledger import accounts
from trainingbase.leave.queries.rules import kind_rules
from trainingbase.leave.rules.effects import made_up_by
from trainingbase.leave.rules.judging import Wanted
from trainingbase.notices.models import Notice
from trainingbase.people.models import Person

KINDS = ("personal", "sick", "maternity", "annual")
FIRST = date(2026, 11, 20)
REFUSED = (NotAllowed, NotPossible, NotYours, OutsideTheLeave, AlreadyDecided)

days = st.integers(0, 60)
lengths = st.integers(1, 12)
which = st.integers(0, 7)
ACTS = st.one_of(
    st.tuples(st.just("apply"), st.sampled_from(KINDS), days, lengths),
    st.tuples(st.just("record"), st.sampled_from(KINDS), days, lengths),
    st.tuples(st.just("approve"), which),
    st.tuples(st.just("refuse"), which),
    st.tuples(st.just("withdraw"), which),
    st.tuples(st.just("back"), which, st.integers(-2, 14)),
    st.tuples(st.just("revoke"), which),
    st.tuples(st.just("correct"), which, st.sampled_from(KINDS), days, lengths),
    st.tuples(st.just("end"), which, st.booleans()),
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ACTS, min_size=3, max_size=14))
def test_no_sequence_of_acts_makes_overlapping_leave(alice_resident, office, in_medicine, acts):
    started = alice_resident.ends_on
    everything_forgotten()
    for act in acts:
        try:
            DO[act[0]](alice_resident.id, office.id, *act[1:])
        except REFUSED:
            db.session.rollback()
        holds(alice_resident.id)
    db.session.get(Resident, alice_resident.id).ends_on = started
    db.session.commit()


def everything_forgotten():
    for model in (EndDateChange, Step, LeavePaper, Notice, Change, Entry, Head, Leave, StoredFile):
        db.session.execute(delete(model))
    db.session.commit()


def holds(resident_id: int) -> None:
    """What must be true after every act, refused ones too."""
    db.session.expire_all()
    rows = db.session.scalars(
        select(Leave).where(Leave.resident_id == resident_id).order_by(Leave.starts_on)
    ).all()
    standing = [one for one in rows if one.granted is not False]
    for before, after in pairwise(standing):
        assert before.until_on <= after.starts_on, (before.starts_on, after.starts_on)
    granted = [one for one in standing if one.granted]
    resident = db.session.get(Resident, resident_id)
    counted = {}
    for year in (2026, 2027):
        for kind, number in accounts([resident], year)[0].days.items():
            counted[kind] = counted.get(kind, 0) + number
    expected = {}
    for one in granted:
        if one.days:
            expected[one.kind] = expected.get(one.kind, 0) + one.days
    assert counted == expected
    rules, spans = kind_rules(), [span_of(one) for one in granted]
    owed = {one.id: made_up_by(one, spans, rules[one.kind]) for one in spans}
    for leave_id, proposed in db.session.execute(
        select(EndDateChange.leave_id, func.sum(EndDateChange.days)).group_by(
            EndDateChange.leave_id
        )
    ):
        assert proposed == owed.get(leave_id, 0)


def _wanted(kind, day, length, **more):
    first = FIRST + timedelta(days=day)
    return Wanted(kind, first, first + timedelta(days=length), **more)


def _one(number: int) -> Leave:
    found = db.session.scalars(select(Leave).order_by(Leave.id)).all()
    if not found:
        raise NotPossible
    return found[number % len(found)]


def _office(office_id: int) -> Person:
    return db.session.get(Person, office_id)


def _apply(resident_id, office_id, kind, day, length):
    resident = db.session.get(Resident, resident_id)
    actions.apply_for(
        resident, _wanted(kind, day, length),
        reason=None, papers=[PAPER], by=resident.person, at=NOW,
    )  # fmt: skip


def _record(resident_id, office_id, kind, day, length):
    actions.record_leave(
        db.session.get(Resident, resident_id), _wanted(kind, day, length, by_office=True),
        reason=None, by=_office(office_id), at=NOW,
    )  # fmt: skip


def _decide(approved):
    def act(resident_id, office_id, number):
        one = _one(number)
        office = _office(office_id)
        actions.decide(one, approved, reason="So", version=one.version, by=office, at=NOW)

    return act


def _withdraw(resident_id, office_id, number):
    one = _one(number)
    actions.withdraw(one, by=one.resident.person, at=NOW)


def _back(resident_id, office_id, number, after):
    one = _one(number)
    day = one.starts_on + timedelta(days=after)
    actions.report_return(one, day, by=one.resident.person, at=NOW)
    actions.confirm_return(one, day, version=one.version, by=_office(office_id), at=NOW)


def _revoke(resident_id, office_id, number):
    one = _one(number)
    actions.revoke(one, why="So", version=one.version, by=_office(office_id), at=NOW)


def _correct(resident_id, office_id, number, kind, day, length):
    one, asked = _one(number), _wanted(kind, day, length)
    correction = actions.Correction(kind, asked.starts_on, asked.ends_on, None, None)
    office = _office(office_id)
    actions.correct(one, correction, why="So", version=one.version, by=office, at=NOW)


def _end(resident_id, office_id, number, move):
    found = db.session.scalars(select(EndDateChange).order_by(EndDateChange.id)).all()
    if not found:
        raise NotPossible
    one, office = found[number % len(found)], _office(office_id)
    if move:
        actions.move_end_date(one, version=one.version, by=office, at=NOW)
    else:
        actions.dismiss_change(one, reason="So", version=one.version, by=office, at=NOW)


DO = {
    "apply": _apply,
    "record": _record,
    "approve": _decide(True),
    "refuse": _decide(False),
    "withdraw": _withdraw,
    "back": _back,
    "revoke": _revoke,
    "correct": _correct,
    "end": _end,
}


@pytest.mark.parametrize("same_form", [True, False])
def test_two_applications_at_the_same_moment_make_one(app, alice, alice_resident, same_form):
    """Twice the same form, or two phones: the second waits for the first, and finds it."""
    person_id, resident_id = alice.id, alice_resident.id
    db.session.rollback()
    ready, ended = Barrier(2), []

    def ask(key):
        with app.app_context():
            resident = db.session.get(Resident, resident_id)
            person = db.session.get(Person, person_id)
            db.session.rollback()  # SQLite has one writer: what was read is not held
            ready.wait()
            try:
                made = actions.apply_for(
                    resident, _wanted("personal", 20, 3),
                    reason=None, by=person, at=datetime(2026, 11, 22, 9, tzinfo=LOCAL),
                    request_key=key,
                )  # fmt: skip
                ended.append(made.id)
            except NotAllowed as refused:
                db.session.rollback()
                ended.append(refused.refusals[0].because)
            db.session.remove()

    threads = [Thread(target=ask, args=("one" if same_form else f"k{n}",)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    [made] = db.session.query(Leave)
    assert sorted(map(str, ended)) == sorted(
        [str(made.id), str(made.id) if same_form else "overlap"]
    )

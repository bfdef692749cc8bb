"""Kept figures of completion are those of the rows, whatever changes under them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import delete, event, insert, select, update

from tests.cast import LONG_AGO, add
from tests.logbook.test_completion import entry
from tests.logbook.test_completion import leave as on_leave
from trainingbase.audit.models import Entry as Act
from trainingbase.db import db
from trainingbase.enrolment.models import Credit
from trainingbase.logbook.actions import keeping
from trainingbase.logbook.models import (
    WATCHED,
    CompletionChange,
    Entry,
    KeptCompletion,
    KeptLines,
    KeptStay,
)
from trainingbase.logbook.queries import kept
from trainingbase.logbook.queries.completion import all_figures, completions, parts_of, sums_of
from trainingbase.logbook.rules.stays import sum_of, total_of
from trainingbase.notices.models import Notice
from trainingbase.programmes.models import Minimum
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.models import Threshold
from trainingbase.training.models import Activity, Attendance

COPD, ECG = ("disease", "COPD"), ("procedure", "ECG")


@pytest.fixture
def known(stay, bob_resident):
    """Alice and Bob, whose figures are kept."""
    add(entry(stay, COPD, "confirmed", 0))
    add(entry(stay, ECG, "waiting", 1))
    keeping.keep_changed(at=LONG_AGO)
    return [stay.resident_id, bob_resident.id]


def held(ids) -> set[int]:
    return set(kept.still_held(ids))


def agrees(ids) -> bool:
    """Every way to ask says what the one function reckons."""
    wholes, sums, should = kept.known_wholes(ids), kept.known_sums(ids), sums_of(ids)
    totals = {one: total_of(should[one].values()) for one in ids}
    figures, lines = all_figures(ids), completions(ids)
    here = all(
        kept.known_here(one, stay) == (totals[one], part)
        and kept.known_stay(one, stay, department_of(stay))
        == (part, figures[one].proportions.get(department_of(stay)))
        for one, parts in parts_of(ids).items()
        for stay, part in parts.items()
        if stay is not None
    )
    return (
        here
        and sums == should
        and wholes == totals
        and all(every_line_agrees(one, figures[one]) for one in ids)
        and all(figures[one].whole == lines[one] for one in ids)
    )


def department_of(stay_id) -> int:
    return db.session.get(Placement, stay_id).standard_department_id


def every_line_agrees(resident_id, figures) -> bool:
    """What a page shows of all that is asked, kept or not."""
    known = kept.known_figures(resident_id)
    stays = {one: sum_of(part) for one, part in figures.stays.items() if one is not None}
    return (
        tuple(known.lines) == figures.whole.lines
        and known.whole == sum_of(figures.whole)
        and known.sums == figures.sums
        and known.stays == stays
        and known.proportions == figures.proportions
    )


def teaching(*residents, approved=LONG_AGO) -> Activity:
    return add(
        Activity(
            held_on=date(2026, 11, 20),
            kind="教学查房",
            topic="A case",
            approved_at=approved,
            residents=list(residents),
        )
    )


def confirm(stay):
    one = db.session.scalars(select(Entry).where(Entry.confirmed.is_(None))).one()
    one.confirmed, one.decided_at, one.decided_by_id = True, LONG_AGO, stay.resident.person_id


def approve(_stay):
    db.session.scalars(select(Activity)).one().approved_at = LONG_AGO


def leave_out(_stay):
    db.session.scalars(select(Activity)).one().residents = []


CHANGES = {
    "an entry": lambda stay: db.session.add(entry(stay, COPD, "confirmed", 9)),
    "a confirmation": confirm,
    "an entry taken out": lambda _stay: db.session.delete(
        db.session.scalars(select(Entry).limit(1)).one()
    ),
    "many confirmed at once": lambda stay: db.session.execute(
        update(Entry)
        .where(Entry.placement_id == stay.id, Entry.confirmed.is_(None))
        .values(confirmed=True, decided_at=LONG_AGO, decided_by_id=stay.resident.person_id)
    ),
    "many taken out at once": lambda stay: db.session.execute(
        delete(Entry).where(Entry.placement_id == stay.id)
    ),
    "a stay cut short": lambda stay: setattr(stay, "ends_on", date(2026, 11, 15)),
    "a stay cancelled": lambda stay: setattr(stay, "cancelled_at", LONG_AGO),
    "a credit": lambda stay: db.session.add(
        Credit(
            resident=stay.resident,
            standard_department=stay.standard_department,
            months=Decimal(2),
            kind="accepted",
        )
    ),
    "leave": lambda stay: on_leave(stay.resident, date(2026, 11, 1), date(2026, 12, 25)),
    "attending": lambda stay: teaching(stay.resident),
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_is_reckoned_anew(app, known, stay, change):
    alice, bob = known
    assert held(known) == {alice, bob}
    CHANGES[change](stay)
    db.session.commit()
    assert held(known) == {bob}
    assert agrees(known)
    keeping.keep_changed(at=LONG_AGO)
    assert held(known) == {alice, bob}
    assert agrees(known)


@pytest.mark.parametrize("change", [approve, leave_out])
def test_an_activity_changes_the_figures_of_those_who_came(app, known, stay, change):
    _alice, bob = known
    teaching(stay.resident, approved=None)
    keeping.keep_changed(at=LONG_AGO)
    change(stay)
    db.session.commit()
    assert held(known) == {bob}
    assert agrees(known)


def test_what_is_asked_of_all_changes_the_figures_of_all(app, known, asked):
    db.session.scalars(select(Minimum).limit(1)).one().count = 7
    db.session.commit()
    assert held(known) == set()
    assert agrees(known)
    keeping.keep_changed(at=LONG_AGO)
    row = db.session.scalars(
        select(Threshold).where(Threshold.key == "completion_leave_days")
    ).one()
    row.value = row.value + 1
    db.session.commit()
    assert held(known) == set()


def test_what_is_rolled_back_changes_nothing(app, known, stay):
    db.session.add(entry(stay, COPD, "confirmed", 9))
    db.session.flush()
    assert held(known) != set(known)
    db.session.rollback()
    assert held(known) == set(known)


def test_what_changes_while_figures_are_kept_stays_noted(app, known, stay):
    add(entry(stay, COPD, "confirmed", 9))

    def meanwhile(connection, _cursor, statement, *_more):
        if statement.startswith("DELETE FROM kept_completions"):
            connection.execute(insert(CompletionChange).values(resident_id=stay.resident_id))

    event.listen(db.engine, "before_cursor_execute", meanwhile)
    keeping.keep_some([stay.resident_id], at=LONG_AGO)
    event.remove(db.engine, "before_cursor_execute", meanwhile)
    assert stay.resident_id not in held(known)
    keeping.keep_changed(at=LONG_AGO)
    assert held(known) == set(known)


def test_every_table_under_the_figure_is_watched(app, known):
    said = []

    def note(_connection, _cursor, statement, *_more):
        said.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    sums_of(known)
    event.remove(db.engine, "before_cursor_execute", note)
    read = {name for one in said for name in re.findall(r"\b(?:FROM|JOIN) (\w+)", one)}
    assert {Entry.__tablename__, Placement.__tablename__, Attendance.__tablename__} <= read
    assert read <= WATCHED


@pytest.mark.parametrize(
    ("model", "values"),
    [(KeptCompletion, {"departments": {}}), (KeptLines, {"lines": []}), (KeptStay, {"lines": []})],
)
def test_a_kept_figure_that_is_wrong_is_found_and_put_right(app, known, office, model, values):
    said = []
    assert keeping.verify(at=LONG_AGO, warn=said.append) == 0
    table = model.__table__
    db.session.execute(update(table).values(values).where(table.c.resident_id == known[0]))
    db.session.commit()
    assert not agrees(known)
    assert keeping.verify(at=LONG_AGO, warn=said.append) == 1
    assert agrees(known)
    assert len(said) == 1
    acts = db.session.scalars(select(Act.act)).all()
    assert "find-completion-differs" in acts
    told = db.session.scalars(select(Notice.person_id).where(Notice.kind == "completion-differs"))
    assert office.id in set(told)


def test_nothing_is_left_of_what_was_noted(app, known):
    assert db.session.scalars(select(CompletionChange)).all() == []
    assert len(db.session.scalars(select(KeptCompletion)).all()) == len(known)

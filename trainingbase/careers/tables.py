"""Lists of what comes after the training, as tables for files, in the viewer's language."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from flask_babel import gettext as _

from trainingbase.careers.models import Award, Payment
from trainingbase.careers.queries.bonds import Case
from trainingbase.careers.queries.promotion import Candidate
from trainingbase.careers.words import (
    ANSWERS,
    AWARD_LEVELS,
    CASE_STATES,
    EMPLOYMENT_STATES,
    FIELDS,
    PLACES,
    SOURCES,
    condition_in_words,
    missing_in_words,
)
from trainingbase.i18n import language, named
from trainingbase.sheets.write import Table


def place_of(row) -> str:
    """Of a row of columns that has place, place_en and employer."""
    if row.place is None:
        return row.employer or ""
    return (language() == "en" and row.place_en) or row.place


def cohort_of(row) -> str:
    return (language() == "en" and row.cohort_en) or row.cohort


def state_of(row) -> str:
    if row.withdrawn_at is not None:
        return "withdrawn"
    return {None: "waiting", True: "approved", False: "refused"}[row.approved]


def of_employments(rows: Sequence) -> Table:
    header = [
        _("Name"), _("Cohort"), _("Place of work"), _("In the network"), str(FIELDS["post"]),
        _("From"), _("Until"), str(FIELDS["share"]), _("State"), _("How we know"),
        _("Last confirmed"),
    ]  # fmt: skip
    return Table(
        _("Places of work"),
        header,
        [
            [
                row.name, cohort_of(row), place_of(row), row.place is not None, row.post,
                row.starts_on, row.ends_on - timedelta(days=1) if row.ends_on else None,
                row.share, str(EMPLOYMENT_STATES[state_of(row)]), str(SOURCES[row.source]),
                row.confirmed_on,
            ]
            for row in rows
        ],
    )  # fmt: skip


def of_cases(rows: Iterable[Case]) -> Table:
    header = [
        _("Name"), _("Cohort"), _("Place of service"), _("Years owed"), _("Days owed"),
        _("Days served"), _("Served, per cent"), _("State"), _("Since"), _("Rule"),
        _("Repayment"), _("Penalty"), _("Waived"), _("Paid"), _("Still open"),
    ]  # fmt: skip
    return Table(
        _("Service obligations"),
        header,
        [
            [
                one.resident.name, named(one.resident.cohort), one.obligation.place,
                one.obligation.years, one.found.owed_days, one.found.served_days,
                one.found.percent, str(CASE_STATES[one.state]), one.since,
                named(one.rule) if one.rule else None,
                *(_money(one) if one.breach else [None] * 5),
            ]
            for one in rows
        ],
    )  # fmt: skip


def _money(case: Case) -> list:
    assert case.breach is not None
    one = case.breach
    return [one.repayment, one.penalty, one.waived, one.paid, one.open_amount]


def of_payments(rows: Iterable[Payment]) -> Table:
    header = [
        _("Received on"), _("Name"), _("Amount"), _("Number of the receipt"), _("Received by"),
        _("Reversed at"), _("Why"),
    ]  # fmt: skip
    return Table(
        _("Payments received"),
        header,
        [
            [one.paid_on, one.breach.obligation.resident.name, one.amount, one.receipt,
             one.received_by.name, one.reversed_at, one.reversed_why]
            for one in rows
        ],
    )  # fmt: skip


def of_candidates(scheme, rows: Sequence[Candidate]) -> Table:
    asked = rows[0].met if rows else ()
    header = [_("Name"), _("Title or cohort"), _("Meets everything")]
    for one in asked:
        header += [condition_in_words(one.asked), _("Missing")]
    return Table(
        named(scheme),
        header,
        [
            [one.name, one.detail, one.is_ready]
            + [cell for met in one.met for cell in (met.found.value, missing_in_words(met))]
            for one in rows
        ],
    )


def of_awards(rows: Iterable[Award]) -> Table:
    header = [_("Name"), _("Award"), _("Level"), _("Given on"), _("Given by"), _("Number")]
    return Table(
        _("Honours and awards"),
        header,
        [
            [one.person.name, one.name, str(AWARD_LEVELS[one.level]), one.given_on, one.given_by,
             one.number]
            for one in rows
        ],
    )  # fmt: skip


def of_follow_ups(rows: Sequence) -> Table:
    header = [
        _("Name"), _("Cohort"), _("Months after training"), _("Due on"), _("Answer"),
        _("Answered on"), _("Place of work"),
    ]  # fmt: skip
    return Table(
        _("Follow-ups"),
        header,
        [
            [row.name, cohort_of(row), row.months, row.due_on,
             str(ANSWERS[row.answer]) if row.answer else None, row.answered_on, place_of(row)]
            for row in rows
        ],
    )  # fmt: skip


def of_retention(found, label) -> list[Table]:
    """The groups' places by months, and the steps of their curves."""
    groups = [*([found.total] if found.total else []), *found.groups]
    places = [
        [label(one), months, *[one.places[months][place] for place in PLACES]]
        for one in groups
        for months in one.places
    ]
    steps = [
        [label(one), step.time, step.at_risk, step.events, step.share, step.low, step.high]
        for one in groups
        if one.curve
        for step in one.curve.steps
    ]
    return [
        Table(
            _("Where graduates work"),
            [_("Group"), _("Months after training"), *[str(one) for one in PLACES.values()]],
            places,
        ),
        Table(
            _("Staying"),
            [
                _("Group"), _("Months"), _("At risk"), _("Left then"), _("Share that stays"),
                _("Interval from"), _("Interval to"),
            ],
            steps,
        ),
    ]  # fmt: skip

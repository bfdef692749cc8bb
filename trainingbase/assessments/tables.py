"""Lists as tables for a file, in the viewer's language."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

from flask_babel import gettext as _
from sqlalchemy import Select

from trainingbase.assessments.models import ExamResult, GuestLink, Request, Submission
from trainingbase.assessments.queries.items import Statistics
from trainingbase.assessments.queries.latency import Latency
from trainingbase.assessments.queries.turns import Waits
from trainingbase.assessments.words import (
    EXAMINATIONS,
    GUEST_KINDS,
    IDENTITIES,
    LINK_STATES,
    STATES,
    WAITS_FOR,
)
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.i18n import named, number
from trainingbase.sheets.write import Table


def _local(moment):
    return moment.astimezone(LOCAL) if moment else None


def submissions(rows: Select[Submission]) -> Table:
    """Without comments: what was written about somebody stays on its page."""
    header = [
        _("Resident"), _("Form"), _("Department"), _("Site"), _("Assessor"), _("Observed on"),
        _("Sent"), _("Points"), _("Passed"), _("Read"),
    ]  # fmt: skip
    return Table(
        _("Assessments"),
        header,
        [
            [
                one.placement.resident.name,
                named(one.instrument),
                named(one.placement.department),
                named(one.placement.department.institution),
                one.assessor.name,
                one.observed_on,
                _local(one.submitted_at),
                one.total,
                one.passed,
                _local(one.acknowledged_at),
            ]
            for one in db.session.scalars(rows)
        ],
    )


def requests(rows: Select[Request], *, today: date) -> Table:
    header = [
        _("Resident"), _("Form"), _("Department"), _("Site"), _("Assessor"), _("Asked on"),
        _("Due before"), _("State"), _("Answered"),
    ]  # fmt: skip
    return Table(
        _("Requests"),
        header,
        [
            [
                one.placement.resident.name,
                named(one.instrument),
                named(one.placement.department),
                named(one.placement.department.institution),
                one.assessor.name,
                one.asked_on,
                one.due_on,
                str(STATES[one.state(today)]),
                _local(one.answered_at),
            ]
            for one in db.session.scalars(rows)
        ],
    )


def planned(rows: Sequence[Waits]) -> Table:
    header = [
        _("Resident"), _("Form"), _("Department"), _("Site"), _("Assessor"), _("Its day"),
        _("Will be sent"), _("Waits for"),
    ]  # fmt: skip
    found = []
    for one in rows:
        placement = one.row.placement
        found.append(
            [
                placement.resident.name,
                named(one.row.instrument),
                named(placement.department),
                named(placement.department.institution),
                placement.supervisor.name if placement.supervisor else None,
                one.row.wanted_on,
                one.on,
                str(WAITS_FOR[one.why]),
            ]
        )
    return Table(_("Requests to come"), header, found)


def latency(rows: Sequence[Latency], way: str) -> Table:
    header = [
        way, _("Site"), _("Asked"), _("Done"), _("Late"), _("Awaiting an answer"), _("Expired"),
        _("Declined"), _("Forms"), _("Median (h)"), _("P90 (h)"), _("Within 48 hours"),
    ]  # fmt: skip
    found = []
    for one in rows:
        place = named(one.place) if one.place is not None else None
        counts = [one.asked, one.done, one.late, one.open, one.expired, one.declined, one.forms]
        found.append([named(one), place, *counts, one.median, one.ninth, one.within_two_days])
    return Table(_("How fast"), header, found)


def results(rows: Select[ExamResult]) -> Table:
    header = [
        _("Resident"), _("Cohort"), _("Which examination"), _("Year"), _("First attempt"),
        _("Attended"), _("Theory"), _("Skills"), _("Passed"), _("Note"),
    ]  # fmt: skip
    return Table(
        _("Examination results"),
        header,
        [
            [
                one.resident.name,
                named(one.resident.cohort),
                str(EXAMINATIONS[one.kind]),
                one.year,
                one.is_first_attempt,
                one.attended,
                one.theory,
                one.skills,
                one.passed,
                one.note,
            ]
            for one in db.session.scalars(rows)
        ],
    )


def guests(rows: Select[GuestLink], *, today: date) -> Table:
    header = [
        _("Resident"), _("Form"), _("Department"), _("Site"), _("Guest"), _("Name"),
        _("How it reaches the guest"), _("Issued"), _("Handed out by"), _("Opens until"),
        _("State"),
    ]  # fmt: skip
    return Table(
        _("Guests"),
        header,
        [
            [
                one.placement.resident.name,
                named(one.instrument),
                named(one.placement.department),
                named(one.placement.department.institution),
                str(GUEST_KINDS[one.kind]),
                one.name,
                str(IDENTITIES[one.identity]),
                _local(one.issued_at),
                one.issued_by.name,
                one.expires_on - timedelta(days=1),
                str(LINK_STATES[one.state(today)]),
            ]
            for one in db.session.scalars(rows)
        ],
    )


def items(rows: Sequence[Statistics]) -> Table:
    """Shares are fractions of 1."""
    header = [
        _("Code"), _("Item"), _("Number of answers"), _("Mean"), _("Standard deviation"),
        _("Top box"), _("Not observed"), _("Item and rest"), _("Distribution"),
    ]  # fmt: skip
    return Table(
        _("Items of forms"),
        header,
        [
            [
                one.item.code,
                named(one.item),
                one.spread.n,
                _rounded(one.spread.mean),
                _rounded(one.spread.deviation),
                _rounded(one.spread.top),
                _rounded(one.spread.unobserved_share),
                _rounded(one.rest),
                "; ".join(f"{number(value)}: {count}" for value, count in one.spread.bars),
            ]
            for one in rows
        ],
    )


def _rounded(value: float | None) -> Decimal | None:
    return Decimal(f"{value:.3f}") if value is not None else None

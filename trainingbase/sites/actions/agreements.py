"""Agreements are signed, renewed and ended."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.files.actions import keep
from trainingbase.files.rules import Upload
from trainingbase.history.actions import note
from trainingbase.people.models import Person
from trainingbase.sites.models import Agreement, Institution
from trainingbase.sites.queries.agreements import agreement_by_key, agreements_of
from trainingbase.sites.rules.agreements import span_of

SPAN = ("agreement_starts_on", "agreement_ends_on")
"""Reckoned from all agreements of a site: two at a time would each miss the other's."""


def _said(one: Agreement) -> str:
    until = one.ends_on.isoformat() if one.ends_on else "…"
    return f"{one.number or ''} {one.starts_on.isoformat()} – {until}".strip()


def _follow(institution: Institution) -> None:
    """The institution's own days span all its agreements."""
    db.session.flush()
    db.session.expire(institution, ["agreements"])
    terms = [(one.starts_on, one.ends_on) for one in institution.agreements]
    institution.agreement_starts_on, institution.agreement_ends_on = span_of(terms)


def _keep_what_the_workbook_said(institution: Institution, new: Mapping[str, Any]) -> None:
    """Days that came without an agreement become the first one, so that none is lost, unless
    the `new` one covers them all."""
    first, last = institution.agreement_starts_on, institution.agreement_ends_on
    if first is None or agreements_of(institution):
        return
    if new["starts_on"] <= first and (
        new["ends_on"] is None or (last is not None and new["ends_on"] >= last)
    ):
        return
    db.session.add(Agreement(institution_id=institution.id, starts_on=first, ends_on=last))


def add_agreement(
    institution: Institution,
    answers: Mapping[str, Any],
    *,
    upload: Upload | None,
    by: Person,
    at: datetime,
    request_key: str | None = None,
) -> Agreement:
    known = agreement_by_key(request_key)
    if known is not None:
        return known
    hold(institution, *SPAN)
    _keep_what_the_workbook_said(institution, answers)
    made = Agreement(institution_id=institution.id, **answers, request_key=request_key or None)
    made.file = keep(upload, by=by, at=at) if upload is not None else None
    db.session.add(made)
    _follow(institution)
    note(institution, {"agreement": (None, _said(made))}, by=by, at=at)
    record("add-agreement", made, by=by, at=at, institution=institution.name)
    db.session.commit()
    return made


def edit_agreement(
    agreement: Agreement,
    answers: Mapping[str, Any],
    *,
    upload: Upload | None,
    version: int | None,
    by: Person,
    at: datetime,
) -> None:
    """A new file takes the place of the old one.  Raises `Stale`."""
    hold(agreement.institution, *SPAN)
    agreement.expect(version)
    before = _said(agreement)
    for name, value in answers.items():
        setattr(agreement, name, value)
    if upload is not None:
        agreement.file = keep(upload, by=by, at=at)
    _follow(agreement.institution)
    note(agreement.institution, {"agreement": (before, _said(agreement))}, by=by, at=at)
    record("edit-agreement", agreement, by=by, at=at, institution=agreement.institution.name)
    db.session.commit()

"""Making rules, changing drafts of them, putting them in force and ending them."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.incentives.models import InForce, Run, Scheme, Version
from trainingbase.incentives.queries.book import terms_of
from trainingbase.incentives.rules import Terms, problems
from trainingbase.incentives.rules.operations import Wrong
from trainingbase.people.models import Person

SAID = (
    "basis", "rates", "applies", "quantity", "multiplier", "share", "splits", "pay", "amount",
    "point_value", "cap", "source_id", "tax_note",
)  # fmt: skip
"""What a version says."""


class Refused(Exception):
    """`problems`: what is wrong, by field."""

    def __init__(self, found: dict[str, Wrong]):
        super().__init__(found)
        self.problems = found


class DraftedAlready(Exception):
    """One draft of a scheme at a time."""


class MonthLocked(Exception):
    """A rule begins or ends after the last locked month: a locked one is never computed anew."""


class NotAfter(Exception):
    """It begins after the version before it."""


def make(
    *, name: str, name_en: str, beneficiary: str, said: dict[str, Any], key: str | None,
    by: Person, at: datetime,
) -> Version:  # fmt: skip
    """A scheme with a draft of its first version.  Raises `Refused`."""
    if key is not None:
        before = db.session.scalar(select(Scheme).where(Scheme.request_key == key))
        if before is not None:
            return before.versions[0]
    version = Version(number=1, made_at=at, made_by_id=by.id, **said)
    scheme = Scheme(code=f"own-{key}", name=name, name_en=name_en, beneficiary=beneficiary,
                    is_shipped=False, request_key=key, versions=[version])  # fmt: skip
    _check(scheme, said)
    db.session.add(scheme)
    db.session.flush()
    scheme.code = f"own-{scheme.id}"
    record("make-scheme", version, by=by, at=at, name=name)
    db.session.commit()
    return version


def _check(scheme: Scheme, said: dict[str, Any]) -> None:
    found = dict(problems(terms_from(scheme, said)))
    if found:
        raise Refused(found)


def terms_from(scheme: Scheme, said: dict[str, Any]) -> Terms:
    """What a form says, as a rule that can be tried."""
    told = {name: said[name] for name in SAID if name != "tax_note"}
    return Terms(
        id=0, code=scheme.code, name=scheme.name, name_en=scheme.name_en,
        beneficiary=scheme.beneficiary, **told | {"splits": tuple(said["splits"])},
    )  # fmt: skip


def draft_anew(scheme: Scheme, *, by: Person, at: datetime) -> Version:
    """A draft that says what the newest version says.  Raises `DraftedAlready`."""
    newest = scheme.versions[-1]
    if newest.is_draft:
        raise DraftedAlready(scheme.id)
    said = {name: getattr(newest, name) for name in SAID}
    version = Version(
        scheme_id=scheme.id, number=newest.number + 1, made_at=at, made_by_id=by.id, **said
    )
    db.session.add(version)
    db.session.flush()
    record("make-scheme", version, by=by, at=at, name=scheme.name, number=version.number)
    db.session.commit()
    return version


def edit(
    draft: Version, said: dict[str, Any], *, version: int | None, by: Person, at: datetime
) -> None:
    """Raises `InForce`, `Refused` or `Stale`."""
    draft.expect(version)
    if not draft.is_draft:
        raise InForce(draft)
    _check(draft.scheme, said)
    change("edit-scheme", draft, said, by=by, at=at)
    db.session.commit()


def drop(draft: Version, *, by: Person, at: datetime) -> None:
    """A draft, and its scheme where nothing else is left of it.  Raises `InForce`."""
    if not draft.is_draft:
        raise InForce(draft)
    scheme = draft.scheme
    record("drop-draft", draft, by=by, at=at, name=scheme.name, number=draft.number)
    db.session.delete(draft)
    db.session.flush()
    left = db.session.scalar(select(func.count(Version.id)).where(Version.scheme_id == scheme.id))
    if not left:
        db.session.delete(scheme)
    db.session.commit()


def put_in_force(
    draft: Version, starts_on: date, *, version: int | None, by: Person, at: datetime
) -> None:
    """From a month on; the version before it ends there.

    Raises `InForce`, `MonthLocked`, `NotAfter`, `Refused` or `Stale`.
    """
    draft.expect(version)
    if not draft.is_draft:
        raise InForce(draft)
    found = dict(problems(replace(terms_of(draft), id=0)))
    if found:
        raise Refused(found)
    _refuse_locked(starts_on)
    for before in draft.scheme.versions:
        if before.starts_on is None:
            continue
        if before.starts_on >= starts_on:
            raise NotAfter(before.number)
        if before.ends_on is None or before.ends_on > starts_on:
            before.ends_on = starts_on
    draft.starts_on, draft.put_in_force_at, draft.put_in_force_by_id = starts_on, at, by.id
    record("put-scheme-in-force", draft, by=by, at=at, name=draft.scheme.name, day=starts_on)
    db.session.commit()


def end(running: Version, ends_on: date, *, version: int | None, by: Person, at: datetime) -> None:
    """From that month on nothing is paid by it.  Raises `MonthLocked`, `NotAfter` or `Stale`."""
    running.expect(version)
    _refuse_locked(ends_on)
    if running.starts_on is None or running.starts_on >= ends_on:
        raise NotAfter(running.number)
    running.ends_on = ends_on
    record("end-scheme", running, by=by, at=at, name=running.scheme.name, day=ends_on)
    db.session.commit()


def _refuse_locked(month_on: date) -> None:
    last = db.session.scalar(select(func.max(Run.month_on)).where(Run.approved_at.is_not(None)))
    if last is not None and month_on <= last:
        raise MonthLocked(last)

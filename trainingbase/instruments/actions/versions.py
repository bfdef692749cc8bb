"""A version from draft to retirement."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.instruments import queries
from trainingbase.instruments.exchange import document_of, form_of_document, own_code
from trainingbase.instruments.models import Instrument
from trainingbase.instruments.rules.document import wrongs
from trainingbase.instruments.rules.items import Wrong
from trainingbase.people.models import Person


class AlreadyThere(Exception):
    """Another form has this name."""


class NotADraft(Exception):
    """Only a draft is changed, published or discarded."""


class NotReady(Exception):
    """Something is wrong with the form or still missing; `wrongs` says what."""

    def __init__(self, found: list[Wrong]) -> None:
        super().__init__(found)
        self.wrongs = found


def _keep(made: Instrument, act: str, *, by: Person, at: datetime, **details: Any) -> Instrument:
    db.session.add(made)
    try:
        db.session.flush()
    except IntegrityError as error:
        db.session.rollback()
        raise AlreadyThere(made.code) from error
    record(act, made, by=by, at=at, form=made.identity, version=made.version, **details)
    db.session.commit()
    return made


def _next_version(code: str) -> str:
    taken = {one.version for one in queries.versions_of(code)}
    number = 1
    while f"base-{number}" in taken:
        number += 1
    return f"base-{number}"


def _free_name(name: str) -> str:
    """The code of a form of the base's own.  Raises `AlreadyThere` where one with this name is
    there, or comes with the portal."""
    if queries.is_known(own_code(name)) or queries.is_known(name):
        raise AlreadyThere(name)
    return own_code(name)


def begin(
    *, name: str, title: str, title_en: str, assessor: str, subject: str, by: Person, at: datetime
) -> Instrument:
    """An empty draft of a new form.  Raises `AlreadyThere`."""
    made = Instrument(
        code=_free_name(name), version="base-1", origin="base", name=title, name_en=title_en,
        assessor=assessor, subject=subject, source="—", confidence="S", is_in_use=False,
        is_once=False,
    )  # fmt: skip
    return _keep(made, "begin-form", by=by, at=at)


def make_version(source: Instrument, *, by: Person, at: datetime) -> Instrument:
    """A draft of the same form that says what `source` says; the draft that there is already, if
    there is one.  What is asked for under this form goes on once it is published."""
    draft = queries.open_draft(source.code)
    if draft is not None:
        return draft
    made = form_of_document(
        document_of(source), code=source.code, version=_next_version(source.code)
    )
    try:
        return _keep(made, "make-form-version", by=by, at=at, source=source.version)
    except AlreadyThere:  # two people asked for it at the same moment
        draft = queries.open_draft(source.code)
        if draft is None:
            raise
        return draft


def copy_as(source: Instrument, *, name: str, by: Person, at: datetime) -> Instrument:
    """A draft of another form of the base's own.  Raises `AlreadyThere`."""
    made = form_of_document(document_of(source), code=_free_name(name), version="base-1")
    return _keep(made, "copy-form", by=by, at=at, source=f"{source.identity} {source.version}")


def take_in(document: Mapping[str, Any], *, by: Person, at: datetime) -> Instrument:
    """A draft from a file: of the form that has this name, or of a new one.  Raises `NotReady`
    where something is wrong with it; what is still to be defined may come in."""
    found = wrongs(document)
    if found:
        raise NotReady(found)
    name = document["identity"].partition("/")[2]
    code = name if queries.is_known(name) else own_code(name)
    made = form_of_document(document, code=code, version=_next_version(code))
    return _keep(made, "take-in-form", by=by, at=at, source=made.copied_from)


def readiness(instrument: Instrument) -> list[Wrong]:
    """What keeps a draft from being published."""
    found = wrongs(document_of(instrument))
    for place, item in enumerate(instrument.items):
        if item.missing:
            found.append(Wrong(f"items[{place}]", "not_defined", item.code))
    return found


def publish(instrument: Instrument, *, by: Person, at: datetime) -> None:
    """From now on it is answered in this version; the one before is retired.  Raises
    `NotReady`."""
    hold(instrument, "is_in_use", "published_at", "retired_at")
    found = readiness(instrument)
    if found:
        db.session.rollback()
        raise NotReady(found)
    before = queries.in_use_of(instrument.code)
    if before is not None and before.id != instrument.id:
        before.is_in_use, before.retired_at = False, at
        before.published_at = before.published_at or at
        record("retire-form", before, by=by, at=at, form=before.identity, version=before.version)
    instrument.is_in_use, instrument.retired_at = True, None
    instrument.published_at = instrument.published_at or at
    record(
        "publish-form", instrument, by=by, at=at, form=instrument.identity,
        version=instrument.version,
    )  # fmt: skip
    db.session.commit()


def retire(instrument: Instrument, *, by: Person, at: datetime) -> None:
    """Nobody is asked with it any more; what was answered stays."""
    hold(instrument, "is_in_use", "published_at", "retired_at")
    if not instrument.is_in_use:
        db.session.rollback()
        return
    instrument.is_in_use, instrument.retired_at = False, at
    instrument.published_at = instrument.published_at or at
    record(
        "retire-form", instrument, by=by, at=at, form=instrument.identity,
        version=instrument.version,
    )  # fmt: skip
    db.session.commit()


def discard(instrument: Instrument, *, by: Person, at: datetime) -> None:
    """Raises `NotADraft`."""
    hold(instrument, "is_in_use", "published_at")
    if not instrument.may_be_edited:
        db.session.rollback()
        raise NotADraft
    record(
        "discard-form", instrument, by=by, at=at, form=instrument.identity,
        version=instrument.version,
    )  # fmt: skip
    db.session.delete(instrument)
    db.session.commit()

"""Making reports.  Runs in the worker, on its schedule and when the office asks."""

from datetime import date, datetime

from flask import current_app
from flask_babel import force_locale

from trainingbase import clock
from trainingbase.downloads import TYPES
from trainingbase.mailing.settings import settings_of
from trainingbase.people.models import Person
from trainingbase.reports import actions, content, posting, queries
from trainingbase.reports.models import Report
from trainingbase.reports.rules import MONTH, YEAR, digest, last_over
from trainingbase.sheets import write

LANGUAGES = ("zh", "en")


def make(kind: str, starts_on: date, tongue: str, *, by: Person | None, at: datetime) -> Report:
    """The last edition again where its figures are the same."""
    from trainingbase.paper import pdf_aside

    today = at.astimezone(clock.LOCAL).date()
    with force_locale(tongue):
        asking = content.asking_of(kind, starts_on, today)
        tables = content.tables_of(kind, asking)
        told = digest(content.frozen(tables))
        last = queries.newest(kind, starts_on, tongue)
        if last is not None and last.digest == told:
            return last
        config = current_app.config
        base = config["BASE_NAME_EN" if tongue == "en" else "BASE_NAME"]
        paper = pdf_aside(content.document_of(kind, asking, tables, base=base, digest=told, at=at))
        files = {"xlsx": write.workbook(tables), "pdf": paper}
        name = content.title_of(kind, starts_on)
    return actions.keep_report(
        kind, starts_on, tongue, told,
        {form: (f"{name}.{form}", TYPES[form], made) for form, made in files.items()},
        edition=last.edition + 1 if last is not None else 1, by=by, at=at,
    )  # fmt: skip


def make_due(kind: str, *, today: date, at: datetime) -> list[Report]:
    """Of the newest month or year that is over, in both languages; told once to who reads them,
    and mailed to who wishes it."""
    starts_on = last_over(kind, today)
    made = [make(kind, starts_on, tongue, by=None, at=at) for tongue in LANGUAGES]
    fresh = [one for one in made if one.made_at == at]
    actions.tell(fresh, at=at)
    posting.post(fresh, settings_of(current_app.config), today=today, at=at)
    return made


__all__ = ["MONTH", "YEAR", "make", "make_due"]

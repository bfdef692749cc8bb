"""Reports by mail, to those who wish it and may read them.

A report names nobody, so its paper may travel; who has not asked for it gets a link, which opens
for who is signed in.
"""

from collections.abc import Sequence
from datetime import date, datetime

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase.mailing import tokens
from trainingbase.mailing.actions import put
from trainingbase.mailing.models import Message
from trainingbase.mailing.queries import Reader, readers
from trainingbase.mailing.settings import Settings
from trainingbase.reports.actions import note_mailed
from trainingbase.reports.content import title_of
from trainingbase.reports.models import Report


def post(made: Sequence[Report], settings: Settings, *, today: date, at: datetime) -> int:
    """Into the outbox, each to its readers in its language, once; how many mails.  None where the
    portal sends no mail."""
    if not settings.mails:
        return 0
    sent = 0
    for report in made:
        found = [
            one
            for one in readers(report.kind, today=today)
            if (one.person.language or "zh") == report.language
        ]
        mailed = sum(_put(report, one, settings, at) for one in found)
        if mailed:
            note_mailed(report, mailed, at=at)
        sent += mailed
    return sent


def _put(report: Report, reader: Reader, settings: Settings, at: datetime) -> bool:
    with force_locale(report.language):
        base = settings.base_name_en if report.language == "en" else settings.base_name
        title = title_of(report.kind, report.starts_on)
        message = Message(
            channel="mail",
            kind="report",
            key=f"report {report.id} for {reader.person.id}",
            subject=_("%(base)s: %(title)s", base=base, title=title),
            body=_body(report, reader, settings),
            made_at=at,
            next_try_at=at,
            person_id=reader.person.id,
            address=reader.address,
        )
    return put(message, file_id=report.paper_id if reader.with_paper else None)


def _body(report: Report, reader: Reader, settings: Settings) -> str:
    token = tokens.token_of(current_app.config["SECRET_KEY"], reader.person.id)
    url = settings.public_url
    lines = [
        _("The report is made: figures of the base, without names."),
        "",
        _("The paper, after signing in:") + f" {url}/reports/{report.id}/pdf",
        _("All reports:") + f" {url}/reports/",
        "",
        _("You chose to be mailed this report. Stop these mails:") + f" {url}/mailing/stop/{token}",
    ]
    return "\n".join(lines)

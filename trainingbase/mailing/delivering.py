"""What the worker does every few minutes: compose what is to be mailed, and send what waits.

A mail says how many things wait and where: no name of anybody and nothing that was written.
"""

import logging
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from time import monotonic

from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.mailing import actions, queries, sending
from trainingbase.mailing.models import Message
from trainingbase.mailing.queries import Alert, ToMail
from trainingbase.mailing.rules import counted
from trainingbase.mailing.settings import Settings
from trainingbase.notices.words import sentence
from trainingbase.thresholds.queries import whole

log = logging.getLogger(__name__)

NO_LONGER = "no longer wanted"
"""The fault of a mail whose link does not open any more."""
Bodies = Mapping[str, Callable[[Message], str | None]]
"""By kind: the words of a message with its links, None where it is not to be sent any more.  A link
that opens something for whoever holds it is made when it is sent: the outbox never holds it."""
ROUND = timedelta(minutes=4)
"""No further message is begun: the next round comes soon, and a job is not to last for hours."""


def deliver(settings: Settings, *, today: date, at: datetime, bodies: Bodies | None = None) -> None:
    compose(settings, today=today, at=at)
    send(settings, at=at, bodies=bodies)


def compose(settings: Settings, *, today: date, at: datetime) -> int:
    """One mail to each person a day from the base's hour on, or at once where the base wants it so;
    what was done to their account at once; and one message to the chat a day.  How many."""
    has_come = at.astimezone(LOCAL).hour >= whole("mail_hour")
    at_once, made = bool(whole("mail_at_once")), 0
    if settings.mails:
        made += sum(_put_alert(one, settings, at) for one in queries.alerts(at=at))
    if settings.mails and (at_once or has_come):
        for one in _still_to_mail(today, at, at_once):
            message = _digest(one, settings, _key(one, today, at_once), at)
            made += actions.put(message, [number for number, _kind in one.notices])
    if settings.chats and has_come:
        made += _summary(settings, today, at)
    return made


def _put_alert(one: Alert, settings: Settings, at: datetime) -> bool:
    with force_locale(one.person.language):
        base = settings.base_name_en if one.person.language == "en" else settings.base_name
        subject = _("%(base)s: something was done to your account", base=base)
        lines = [
            sentence(one.notice.kind, one.notice.facts),
            _("If that surprises you, ask the training office or the auditor of the base at once."),
            "",
            f"{settings.public_url}/account",
        ]
    key = f"alert {one.notice.id}"
    message = _message("mail", "alert", key, subject, "\n".join(lines), at,
                       person_id=one.person.id, address=one.address)  # fmt: skip
    return actions.put(message, [one.notice.id])


def _still_to_mail(today: date, at: datetime, at_once: bool) -> list[ToMail]:
    found = queries.to_mail(today=today, at=at)
    made = queries.keys_made([_key(one, today, at_once) for one in found])
    return [one for one in found if _key(one, today, at_once) not in made]


def _key(one: ToMail, today: date, at_once: bool) -> str:
    which = f"up to {one.notices[-1][0]}" if at_once else f"of {today.isoformat()}"
    return f"digest for {one.person.id} {which}"


def _digest(one: ToMail, settings: Settings, key: str, at: datetime) -> Message:
    with force_locale(one.person.language):
        base = settings.base_name_en if one.person.language == "en" else settings.base_name
        subject = _("%(base)s: %(n)s things wait for you", base=base, n=len(one.notices))
        body = _digest_body(one, settings)
    return _message("mail", "digest", key, subject, body, at, person_id=one.person.id,
                    address=one.address)  # fmt: skip


def _digest_body(one: ToMail, settings: Settings) -> str:
    number = counted(kind for _id, kind in one.notices)
    lines = [
        (number["assessments"], _("Assessments: %(n)s", n=number["assessments"])),
        (number["duties"], _("Other things to do: %(n)s", n=number["duties"])),
        (number["news"], _("News: %(n)s", n=number["news"])),
    ]
    return "\n".join(
        [
            _("In the portal there waits for you:"),
            *(f"- {words}" for some, words in lines if some),
            "",
            f"{settings.public_url}/notices/",
            "",
            _("You choose which mail you get here:") + f" {settings.public_url}/mailing/mine",
        ]
    )


def _summary(settings: Settings, today: date, at: datetime) -> bool:
    key = f"summary of {today.isoformat()}"
    people, number = queries.duties_waiting(at)
    if not number or queries.keys_made([key]):
        return False
    with force_locale("zh"):
        subject = settings.base_name
        body = _("%(n)s things wait for %(people)s people in the portal:", n=number, people=people)
    return actions.put(
        _message("chat", "summary", key, subject, f"{body} {settings.public_url}/", at)
    )


def put_trial(address: str, settings: Settings, *, person_id: int, key: str, at: datetime) -> bool:
    """Into the outbox; False where the same form was sent before."""
    subject = _("Test mail of the training portal")
    body = _("Mail works.") + f"\n\n{settings.public_url}/mailing/\n"
    return actions.put(
        _message(
            "mail", "test", f"test {key}", subject, body, at, person_id=person_id, address=address
        )
    )


def _message(channel: str, kind: str, key: str, subject: str, body: str, at: datetime, *,
             person_id: int | None = None, address: str = "") -> Message:  # fmt: skip
    return Message(
        channel=channel, kind=kind, key=key, subject=subject, body=body, made_at=at,
        next_try_at=at, person_id=person_id, address=address,
    )  # fmt: skip


def send(settings: Settings, *, at: datetime, bodies: Bodies | None = None, tls=None) -> int:
    """Try what is due; how many were sent.  Without settings everything waits."""
    if not (settings.mails or settings.chats):
        return 0
    sent, began, now = 0, monotonic(), at
    while now - at < ROUND and (message := actions.take_next(now)) is not None:
        fault = _tried(message, settings, bodies or {}, tls)
        now = at + timedelta(seconds=int(monotonic() - began))
        if fault is None:
            actions.note_sent(message, at=now)
            sent += 1
        else:
            actions.note_fault(message, fault.fault, at=now, is_final=fault.is_final)
    return sent


def _tried(message: Message, settings: Settings, bodies: Bodies, tls) -> sending.NotSent | None:
    """What went wrong with one message never keeps the others back."""
    try:
        _hand_over(message, settings, bodies, tls)
    except sending.NotSent as fault:
        return fault
    except Exception as surprise:
        db.session.rollback()
        log.exception("a message of the outbox could not be handed over")
        return sending.NotSent(type(surprise).__name__)
    return None


def _hand_over(message: Message, settings: Settings, bodies: Bodies, tls) -> None:
    if message.channel == "chat":
        if not settings.chats:
            raise sending.NotSent("the chat is switched off")
        sending.chat(message, settings, tls=tls)
    else:
        if not settings.mails:
            raise sending.NotSent("the mail is switched off")
        sending.mail(message, settings, body=_body(message, bodies), tls=tls)


def _body(message: Message, bodies: Bodies) -> str:
    body = bodies[message.kind](message) if message.kind in bodies else message.body
    if body is None:
        raise sending.NotSent(NO_LONGER, is_final=True)
    return body

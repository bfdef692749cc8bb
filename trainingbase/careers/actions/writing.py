"""Mail to graduates: the question where they work, with the link that answers it; and word that
somebody may be proposed.  In the language of who reads it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask_babel import force_locale
from flask_babel import gettext as _

from trainingbase.audit.actions import record
from trainingbase.careers.models import FollowUp, PromotionTold, Scheme
from trainingbase.careers.queries import following
from trainingbase.careers.queries.addresses import (
    QUESTION,
    addresses_of,
    mails_about,
    people_by_id,
    with_open_account,
)
from trainingbase.careers.queries.promotion import Candidate, told_of
from trainingbase.careers.tokens import token_of
from trainingbase.clock import LOCAL
from trainingbase.db import db
from trainingbase.i18n import named
from trainingbase.mailing import tokens
from trainingbase.mailing.actions import put, try_again
from trainingbase.mailing.delivering import Bodies
from trainingbase.mailing.models import Message
from trainingbase.mailing.rules import LINK
from trainingbase.mailing.settings import Settings
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person

PROMOTION = "promotion"
STOP = "{stop}"
"""Stands in the body of a mail for the link that takes the consent back."""


def question(task: FollowUp, base: str, address: str) -> str:
    """What is mailed, or copied and sent otherwise."""
    with force_locale(task.resident.person.language):
        return _(
            "%(base)s asks where you work now. One tap, no account needed: %(address)s",
            base=base, address=address,
        )  # fmt: skip


@dataclass(frozen=True)
class Written:
    """How many mails are in the outbox, and to how many no address leads."""

    mailed: int
    nowhere: int


def mail_questions(
    tasks: Sequence[FollowUp], settings: Settings, *, by: Person, at: datetime
) -> Written:
    """To each whose link is open, once for each link and address; one that was given up is tried
    again."""
    today = at.astimezone(LOCAL).date()
    wanted = [one for one in tasks if one.link_state(today) == "open"]
    addresses = addresses_of(one.resident.person_id for one in wanted)
    before = mails_about(wanted)
    mailed = 0
    for task in wanted:
        person = task.resident.person
        if person.id not in addresses:
            continue
        made = _question(task, person, addresses[person.id], settings, at)
        known = before.get(task.id)
        if known is not None and known.key == made.key:
            mailed += try_again(known, by=by, at=at)
            continue
        record("mail-graduate-link", task, by=by, at=at)
        mailed += put(made)
    return Written(mailed, sum(one.resident.person_id not in addresses for one in wanted))


def _question(
    task: FollowUp, person: Person, address: str, settings: Settings, at: datetime
) -> Message:
    with force_locale(person.language):
        base = settings.base_name_en if person.language == "en" else settings.base_name
        subject = _("%(base)s: where do you work now?", base=base)
        why = _stop()
    where = hashlib.sha256(address.encode()).hexdigest()[:8]
    key = f"{QUESTION} {task.id} {(task.token_hash or '')[:16]} {where}"
    return Message(
        channel="mail", kind=QUESTION, key=key, subject=subject,
        body=f"{question(task, base, LINK)}\n\n{why}", made_at=at,
        next_try_at=at, person_id=person.id, address=address,
    )  # fmt: skip


def _stop() -> str:
    said = _("You agreed to be written to. If you want no more of these mails, one tap:")
    return f"{said} {STOP}"


def bodies(settings: Settings, secret: str, *, today: date) -> Bodies:
    """Mails to graduates with their links, made when they are sent: none where the link opens no
    more, or who agreed to that address has taken it back or gave another."""

    def wanted(message: Message) -> str | None:
        person_id = message.person_id or 0
        if addresses_of([person_id]).get(person_id) != message.address:
            return None
        token = tokens.token_of(secret, person_id, tokens.GRADUATES)
        return message.body.replace(STOP, f"{settings.public_url}/w/stop/{token}")

    def asking(message: Message) -> str | None:
        body, link = wanted(message), _link(message, secret, today)
        if body is None or link is None:
            return None
        return body.replace(LINK, f"{settings.public_url}{link}")

    return {QUESTION: asking, PROMOTION: wanted}


def _link(message: Message, secret: str, today: date) -> str | None:
    """Where a question is answered, if it opens today."""
    _kind, number, linked, _where = message.key.split()
    tasks = following.follow_ups_by_id([int(number)])
    if not tasks or tasks[0].link_state(today) != "open":
        return None
    if (tasks[0].token_hash or "")[:16] != linked:
        return None
    return f"/w/{token_of(secret, tasks[0].nonce or '')}"


@dataclass(frozen=True)
class Told:
    """How many were told in the portal, by mail, and not at all."""

    portal: int
    mail: int
    nowhere: int


def tell_ready(
    scheme: Scheme, candidates: Sequence[Candidate], settings: Settings, *, by: Person, at: datetime
) -> Told:
    """Those who meet everything and were not told yet: in the portal, and by mail who left it."""
    told = told_of(scheme)
    ready = [one.person_id for one in candidates if one.is_ready and one.person_id not in told]
    here = with_open_account(ready)
    gone = [one for one in ready if one not in here]
    addresses = addresses_of(gone) if settings.mails else {}
    names = {"scheme": scheme.name, "scheme_en": scheme.name_en or scheme.name}
    leave("promotion-ready", to_ids=here, at=at, path="/careers/mine", **names)
    for person_id in [*here, *addresses]:
        how = "portal" if person_id in here else "mail"
        db.session.add(PromotionTold(scheme_id=scheme.id, person_id=person_id, told_at=at, how=how))
    record("tell-of-promotion", scheme, by=by, at=at, number=len(here) + len(addresses))
    db.session.flush()
    people = people_by_id(addresses)
    db.session.add_all(
        _news(scheme, people[one], addresses[one], settings, at) for one in addresses
    )
    db.session.commit()
    return Told(len(here), len(addresses), len(gone) - len(addresses))


def _news(
    scheme: Scheme, person: Person, address: str, settings: Settings, at: datetime
) -> Message:
    with force_locale(person.language):
        base = settings.base_name_en if person.language == "en" else settings.base_name
        subject = _("%(base)s: you meet the conditions of %(scheme)s", base=base,
                    scheme=named(scheme))  # fmt: skip
        body = _(
            "By the records of the base you meet every condition of “%(scheme)s” (%(source)s). "
            "Ask the training office for the evidence.",
            scheme=named(scheme), source=scheme.source,
        )  # fmt: skip
        body = f"{body}\n\n{_stop()}"
    return Message(
        channel="mail", kind=PROMOTION, key=f"{PROMOTION} {scheme.id} {person.id}",
        subject=subject, body=body, made_at=at, next_try_at=at, person_id=person.id,
        address=address,
    )  # fmt: skip

"""360 by the plan: secretaries ask guests, fellow residents answer about each other, and an outside
examiner has a room in the OSCE of today."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from flask import current_app
from sqlalchemy import select

from trainingbase.assessments import actions
from trainingbase.assessments.actions import guests
from trainingbase.assessments.models import Errand, Request
from trainingbase.db import db
from trainingbase.demo.assessing import answers
from trainingbase.instruments.models import Instrument
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

ASKED, ANSWERED_BY_PEERS = 6, 12


def play(*, today: date, at: datetime, say: Callable[[str], None]) -> None:
    actions.plan_ahead(today=today, at=at)
    sent = actions.send_planned(today=today, at=at)
    came = _guests(at + timedelta(minutes=2))
    peers = _peers(today, at + timedelta(minutes=3))
    say(f"  360: {sent} asked by the plan, {came} guests and {peers} fellow residents answered")


def _guests(at: datetime) -> int:
    """Of the first errands some are done and some half done."""
    rows = db.session.scalars(
        select(Errand).join(Errand.request).order_by(Errand.request_id).limit(ASKED)
    ).all()
    came = 0
    for number, errand in enumerate(rows):
        links = guests.issue_for(
            errand.request,
            each=errand.wanted,
            identity="printed",
            batch=f"demo-errand-{errand.request_id}",
            secret=current_app.config["SECRET_KEY"],
            by=errand.request.assessor,
            at=at,
        )
        for link in links[: errand.wanted if number % 2 == 0 else 1]:
            chance = Random(link.id)  # noqa: S311 (a play, not a secret)
            said = answers(link.instrument.items, link.placement.resident_id, link.id, chance)
            guests.answer(link, answers=said, name=None, at=at)
            came += 1
    return came


def _peers(today: date, at: datetime) -> int:
    rows = db.session.scalars(
        select(Request)
        .join(Request.instrument)
        .join(Request.placement)
        .where(
            Instrument.assessor == "peer",
            Request.answered_at.is_(None),
            Request.cancelled_at.is_(None),
            Placement.ends_on > today,
        )
        .order_by(Request.id)
        .limit(ANSWERED_BY_PEERS)
    ).all()
    for request in rows:
        chance = Random(request.id)  # noqa: S311 (a play, not a secret)
        who: Person = request.assessor
        actions.submit(
            instrument=request.instrument,
            placement=request.placement,
            by=who,
            at=at,
            observed_on=today,
            answers=answers(request.instrument.items, request.resident_id, who.id, chance),
            form_key=f"played-peer-{request.id}",
            request=request,
        )
    return len(rows)

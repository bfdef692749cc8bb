"""Making handbooks.  Runs in the worker, which is told one order at a time.

Each handbook is one transaction: after a crash, what is made stays made and the rest is made by
whoever takes the order up again.
"""

import logging
import time
from datetime import datetime

from flask import current_app
from flask_babel import force_locale

from trainingbase import clock
from trainingbase.db import db
from trainingbase.handbook import actions
from trainingbase.handbook.layout import Imprint, document
from trainingbase.handbook.models import Handbook, OrderLine
from trainingbase.handbook.queries import course, handbooks, orders
from trainingbase.handbook.queries.record import facts_of
from trainingbase.handbook.rules.content import digest_of, new_code
from trainingbase.queue import enqueue

log = logging.getLogger(__name__)

TURN = 20.0
"""Seconds after which other jobs have their turn."""


def make(order_id: int) -> None:
    """Make what the order still lacks, for one turn; then put it on the queue again."""
    if not actions.begin(order_id, at=clock.real_now()):
        return
    until = time.monotonic() + TURN
    for line_id in orders.waiting_lines(order_id):
        order = orders.order_by_id(order_id)
        if order.is_over:
            return
        if time.monotonic() > until:
            actions.rest(order, at=clock.real_now())
            return
        _make_one(line_id)
    actions.finish(orders.order_by_id(order_id), at=clock.real_now())


def _make_one(line_id: int) -> None:
    line = orders.line_by_id(line_id)
    if not actions.take_up(line, at=clock.real_now()):
        return
    try:
        make_line(line, at=clock.now())
    except Exception as error:
        log.exception("handbook of line %s could not be made", line_id)
        db.session.rollback()
        said = str(error).partition("\n")[0]  # the first line: what follows may hold the record
        because = f"{type(error).__name__}: {said}"[:200]
        actions.fail(orders.line_by_id(line_id), because, at=clock.real_now())


def make_line(line: OrderLine, *, at: datetime) -> Handbook:
    """One handbook; the last edition again where the record has not changed since."""
    from trainingbase.paper import pdf_aside

    resident, language = line.resident, line.order.language
    facts = facts_of(resident, today=at.astimezone(clock.LOCAL).date())
    digest = digest_of(facts)
    same = handbooks.same(resident.id, language, digest)
    if same is not None:
        actions.hand_over(line, same, same.file.content, at=clock.real_now())
        return same
    picture = course.photo_of(resident.id)
    photo = picture.content if picture else None
    imprint = Imprint(
        base=current_app.config["BASE_NAME_EN" if language == "en" else "BASE_NAME"],
        edition=handbooks.last_edition(resident.id, language) + 1,
        code=new_code(),
        digest=digest,
        issued_at=at,
        issued_by=line.order.asked_by.name,
        address=line.order.address,
    )
    db.session.rollback()  # nothing is locked while the document is set
    with force_locale(language):
        content = pdf_aside(document(facts, imprint, photo))
    return actions.issue(line, facts, content, edition=imprint.edition, code=imprint.code, at=at)


def revive(*, at: datetime) -> None:
    """Put orders back on the queue whose worker has given no sign of life for a minute."""
    for order_id in orders.silent_since(at - actions.SILENCE):
        enqueue(actions.JOB, order_id=order_id)

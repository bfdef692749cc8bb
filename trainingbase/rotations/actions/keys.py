"""One plan of one request key, also when the same form arrives twice at once."""

from sqlalchemy.exc import IntegrityError

from trainingbase.db import db
from trainingbase.rotations.models import Plan
from trainingbase.rotations.queries import plans


def added_or_known(plan: Plan) -> Plan:
    """The plan, flushed; or the one that was saved with its key at the same moment."""
    key = plan.request_key
    db.session.add(plan)
    try:
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        known = plans.plan_by_key(key)
        if known is None:
            raise
        return known
    return plan

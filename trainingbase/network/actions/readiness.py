"""The base sets what its sites must have."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from trainingbase.db import db
from trainingbase.history.actions import change
from trainingbase.network.models import ReadinessRule
from trainingbase.people.models import Person


def edit_rule(
    rule: ReadinessRule,
    answers: Mapping[str, Any],
    *,
    version: int | None,
    by: Person,
    at: datetime,
    why: str | None = None,
) -> None:
    """Raises `Stale`."""
    rule.expect(version)
    change("edit-readiness-rule", rule, answers, by=by, at=at, why=why)
    db.session.commit()

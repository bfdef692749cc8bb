"""Keeps the figures of completion, so that a table of many residents need not reckon them."""

import logging
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlalchemy import delete, insert

from trainingbase.audit.actions import record
from trainingbase.db import db
from trainingbase.logbook.models import CompletionChange, KeptCompletion, KeptLines, KeptStay
from trainingbase.logbook.queries import kept
from trainingbase.logbook.queries.completion import all_figures
from trainingbase.logbook.rules.stays import total_of
from trainingbase.notices.actions import leave
from trainingbase.people.queries import holders_of
from trainingbase.roles import Role

log = logging.getLogger(__name__)

AT_ONCE = 20
"""Residents between two commits: others write meanwhile."""


def keep_changed(*, at: datetime) -> int:
    """Keep anew what has changed, and what never was; of how many residents."""
    number = 0
    while ids := kept.to_keep(AT_ONCE):
        keep_some(ids, at=at)
        number += len(ids)
    return number


def keep_some(resident_ids: Sequence[int], *, at: datetime) -> None:
    """What has changed by now is read before the rows: what changes meanwhile stays noted."""
    noted = kept.changes_of(resident_ids)
    wholes, whole_lines, stays = [], [], []
    for resident_id, found in all_figures(resident_ids).items():
        departments = {str(key): list(one) for key, one in found.sums.items()}
        own = {"resident_id": resident_id}
        whole = total_of(found.sums.values())._asdict()
        wholes.append({**own, **whole, "departments": departments, "kept_at": at})
        lines = kept.as_kept(found)
        parts = lines.pop("parts")
        whole_lines.append({**own, **lines})
        stays += [{**own, "placement_id": stay, "lines": part} for stay, part in parts.items()]
    for table in (KeptStay, KeptLines, KeptCompletion):
        db.session.execute(delete(table).where(table.resident_id.in_(resident_ids)))
    db.session.execute(insert(KeptCompletion), wholes)
    db.session.execute(insert(KeptLines), whole_lines)
    if stays:
        db.session.execute(insert(KeptStay), stays)
    db.session.execute(delete(CompletionChange).where(CompletionChange.id.in_(noted)))
    db.session.commit()


def verify(*, at: datetime, warn: Callable[[str], None] = log.error) -> int:
    """Compare what is kept with the rows.  A difference is loud: in the log, in the audit trail,
    and as a notice to the office; what differs is kept anew.  Of how many residents."""
    differ: list[int] = []
    last = 0
    while ids := kept.after(last, AT_ONCE):
        sums, lines, should = kept.known_sums(ids), kept.kept_lines(ids), all_figures(ids)
        wrong = [
            one
            for one in ids
            if (sums[one], lines.get(one)) != (should[one].sums, kept.as_kept(should[one]))
        ]
        differ += kept.still_held(wrong)
        last = ids[-1]
        db.session.commit()
    if differ:
        warn(f"kept figures of completion: {len(differ)} residents differ, first {differ[0]}")
        keep_some(differ, at=at)
        record("find-completion-differs", "kept_completions", by=None, at=at, n=len(differ))
        told = [one.id for one in holders_of(Role.OFFICE, Role.ADMINISTRATOR)]
        leave("completion-differs", to_ids=told, at=at, path="/log/completion", n=len(differ))
    db.session.commit()
    return len(differ)

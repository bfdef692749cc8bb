"""A half-filled form is kept on the server, so that it goes on on another device."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete

from trainingbase.assessments.models import FormDraft
from trainingbase.assessments.queries.drafts import draft_of
from trainingbase.assessments.queries.submissions import submission_by_key
from trainingbase.db import db, hold
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement
from trainingbase.thresholds.queries import whole


class Newer(Exception):
    """Another device has saved since; `draft` is what it saved."""

    def __init__(self, draft: FormDraft):
        super().__init__(draft)
        self.draft = draft


def save_draft(
    *,
    placement: Placement,
    code: str,
    by: Person,
    at: datetime,
    form_key: str,
    sent_key: str,
    values: Mapping[str, str],
    after: int,
) -> FormDraft | None:
    """`after` is the number of the save that the device knows of (0: none).  None where the form
    (`sent_key` is its key as submissions keep it) was sent already.  Raises `Newer` where another
    device has gone on meanwhile."""
    if submission_by_key(sent_key, by) is not None:
        return None
    draft = draft_of(by, placement.id, code)
    if draft is None:
        draft = FormDraft(
            person_id=by.id, placement_id=placement.id, code=code, form_key=form_key,
            values=dict(values), saves=after + 1, saved_at=at,
        )  # fmt: skip
        db.session.add(draft)
    else:
        hold(draft, "saves")
        if draft.saves > after:
            raise Newer(draft)
        draft.values, draft.form_key = dict(values), form_key
        draft.saves, draft.saved_at = after + 1, at
    db.session.commit()
    return draft


def drop_draft(placement_id: int, code: str, *, by: Person) -> None:
    """It was sent, or is not wanted; the caller commits."""
    db.session.execute(
        delete(FormDraft).where(
            FormDraft.person_id == by.id,
            FormDraft.placement_id == placement_id,
            FormDraft.code == code,
        )
    )


def forget_drafts(*, at: datetime) -> None:
    """That nobody has gone on with for so many days."""
    before = at - timedelta(days=whole("draft_days"))
    db.session.execute(delete(FormDraft).where(FormDraft.saved_at < before))
    db.session.commit()

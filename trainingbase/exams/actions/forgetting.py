"""What is dropped because what it stood on has changed.  The caller commits."""

from sqlalchemy import delete, select

from trainingbase.db import db
from trainingbase.exams.models import (
    Estimate,
    Osce,
    OsceCandidate,
    OsceExaminer,
    OsceGuestLink,
    OsceSlot,
    Panel,
    PanelJudge,
    PanelLine,
)


def forget_timetable(session: Osce) -> None:
    """The timetable of a draft: it is made anew."""
    if session.id is None:
        return
    db.session.execute(delete(OsceSlot).where(OsceSlot.session_id == session.id))
    for one in db.session.scalars(
        select(OsceCandidate).where(OsceCandidate.session_id == session.id)
    ):
        one.circuit = one.number = None


def forget_panel(session: Osce) -> None:
    """The panel of a session one of whose stations goes."""
    panel = db.session.scalars(select(Panel).where(Panel.session_id == session.id)).one_or_none()
    if panel is None:
        return
    judges = select(PanelJudge.id).where(PanelJudge.panel_id == panel.id)
    db.session.execute(delete(Estimate).where(Estimate.judge_id.in_(judges)))
    db.session.execute(delete(PanelJudge).where(PanelJudge.panel_id == panel.id))
    db.session.execute(delete(PanelLine).where(PanelLine.panel_id == panel.id))
    db.session.execute(delete(Panel).where(Panel.id == panel.id))
    db.session.expire_all()


def forget_examiner(one: OsceExaminer) -> None:
    """With the links of somebody from outside."""
    db.session.execute(delete(OsceGuestLink).where(OsceGuestLink.examiner_id == one.id))
    db.session.delete(one)


def forget_estimates(judge: PanelJudge) -> None:
    db.session.execute(delete(Estimate).where(Estimate.judge_id == judge.id))

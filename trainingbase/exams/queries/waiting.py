"""What of examinations waits for somebody."""

from dataclasses import dataclass

from sqlalchemy import func, select

from trainingbase.db import db
from trainingbase.exams.models import Osce, OsceExaminer, Panel, PanelJudge
from trainingbase.people.models import Person


@dataclass(frozen=True)
class Waiting:
    """Rooms whose session takes marks now, and panels whose round is not handed in."""

    rooms: int
    panels: int


def waiting_for(person: Person) -> Waiting:
    """In one statement."""
    rooms = (
        select(func.count())
        .select_from(OsceExaminer)
        .join(OsceExaminer.session)
        .where(
            OsceExaminer.person_id == person.id,
            OsceExaminer.absent_because.is_(None),
            Osce.opened_at.is_not(None),
            Osce.closed_at.is_(None),
        )
    )
    panels = (
        select(func.count())
        .select_from(PanelJudge)
        .join(Panel, Panel.id == PanelJudge.panel_id)
        .where(
            PanelJudge.person_id == person.id,
            Panel.is_open,
            PanelJudge.done_round < Panel.round,
        )
    )
    found = db.session.execute(select(rooms.scalar_subquery(), panels.scalar_subquery())).one()
    return Waiting(*found)

"""Panels of judges.  While a round is open a judge sees their own estimates only."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from trainingbase.db import db
from trainingbase.exams.models import Estimate, ExamSitting, Panel, PanelJudge
from trainingbase.exams.queries.names import of_session as facts_of_session
from trainingbase.people.models import Person


def _whole():
    return select(Panel).options(
        selectinload(Panel.lines),
        selectinload(Panel.judges).joinedload(PanelJudge.person),
        joinedload(Panel.session),
        joinedload(Panel.sitting).joinedload(ExamSitting.kind),
    )


def of_session(session_id: int) -> Panel | None:
    return db.session.scalars(_whole().where(Panel.session_id == session_id)).one_or_none()


def of_sitting(sitting_id: int) -> Panel | None:
    return db.session.scalars(_whole().where(Panel.sitting_id == sitting_id)).one_or_none()


def panel_by_id(panel_id: int) -> Panel:
    return db.session.scalars(_whole().where(Panel.id == panel_id)).one()


def panels_of(person: Person) -> Sequence[tuple[Panel, PanelJudge]]:
    """Those in which this person judges, the open ones first."""
    rows = db.session.execute(
        select(Panel, PanelJudge)
        .join(PanelJudge, PanelJudge.panel_id == Panel.id)
        .where(PanelJudge.person_id == person.id)
        .options(joinedload(Panel.session), joinedload(Panel.sitting).joinedload(ExamSitting.kind))
        .order_by(Panel.is_open.desc(), Panel.id.desc())
    )
    return rows.all()


def own_seat(person: Person, panel_id: int) -> tuple[Panel, PanelJudge]:
    panel = panel_by_id(panel_id)
    seat = db.session.scalars(
        select(PanelJudge).where(PanelJudge.panel_id == panel_id, PanelJudge.person_id == person.id)
    ).one()
    return panel, seat


def estimates(panel: Panel, round_: int, *, judge_id: int | None = None) -> Sequence[Estimate]:
    """Of one judge, or of all: those only once the round is closed."""
    rows = (
        select(Estimate)
        .join(PanelJudge, PanelJudge.id == Estimate.judge_id)
        .where(PanelJudge.panel_id == panel.id, Estimate.round == round_)
    )
    if judge_id is not None:
        rows = rows.where(Estimate.judge_id == judge_id)
    return db.session.scalars(rows).all()


def last_closed(panel: Panel) -> int:
    """The last round that everybody sees; 0 for none."""
    return panel.round - 1 if panel.is_open else panel.round


def table_of(panel: Panel, round_: int) -> dict[int, dict[int, float]]:
    """By judge (person) and line, in percent."""
    people = {one.id: one.person_id for one in panel.judges}
    found: dict[int, dict[int, float]] = {}
    for one in estimates(panel, round_):
        found.setdefault(people[one.judge_id], {})[one.line_id] = float(one.value)
    return found


def facts_of(panel: Panel) -> dict[str, Any]:
    if panel.session is not None:
        return facts_of_session(panel.session)
    sitting = panel.sitting
    assert sitting is not None
    return {
        "name": sitting.kind.name,
        "name_en": sitting.kind.name_en,
        "day": sitting.held_on.isoformat(),
    }

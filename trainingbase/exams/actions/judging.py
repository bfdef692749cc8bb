"""A panel of judges: its rounds, and what each hands in."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal

from trainingbase.audit.actions import record
from trainingbase.db import db, hold
from trainingbase.exams.actions.forgetting import forget_estimates
from trainingbase.exams.addresses import of_panel
from trainingbase.exams.models import (
    AlreadyReleased,
    Estimate,
    ExamSitting,
    NotYet,
    Osce,
    Panel,
    PanelJudge,
    PanelLine,
)
from trainingbase.exams.queries import panels
from trainingbase.exams.queries.names import of_session
from trainingbase.history.actions import change
from trainingbase.notices.actions import leave
from trainingbase.people.models import Person


def ask_about_session(session: Osce, judges: Sequence[int], *, by: Person, at: datetime) -> Panel:
    """The stations are judged, in percent of the sheet.  There is one panel: asked again, the
    judges are added."""
    hold(session)
    if session.released_at is not None:
        raise AlreadyReleased
    panel = panels.of_session(session.id)
    if panel is None:
        lines = [
            PanelLine(position=number, name=one.name, station_id=one.id)
            for number, one in enumerate(session.stations, start=1)
        ]
        if not lines:
            raise NotYet("stations")
        panel = Panel(session_id=session.id, made_at=at, lines=lines, judges=[])
    return _ask(panel, judges, of_session(session), by=by, at=at)


def ask_about_sitting(
    sitting: ExamSitting, items: int, judges: Sequence[int], *, by: Person, at: datetime
) -> Panel:
    """The items of the theory paper are judged: the chance in percent of a just passing
    candidate."""
    hold(sitting)
    if sitting.is_released:
        raise AlreadyReleased
    panel = panels.of_sitting(sitting.id)
    if panel is None:
        lines = [PanelLine(position=number, name=str(number)) for number in range(1, items + 1)]
        panel = Panel(sitting_id=sitting.id, made_at=at, lines=lines, judges=[])
    facts = {
        "name": sitting.kind.name,
        "name_en": sitting.kind.name_en,
        "day": sitting.held_on.isoformat(),
    }
    return _ask(panel, judges, facts, by=by, at=at)


def _ask(panel: Panel, judges: Sequence[int], facts: Mapping, *, by: Person, at: datetime) -> Panel:
    known = {one.person_id for one in panel.judges}
    new = [one for one in dict.fromkeys(judges) if one not in known]
    panel.judges += [PanelJudge(person_id=one) for one in new]
    db.session.add(panel)
    db.session.flush()
    record("ask-panel", panel, by=by, at=at, number=len(new))
    leave("panel-asked", to_ids=new, at=at, path=of_panel(panel.id), round=panel.round, **facts)
    db.session.commit()
    return panel


def estimate(
    panel: Panel,
    judge: PanelJudge,
    values: Mapping[int, Decimal],
    *,
    round_: int,
    is_done: bool,
    at: datetime,
    by: Person,
) -> None:
    """By line, in percent.  A finished round is not changed.  Raises `NotYet`."""
    hold(panel)
    if not panel.is_open or round_ != panel.round or judge.done_round >= panel.round:
        raise NotYet("round_over")
    known = {one.line_id: one for one in panels.estimates(panel, round_, judge_id=judge.id)}
    for line_id, value in values.items():
        if line_id in known:
            known[line_id].value = value
        else:
            db.session.add(Estimate(judge_id=judge.id, line_id=line_id, round=round_, value=value))
    if is_done:
        if set(values) != {one.id for one in panel.lines}:
            raise NotYet("estimates")
        judge.done_round = panel.round
        record("hand-in-estimates", panel, by=by, at=at, round=round_)
    db.session.commit()


def close_round(panel: Panel, *, version: int | None, by: Person, at: datetime) -> None:
    """The judges see each other's estimates.  Raises `NotYet` while one has not handed in."""
    panel.expect(version)
    if not panel.is_open:
        raise NotYet("round_over")
    if not panel.judges or any(one.done_round < panel.round for one in panel.judges):
        raise NotYet("judges")
    panel.is_open = False
    record("close-panel-round", panel, by=by, at=at, round=panel.round)
    db.session.commit()


def next_round(panel: Panel, *, version: int | None, by: Person, at: datetime) -> None:
    """After they have talked; the round before stays readable."""
    panel.expect(version)
    if panel.is_open:
        raise NotYet("round_open")
    panel.round, panel.is_open = panel.round + 1, True
    record("next-panel-round", panel, by=by, at=at, round=panel.round)
    leave(
        "panel-asked",
        to_ids=[one.person_id for one in panel.judges],
        at=at,
        path=of_panel(panel.id),
        round=panel.round,
        **panels.facts_of(panel),
    )
    db.session.commit()


def remove_judge(judge: PanelJudge, panel: Panel, *, by: Person, at: datetime) -> None:
    """One who has handed in nothing.  Raises `NotYet`."""
    if judge.done_round:
        raise NotYet("handed_in")
    forget_estimates(judge)
    panel.judges.remove(judge)
    record("remove-judge", panel, by=by, at=at)
    db.session.commit()


def use_for_sitting(
    sitting: ExamSitting, percent: Decimal, *, why: str, by: Person, at: datetime
) -> None:
    """The pass mark of the theory.  Raises `AlreadyReleased`."""
    hold(sitting)
    if sitting.is_released:
        raise AlreadyReleased
    sitting.version += 1
    change("set-pass-mark", sitting, {"pass_theory": percent}, by=by, at=at, why=why)
    db.session.commit()

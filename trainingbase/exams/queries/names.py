"""What an examination is called, wherever it is mentioned."""

from typing import Any

from trainingbase.exams.models import ExamCandidate, Osce, OsceCandidate


def facts_of(of: ExamCandidate | OsceCandidate) -> dict[str, Any]:
    """What a notice says of the examination somebody sat."""
    if isinstance(of, ExamCandidate):
        kind = of.sitting.kind
        return {
            "name": kind.name,
            "name_en": kind.name_en,
            "day": of.sitting.held_on.isoformat(),
        }
    return of_session(of.session)


def of_session(session: Osce) -> dict[str, Any]:
    return {"name": session.title, "name_en": None, "day": session.held_on.isoformat()}

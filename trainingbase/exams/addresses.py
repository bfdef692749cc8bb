"""Where notices lead."""

MINE = "/exams/mine"
APPEALS = "/exams/appeals"
MARKING = "/exams/marking"
JUDGING = "/exams/panels"


def of_session(session_id: int) -> str:
    return f"/exams/osce/{session_id}"


def of_panel(panel_id: int) -> str:
    return f"/exams/panels/{panel_id}"

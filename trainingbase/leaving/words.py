"""Fixed words of leaving, in the viewer's language."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import number
from trainingbase.leaving.rules.gate import A_MONTH, DAYS, DAYS_A_MONTH, MARK, PERCENT, TIMES, Line

ITEMS = {
    "attendance": _l("Attendance"),
    "leave_days": _l("Sick and personal leave"),
    "absence": _l("Absence without leave"),
    "log": _l("Log, all items"),
    "diseases": _l("Diseases seen"),
    "cases": _l("Case records"),
    "procedures": _l("Procedures"),
    "activities": _l("Teaching activities attended"),
    "mini_cex": "Mini-CEX",
    "dops": "DOPS",
    "department_360": _l("Resident's view of the department"),
    "exit_form": _l("Exit assessment by the supervisor"),
    "appraisal": _l("Supervisor's part of the exit form"),
    "c_records": _l("Records graded C"),
    "theory": _l("Theory exam"),
    "skill": _l("Skill exam"),
    "score": _l("Exit score"),
}
HELP = {
    "attendance": _l("Days are confirmed by the secretary."),
    "leave_days": _l("Days that were granted and taken."),
    "absence": _l("A day counted wrong can be appealed on the attendance page."),
    "log": _l("Log what was done; it counts once the supervisor has confirmed it."),
    "diseases": _l("Log what was seen; it counts once the supervisor has confirmed it."),
    "cases": _l("Log records written; they count once the supervisor has confirmed them."),
    "procedures": _l("Log what was done; it counts once the supervisor has confirmed it."),
    "activities": _l("Attend what is still planned; it counts once it is approved."),
    "mini_cex": _l("Ask the supervisor for one."),
    "dops": _l("Ask the supervisor for one with the next procedure."),
    "department_360": _l("Filled in by the resident."),
    "exit_form": _l("Asked of the supervisor before the last day."),
    "appraisal": _l("Entered and signed by the supervisor on this page."),
    "c_records": _l("Taken from the exit assessment."),
    "theory": _l("The mark is entered on this page."),
    "skill": _l("The mark is entered on this page, with two examiners."),
    "score": _l("Daily part, theory and skill together."),
}
"""What can be done for an item, or where its figure comes from."""

EFFECTS = {
    "veto": _l("Nobody passes without"),
    "needed": _l("Needed before the review"),
    "advice": _l("Advice"),
}
UNIT_NAMES = {
    PERCENT: _l("percent"),
    MARK: _l("points of 100"),
    TIMES: _l("times"),
    DAYS: _l("days"),
    A_MONTH: _l("times a month"),
    DAYS_A_MONTH: _l("days a month"),
}
LINE_STATES = {"ok": _l("Reached"), "short": _l("Not reached"), "missing": _l("Not there yet")}
LINE_KINDS = {"ok": "good", "short": "bad", "missing": "waiting"}

STATES = {
    "open": _l("Not handed over yet"),
    "ready": _l("At the teaching group"),
    "sent_back": _l("Sent back to the secretary"),
    "passed": _l("Passed, at the resident"),
    "failed": _l("Not passed"),
    "retake": _l("Re-examination arranged"),
    "done": _l("Has left"),
    "withdrawn": _l("Taken back"),
}
STATE_KINDS = {
    "open": "neutral",
    "ready": "waiting",
    "sent_back": "warning",
    "passed": "info",
    "failed": "bad",
    "retake": "warning",
    "done": "good",
    "withdrawn": "neutral",
}
VERDICTS = {"passed": _l("Passed"), "failed": _l("Not passed")}
EXAMS = {"theory": _l("Theory exam"), "skill": _l("Skill exam")}
RETAKES = EXAMS | {"records": _l("Make up what the log lacks")}
GRADES = {1: _l("Excellent"), 2: _l("Good"), 3: _l("Fair"), 4: _l("Poor")}
DUTIES = {"leader": _l("Group leader"), "deputy": _l("Deputy leader"), "member": _l("Member")}
CONSEQUENCES = {
    "repeat": _l("The rotation is repeated"),
    "go_on": _l("The training goes on all the same"),
}
SIGNERS = {
    "supervisor": _l("Supervisor"),
    "leader": _l("Leader of the teaching group"),
    "deputy": _l("Deputy leader of the teaching group"),
    "resident": _l("Resident"),
}
GROUP_FIELDS = {"duty": _l("Duty"), "starts_on": _l("From"), "ends_on": _l("Until")}
EXAM_FIELDS = {
    "held_on": _l("Day of the exam"),
    "name": _l("What was examined"),
    "score": _l("Mark (of 100)"),
    "examiner_id": _l("First examiner"),
    "second_examiner_id": _l("Second examiner"),
}


def stopping(vetoes: Sequence[str], unentered: Sequence[str]) -> list[str]:
    """Why nobody passes as things stand: what is not reached, and what was never entered."""
    found = []
    if vetoes:
        found.append(_("Not reached, and nobody passes without: %(what)s.", what=named(vetoes)))
    if unentered:
        found.append(
            _("Not entered yet, and nobody passes without: %(what)s.", what=named(unentered))
        )
    return found


def named(items: Sequence[str]) -> str:
    return _(", ").join(str(ITEMS[one]) for one in items)


def amount(unit: str, value: Decimal | None) -> str:
    """A figure with its unit."""
    if value is None:
        return "—"
    shown = number(value)
    if unit == PERCENT:
        return f"{shown} %"
    if unit == MARK:
        return _("%(number)s points", number=shown)
    if unit == A_MONTH:
        return _("%(number)s a month", number=shown)
    if unit == DAYS_A_MONTH:
        return _("%(number)s days a month", number=shown)
    if unit == DAYS:
        return _("%(number)s days", number=shown)
    assert unit == TIMES
    return _("%(number)s times", number=shown)


def asked_in_words(line: Line) -> str:
    if line.at_most:
        return _("at most %(amount)s", amount=amount(line.unit, line.least))
    return _("at least %(amount)s", amount=amount(line.unit, line.least))


def done_in_words(line: Line) -> str:
    if line.done is None:
        return _("not known yet")
    shown = amount(line.unit, line.done)
    if line.unit == PERCENT and line.target is not None:
        if not line.target:
            return _("nothing is asked")
        if line.item == "attendance":
            return _(
                "%(amount)s (%(present)s of %(known)s confirmed days)",
                amount=shown,
                present=number(line.counted),
                known=number(line.target),
            )
        return f"{shown} ({number(line.counted)} / {number(line.target)})"
    if line.unit in (A_MONTH, DAYS_A_MONTH) and line.counted is not None:
        return _("%(amount)s (%(number)s in all)", amount=shown, number=number(line.counted))
    return shown

"""What states, rules and refusals are called, in the viewer's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.attendance.rules.record import Cell
from trainingbase.attendance.rules.states import (
    ABSENCE,
    EXCUSED,
    FREE,
    LESSON,
    NIGHT,
    PERSONAL,
    PRESENT,
    REST,
    SICK,
    UNKNOWN,
)
from trainingbase.i18n import language
from trainingbase.words import LEAVE_KINDS

STATES = {
    **LEAVE_KINDS,
    PRESENT: _l("Present"),
    LESSON: _l("At teaching"),
    NIGHT: _l("On night duty"),
    REST: _l("Off after night duty"),
    EXCUSED: _l("Away with a reason"),
    UNKNOWN: _l("Not confirmed"),
    FREE: _l("Rest day"),
}
MARKED = {one: STATES[one] for one in (PRESENT, LESSON, NIGHT, REST, ABSENCE, EXCUSED)}
"""What a whole day can be marked as."""
MARKED_HALF = MARKED | {SICK: STATES[SICK], PERSONAL: STATES[PERSONAL]}
FIGURES = {
    "present": _l("Present"),
    "leave": _l("On leave"),
    "absent": _l("Missing from work"),
    "unknown": _l("Not confirmed"),
}
KINDS = {
    "present": "good",
    "leave": "info",
    "absent": "bad",
    "unknown": "waiting",
}
"""Figure → kind of a status badge."""
HALVES = {"morning": _l("Morning"), "afternoon": _l("Afternoon")}
HOW = {
    "hand": _l("by hand"),
    "code": _l("with the code"),
    "appeal": _l("after an appeal"),
    "office": _l("by the office, after closing"),
}
MODES = {
    "default": _l("Present by default, on days that are confirmed"),
    "code": _l("By signing in with the code on the department's screen"),
}
COUNTINGS = {
    "working": _l("Working days"),
    "calendar": _l("Calendar days"),
    "nights": _l("Working days and nights on duty"),
}
COUNTING_SAYS = {
    "working": _l("Only working days count; what lies on rest days does not."),
    "calendar": _l("Every day counts: rest days as present, leave and absence as they lie."),
    "nights": _l(
        "Working days count, a night on duty also on a rest day; the rest after it is no day."
    ),
}
APPEAL_STATES = {"open": _l("Waiting"), "granted": _l("Granted"), "refused": _l("Refused")}
APPEAL_KINDS = {"open": "waiting", "granted": "good", "refused": "bad"}
SQUARES = {
    "closed": _l("confirmed"),
    "due": _l("to close"),
    "late": _l("late"),
    "reopened": _l("reopened"),
    "running": _l("running"),
    "none": _l("nobody"),
}
SQUARE_KINDS = {
    "closed": "good",
    "due": "waiting",
    "late": "bad",
    "reopened": "warning",
    "running": "neutral",
    "none": "neutral",
}
FESTIVALS = {
    "New Year's Day": _l("New Year's Day"),
    "Spring Festival": _l("Spring Festival"),
    "Tomb-sweeping Day": _l("Tomb-sweeping Day"),
    "Labour Day": _l("Labour Day"),
    "Dragon Boat Festival": _l("Dragon Boat Festival"),
    "Mid-autumn Festival": _l("Mid-autumn Festival"),
    "National Day": _l("National Day"),
}
NOT_POSSIBLE = {
    "own": _l("Nobody notes their own days: somebody else of the department or the office does."),
    "own_among": _l(
        "Your own day is among these: somebody else of the department or the office confirms."
    ),
    "to_come": _l("This day is still to come."),
    "whole_day_is_leave": _l("A whole day ill or on personal grounds is asked for as leave."),
    "reason_needed": _l("Say the reason."),
    "reason_needed_when_closed": _l("The month is closed: say why it is corrected."),
    "month_runs": _l("The month is not over yet."),
    "nobody_there": _l("Nobody was placed here in this month."),
    "not_closed": _l("This month is not closed."),
    "too_late": _l("The time in which this day could be appealed is over: ask the office."),
    "not_placed": _l("You were in no department on this day."),
    "on_leave": _l("This day is leave: what is wrong with it is put right there."),
    "already_open": _l("There is an open appeal about this day."),
    "choice_is_there": _l("A choice begins in this month already: change that one."),
    "months_are_closed": _l("Departments have closed months from then on: choose a later month."),
    "first_choice": _l("The first choice stays: change it."),
}
NOT_SIGNED_IN = {
    "old": _l("This code is no longer shown. Scan the one on the screen now."),
    "early": _l("Signing in has not begun yet."),
    "over": _l("The time for signing in is over. Speak to the department."),
    "by_default": _l("Nobody signs in with a code at present."),
    "closed": _l("This month is closed."),
}
CHOICE_FIELDS = {
    "from_on": _l("From month"),
    "mode": _l("How attendance is taken"),
    "counting": _l("What counts as a day"),
    "once_a_day": _l("Signing in once counts for the whole day"),
    "morning_opens": _l("Morning: from"),
    "morning_closes": _l("Morning: until before"),
    "afternoon_opens": _l("Afternoon: from"),
    "afternoon_closes": _l("Afternoon: until before"),
}

SIGNS_ZH = {
    PRESENT: "√", LESSON: "学", NIGHT: "夜", REST: "休", SICK: "病", PERSONAL: "事",
    EXCUSED: "缺", ABSENCE: "旷", UNKNOWN: "？", FREE: "", "maternity": "产", "marriage": "婚",
    "annual": "年", "compensatory": "补", "paternity": "陪", "family_planning": "计",
    "bereavement": "丧", "abroad": "出", "study": "进", "full_time_study": "读",
    "radiation": "放",
}  # fmt: skip
SIGNS_EN = {
    PRESENT: "✓", LESSON: "L", NIGHT: "N", REST: "R", SICK: "S", PERSONAL: "P",
    EXCUSED: "E", ABSENCE: "A", UNKNOWN: "?", FREE: "", "maternity": "Mt", "marriage": "Mr",
    "annual": "An", "compensatory": "Co", "paternity": "Pt", "family_planning": "Fp",
    "bereavement": "Be", "abroad": "Ab", "study": "St", "full_time_study": "Fs",
    "radiation": "Ra",
}  # fmt: skip

TYPED = {
    "√": PRESENT, "✓": PRESENT, "1": PRESENT, "V": PRESENT,
    "学": LESSON, "L": LESSON, "夜": NIGHT, "N": NIGHT, "休": REST, "R": REST,
    "病": SICK, "S": SICK, "事": PERSONAL, "P": PERSONAL, "缺": EXCUSED, "E": EXCUSED,
    "旷": ABSENCE, "A": ABSENCE, "0": ABSENCE, "-": None, "－": None,
}  # fmt: skip
"""What is typed into a cell of the month, in either language; - leaves a half to the rule."""


class NotASign(Exception):
    """What was typed is no sign, or are more than two."""


def typed(text: str) -> tuple[str | None, str | None]:
    """Morning and afternoon of what was typed: one sign for both, or two."""
    signs = [one for one in text.upper() if one not in " /／"]
    if not signs:
        return None, None
    if len(signs) > 2 or any(one not in TYPED for one in signs):
        raise NotASign
    return TYPED[signs[0]], TYPED[signs[-1]]


def sign(state: str) -> str:
    return (SIGNS_EN if language() == "en" else SIGNS_ZH)[state]


def signs(halves: tuple[str, str]) -> str:
    """One sign, or two of a day that was halved."""
    first, last = halves
    return sign(first) if first == last else f"{sign(first) or '·'}/{sign(last) or '·'}"


def alike(cell: Cell) -> tuple:
    """What the signs and words of a cell depend on, but for the day."""
    noted = cell.noted
    why = noted and (noted.how, noted.reason, noted.morning, noted.afternoon)
    return cell.halves, cell.leave, cell.arrived, why


def to_type(halves: tuple[str | None, str | None]) -> str:
    """What stands in the field of a cell that is being changed."""
    shown = [sign(half) if half else "-" for half in halves]
    if halves == (None, None):
        return ""
    return shown[0] if halves[0] == halves[1] else "".join(shown)


def in_words(cell: Cell) -> str:
    """What the day was, half by half, and why."""
    first, last = (str(STATES[half]) for half in cell.halves)
    said = first if cell.is_whole else _("%(first)s, then %(last)s", first=first, last=last)
    why = []
    if cell.leave is None and cell.noted is not None and any(cell.noted.halves):
        why.append(str(HOW[cell.noted.how]))
        if cell.noted.reason:
            why.append(cell.noted.reason)
    if not cell.arrived and cell.leave is None and UNKNOWN in cell.halves:
        why.append(_("not arrived"))
    if cell.is_contradicted:
        why.append(_("recorded otherwise"))
    return f"{said} ({'; '.join(why)})" if why else said


def said_of_halves() -> dict[str, str]:
    """What the history keeps of a mark ("absence/-"), in words."""
    names = {one: str(label) for one, label in MARKED_HALF.items()} | {"-": "—"}
    return {f"{a}/{b}": names[a] if a == b else f"{names[a]} / {names[b]}"
            for a in names for b in names}  # fmt: skip


def counted_by(rules: tuple[str, ...]) -> str:
    return _(", then ").join(str(COUNTINGS[one]) for one in rules) or "—"


def number(value) -> str:
    """Days without a needless .0."""
    return format(value.normalize(), "f") if value else "0"

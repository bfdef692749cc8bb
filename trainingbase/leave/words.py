"""What steps, states and refusals are called, in the viewer's language."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import day, last_day
from trainingbase.leave.rules.judging import Refusal
from trainingbase.words import LEAVE_KINDS

STATES = {
    "waiting": _l("Waiting"),
    "granted": _l("Granted"),
    "refused": _l("Refused"),
    "withdrawn": _l("Withdrawn by the resident"),
    "revoked": _l("Revoked"),
}
STATE_KINDS = {
    "waiting": "waiting",
    "granted": "good",
    "refused": "bad",
    "withdrawn": "neutral",
    "revoked": "neutral",
}
STEPS = {
    "supervisor": _l("Supervisor"),
    "secretary": _l("Department secretary or site coordinator"),
    "tutor": _l("Tutor"),
    "office": _l("Training office"),
}
PASSED = {
    "nobody": _l("nobody is named: the office decides"),
    "left": _l("has left: the office decides"),
    "no_account": _l("cannot sign in: the office decides"),
    "handed_over": _l("left to the office"),
}
FIELDS = {
    "kind": _l("Kind"),
    "starts_on": _l("First day"),
    "ends_on": _l("Day after the last"),
    "returned_on": _l("First day back"),
    "reason": _l("Reason"),
    "granted": _l("Granted"),
    "closed_as": _l("State"),
}
RULE_FIELDS = {
    "by_residents": _l("Residents may ask for it"),
    "paid": _l("Paid"),
    "working_days": _l("Counts working days only"),
    "attachment_from_days": _l("Papers needed from so many days"),
    "most_days_a_year": _l("Most days in a calendar year"),
    "most_days_an_event": _l("Most days of one leave"),
    "extends": _l("Days are made up: the training becomes longer"),
    "extends_after_days": _l("only the days beyond so many in the whole training"),
    "in_total": _l("Counts in the total that puts the graduation exam off"),
    "supervisor_from_days": _l("Supervisor is asked from so many days"),
    "secretary_from_days": _l("Secretary or coordinator is asked from so many days"),
    "tutor_from_days": _l("Tutor is asked from so many days"),
    "office_from_days": _l("Office is asked from so many days"),
}


def refusal_in_words(one: Refusal) -> str:
    return REFUSALS[one.because](one.facts)


REFUSALS = {
    "order": lambda f: _("The last day lies before the first."),
    "too_long": lambda f: _("At most %(days)s days can be asked for at once.", **f),
    "office_only": lambda f: _("Only the office records this."),
    "left": lambda f: _("The training has ended: no leave can be asked for."),
    "before_training": lambda f: _("The training begins on %(day)s.", day=day(f["day"])),
    "after_training": lambda f: _("The training ends on %(day)s.", day=last_day(f["end"])),
    "late": lambda f: _("It began more than %(days)s days ago: ask the office to record it.", **f),
    "overlap": lambda f: _(
        "There is leave on these days already: %(kind)s, %(first)s to %(last)s.",
        kind=LEAVE_KINDS[f["kind"]],
        first=day(f["first"]),
        last=last_day(f["end"]),
    ),
    "no_working_day": lambda f: _("None of these days is a working day."),
    "event_allowance": lambda f: _(
        "With the leave it continues this is %(days)s days; at most %(most)s are granted.", **f
    ),
    "year_allowance": lambda f: _(
        "Of %(most)s days in %(year)s, %(left)s are left.", **{**f, "left": max(0, f["left"])}
    ),
    "papers": lambda f: _("Add a photo or file: papers are needed from %(days)s days.", **f),
}

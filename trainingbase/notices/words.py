"""The sentence of each kind of notice, filled with its facts in the reader's language."""

from collections.abc import Callable
from datetime import date

from flask_babel import gettext as _

from trainingbase.i18n import language, last_day


def _form(facts: dict) -> dict:
    """The facts with the form's name in the reader's language."""
    name = facts.get("instrument_en") if language() == "en" else None
    return {**facts, "instrument": name or facts["instrument"]}


def _until(facts: dict) -> dict:
    """The facts with the last day of a time whose end is exclusive."""
    return {**facts, "day": last_day(date.fromisoformat(facts["closes_on"]))}


SENTENCES: dict[str, Callable[[dict], str]] = {
    "plan-published": lambda f: _("Your rotations were published: %(title)s.", **f),
    "placement-changed": lambda f: _("Your rotations changed: %(title)s.", **f),
    "placements-withdrawn": lambda f: _(
        "The plan “%(title)s” was withdrawn: what has not begun is cancelled.", **f
    ),
    "supervising-changed": lambda f: _("Whom you supervise has changed: %(title)s.", **f),
    "wishes-asked": lambda f: _("Your wishes are asked for until %(day)s: %(title)s.", **_until(f)),
    "wishes-deadline": lambda f: _(
        "Wishes can now be given until %(day)s: %(title)s.", **_until(f)
    ),
    "wishes-wanted": lambda f: _(
        "You have not given your wishes yet; the last day is %(day)s: %(title)s.", **_until(f)
    ),
    "wishes-entered": lambda f: _("The office entered your wishes: %(title)s.", **f),
    "plan-solved": lambda f: _("The plan “%(title)s” is solved.", **f),
    "plan-not-solved": lambda f: _("No lawful plan was found for “%(title)s”.", **f),
    "assessment-asked": lambda f: _("%(resident)s: %(instrument)s is asked of you.", **_form(f)),
    "assessment-late": lambda f: _("%(resident)s: %(instrument)s is late.", **_form(f)),
    "assessment-cancelled": lambda f: _(
        "%(resident)s: %(instrument)s is not asked of you any more.", **_form(f)
    ),
    "assessment-received": lambda f: _("%(assessor)s has submitted: %(instrument)s.", **_form(f)),
    "assessment-amended": lambda f: _("%(assessor)s has amended: %(instrument)s.", **_form(f)),
    "exit-failed": lambda f: _(
        "%(resident)s has not passed: %(instrument)s (%(assessor)s).", **_form(f)
    ),
    "activity-cancelled": lambda f: _("Your teaching activity is cancelled: %(topic)s.", **f),
    "run-approved": lambda f: _("The incentives of %(month)s are approved.", **f),
    "leave-granted": lambda f: _("Your leave from %(day)s is granted.", **f),
    "leave-refused": lambda f: _("Your leave from %(day)s is refused.", **f),
}


def sentence(kind: str, facts: dict) -> str:
    return SENTENCES[kind](facts)

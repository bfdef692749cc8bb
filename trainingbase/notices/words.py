"""The sentence of each kind of notice, filled with its facts in the reader's language."""

from collections.abc import Callable

from flask_babel import gettext as _

SENTENCES: dict[str, Callable[[dict], str]] = {
    "plan-published": lambda f: _("Your rotations were published: %(title)s.", **f),
    "placement-changed": lambda f: _("Your rotations changed: %(title)s.", **f),
    "plan-solved": lambda f: _("The plan “%(title)s” is solved.", **f),
    "plan-not-solved": lambda f: _("No lawful plan was found for “%(title)s”.", **f),
    "assessment-asked": lambda f: _("%(resident)s: %(instrument)s is asked of you.", **f),
    "assessment-received": lambda f: _("%(assessor)s has submitted: %(instrument)s.", **f),
    "run-approved": lambda f: _("The incentives of %(month)s are approved.", **f),
}


def sentence(kind: str, facts: dict) -> str:
    return SENTENCES[kind](facts)

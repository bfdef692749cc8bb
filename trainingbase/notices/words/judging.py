"""Of early warning and the competence committee."""

from collections.abc import Callable

from flask_babel import gettext as _

from trainingbase.notices.words.filling import on_day

SENTENCES: dict[str, Callable[[dict], str]] = {
    "committee-named": lambda f: _(
        "You sit in the competence committee from %(day)s.", **on_day(f)
    ),
    "committee-called": lambda f: _("A meeting you sit in is called for %(day)s.", **on_day(f)),
    "committee-cancelled": lambda f: _("The meeting of %(day)s is cancelled.", **on_day(f)),
    "committee-read": lambda f: _(
        "Packets to read before the meeting of %(day)s: %(number)s. Give your view on each.",
        **on_day(f),
    ),
    "committee-letter": lambda f: _(
        "The committee of %(day)s has decided about you: read the letter.", **on_day(f)
    ),
    "committee-plan": lambda f: _("You see to a learning plan of %(resident)s.", **f),
    "plan-reported": lambda _f: _("How your learning plan stands was reported."),
    "committee-answered": lambda f: _("%(resident)s answers a letter of the committee.", **f),
    "committee-appeal": lambda f: _("%(resident)s appeals against a decision.", **f),
    "appeal-heard": lambda f: _("A panel hears your appeal on %(day)s.", **on_day(f)),
    "watch-signal": lambda f: _("An early warning about %(resident)s: see why.", **f),
    "signal-contested": lambda f: _("%(resident)s contests a warning.", **f),
    "contest-answered": lambda _f: _("What you said to a warning is answered."),
}

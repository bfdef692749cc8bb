"""Notices about examinations."""

from collections.abc import Callable

from flask_babel import gettext as _

from trainingbase.notices.words.filling import named, on_day


def _held(facts: dict) -> dict:
    """The facts with the examination's name and day as the reader reads them."""
    return on_day(named(facts))


SENTENCES: dict[str, Callable[[dict], str]] = {
    "exam-released": lambda f: _("Your result is there: %(name)s, %(day)s.", **_held(f)),
    "exam-corrected": lambda f: _(
        "Your result was corrected: %(name)s, %(day)s. %(because)s", **_held(f)
    ),
    "exam-appeal": lambda f: _(
        "%(resident)s appeals against a result: %(name)s, %(day)s.", **_held(f)
    ),
    "exam-appeal-decided": lambda f: (
        _("Your appeal is upheld: %(name)s, %(day)s. %(because)s", **_held(f))
        if f["decision"] == "upheld"
        else _("Your appeal is refused: %(name)s, %(day)s. %(because)s", **_held(f))
    ),
    "osce-candidate": lambda f: _(
        "Your timetable is there: %(name)s, %(day)s. See where to be when.", **_held(f)
    ),
    "osce-examiner": lambda f: _("You examine at %(name)s, %(day)s.", **_held(f)),
    "osce-taken-back": lambda f: _(
        "The timetable of %(name)s, %(day)s, was taken back; another one follows.", **_held(f)
    ),
    "panel-asked": lambda f: _(
        "You are asked how a just passing candidate would do: %(name)s, %(day)s, round %(round)s.",
        **_held(f),
    ),
}

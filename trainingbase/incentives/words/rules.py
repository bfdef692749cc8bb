"""Rules as one reads them aloud, and what is wrong with one, in the viewer's language."""

import io
import tokenize
from collections.abc import Callable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from trainingbase.i18n import language
from trainingbase.incentives.rules.language import FULL_WIDTH
from trainingbase.incentives.rules.operations import Wrong
from trainingbase.incentives.rules.vocabulary import Name, names_of

BENEFICIARIES = {
    "resident": _l("Resident"),
    "faculty": _l("Faculty member"),
    "secretary": _l("Teaching secretary"),
    "department": _l("Department"),
    "site": _l("Site"),
    "anyone": _l("Whoever did it"),
}
BASES = {
    "training": _l("Month in training"),
    "placement": _l("Month in a department or at a primary-care site"),
    "activity": _l("Teaching activity held"),
    "form": _l("Assessment form submitted"),
    "request": _l("Assessment asked for"),
    "absence": _l("Absence without leave"),
    "exam": _l("Result of the annual test"),
    "research": _l("Scholarly work approved"),
    "posting": _l("Day posted to a primary-care site"),
    "secretary": _l("Month as teaching secretary"),
    "appraisal": _l("Monthly appraisal"),
}
PAY = {
    "yuan": _l("An amount in yuan"),
    "points": _l("Points, each worth an amount"),
    "rate": _l("The imported rates in force"),
}
UNITS = {
    "yuan": _l("yuan"),
    "points": _l("points"),
    "days": _l("days"),
    "hours": _l("hours"),
    "months": _l("months"),
    "people": _l("people"),
    "times": _l("times"),
    "number": _l("number"),
    "literal": _l("number"),
    "text": _l("text"),
    "texts": _l("list of texts"),
    "flag": _l("yes or no"),
    "amount": _l("something one can count"),
}


def unit(name: str) -> str:
    return str(UNITS[name]) if name in UNITS and name not in ("number", "literal") else ""


def label(name: Name) -> str:
    return name.en if language() == "en" else name.zh


def _operators() -> dict[str, str]:
    return {
        "and": _("and"),
        "or": _("or"),
        "not": _("not"),
        "in": _("is one of"),
        "if": _("if"),
        "else": _("otherwise"),
        "==": "=",
        "!=": "≠",
        "<=": "≤",
        ">=": "≥",
        "*": "×",
        "/": "÷",
        "True": _("always"),
        "contains": _("contains"),
        "starts": _("begins with"),
        "floor": _("whole part"),
        "min": _("the smaller of"),
        "max": _("the larger of"),
    }


def in_words(expression: str, basis: str) -> str:
    """An expression with the names as people call them; itself where it cannot be read."""
    names, operators = names_of(basis, with_rates=True), _operators()
    said = []
    try:
        tokens = tokenize.generate_tokens(io.StringIO(expression.translate(FULL_WIDTH)).readline)
        for token in tokens:
            text = token.string.strip()
            if not text:
                continue
            name = names.get(text)
            said.append(f"“{label(name)}”" if name else operators.get(text, text))
    except (tokenize.TokenError, IndentationError):
        return expression
    return " ".join(said).replace("( ", "(").replace(" )", ")").replace(" ,", ",")


def _asked(name: str) -> str:
    return str(UNITS.get(name, name))


WRONG: dict[str, Callable[[dict], str]] = {
    "syntax": lambda f: _("This cannot be read. Write it like: %(example)s", example=EXAMPLE),
    "too-long": lambda f: _("At most %(most)s characters.", **f),
    "too-deep": lambda f: _("Too many brackets within brackets."),
    "too-large": lambda f: _("This number is too large: %(part)s", **f),
    "not-understood": lambda f: _("A rule cannot do this: %(part)s", **f),
    "texts-only": lambda f: _("A list may hold texts only: %(part)s", **f),
    "unknown-name": lambda f: (
        _("“%(name)s” is not known. Did you mean “%(near)s”?", **f)
        if f["near"]
        else _("“%(name)s” is not known here. The names one may use are listed below.", **f)
    ),
    "unknown-function": lambda f: (
        _("“%(name)s” is not known. Did you mean “%(near)s”?", **f)
        if f["near"]
        else _("“%(name)s” is not known. There are: min, max, floor, contains, starts.", **f)
    ),
    "units": lambda f: _(
        "These do not go together: %(part)s (%(left)s and %(right)s).",
        part=f["part"],
        left=_asked(f["left"]),
        right=_asked(f["right"]),
    ),
    "wanted": lambda f: _(
        "This gives %(unit)s, but %(wanted)s is needed here.",
        unit=_asked(f["unit"]),
        wanted=_asked(f["wanted"]),
    ),
    "zero": lambda f: _(
        "“%(part)s” may be zero, and nothing can be divided by zero. Write: "
        "… / %(part)s if %(part)s > 0 else 0",
        **f,
    ),
    "never-paid": lambda f: _("Nobody of this kind is paid for such facts: choose another one."),
    "points-need-a-value": lambda f: _("Points are paid at a value: choose points above."),
    "yuan-are-paid-as-they-are": lambda f: _(
        "This is an amount in yuan already: choose an amount in yuan, and 1."
    ),
}
EXAMPLE = 'level == "township" and months > 0'


def wrong(one: Wrong) -> str:
    return WRONG[one.kind](one.facts)

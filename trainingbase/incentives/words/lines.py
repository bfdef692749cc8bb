"""Why an amount is what it is, in the viewer's language: the rule's sentence, filled with facts."""

from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.i18n import language, money, number
from trainingbase.incentives.models import Line
from trainingbase.incentives.words.items import item
from trainingbase.incentives.words.rules import unit
from trainingbase.words import LEVELS, TRAINEE_TYPES

FACTS_CHANGED = "facts-changed"
"""The reason of corrections that recomputing proposed."""

SENTENCES = {
    "stipend": lambda f: _(
        "In training for %(quantity)s month(s) as “%(trainee_type)s”, year %(year)s of training",
        **f,
    ),
    "allowance": lambda f: _("%(quantity)s month(s) at: %(level)s", **f),
    "activity": lambda f: _("%(item)s, approved: %(quantity)s", **f),
    "clinical-teaching": lambda f: _(
        "Supervised residents in hospital departments for %(quantity)s resident-month(s)", **f
    ),
    "primary-teaching": lambda f: _(
        "Supervised residents in primary care for %(quantity)s resident-month(s)", **f
    ),
    "exit-assessment": lambda f: _("Exit assessments conducted: %(quantity)s", **f),
    "tutoring": lambda f: _("Tutor of residents in training, %(quantity)s tutee-month(s)", **f),
    "timely": lambda f: _("Forms submitted %(condition)s of being asked: %(quantity)s", **f),
    "late": lambda f: _("Requests not answered, %(condition)s: %(quantity)s", **f),
    "failed-exit": lambda f: _("Exit assessments not passed: %(quantity)s", **f),
    "absence": lambda f: _("Days of absence without leave: %(quantity)s", **f),
    "paper": lambda f: _("Papers approved as first or corresponding author: %(quantity)s", **f),
    "above-mean": lambda f: _("Annual test of %(year)s above the provincial mean", **f),
}


def _shown(facts: dict, quantity: Decimal) -> dict:
    """The facts as words of the viewer's language."""
    return {
        **facts,
        "quantity": number(quantity),
        "item": item(facts.get("item")),
        "condition": item(facts.get("condition")),
        "level": str(LEVELS.get(facts.get("level"), facts.get("level"))),
        "trainee_type": str(
            TRAINEE_TYPES.get(facts.get("trainee_type"), facts.get("trainee_type"))
        ),
    }


def reason(line: Line) -> str:
    """What the line is for, without the sum."""
    if line.rule == "correction":
        return _(
            "Correction of %(month)s: %(reason)s",
            month=line.facts.get("month", "—"),
            reason=correction_reason(line.facts.get("reason", "")),
        )
    sentence = SENTENCES.get(line.rule)
    if sentence is None or "unit" in line.facts:
        return f"{what(line)}: {number(line.quantity)} {unit(line.facts.get('unit', ''))}".strip()
    return sentence(_shown(line.facts, line.quantity))


def correction_reason(text: str) -> str:
    """What the portal wrote itself, in the viewer's language; what people wrote, as they did."""
    return _("the facts have changed since") if text == FACTS_CHANGED else text


def what(line) -> str:
    """What a line is for, in a word or two."""
    if language() == "en" and line.facts.get("item_en"):
        return line.facts["item_en"]
    return item(line.facts.get("item"))


def arithmetic(line: Line) -> str:
    """The sum as one would check it on paper."""
    if line.rule == "correction":
        return money(line.amount)
    weighed, said = _weighed(line)
    full = weighed * line.unit_amount
    price = money(line.unit_amount)
    if line.facts.get("points"):
        price = _("%(points)s points × %(value)s", points=number(Decimal(line.facts["points"])),
                  value=money(Decimal(line.facts["point_value"])))  # fmt: skip
    said = f"{said} × {price} = {money(full)}"
    if line.cap is not None and full > line.cap:
        return _("%(sum)s, capped at %(cap)s a month", sum=said, cap=money(line.cap))
    return said


def _weighed(line: Line) -> tuple[Decimal, str]:
    """The quantity with its multipliers and shares, and how that is written."""
    terms = line.facts.get("terms")
    if not terms:
        return line.quantity, number(line.quantity)
    total, parts = Decimal(0), []
    for quantity, *weights in terms:
        product, said = Decimal(quantity), number(Decimal(quantity))
        for weight in map(Decimal, weights):
            product *= weight
            if weight != 1:
                said += f" × {number(round(weight, 4))}"
        total += product
        parts.append(said)
    joined = " + ".join(parts)
    return total, f"({joined})" if len(parts) > 1 else joined


FINDINGS = {
    "rule-fails": lambda f: _(
        "The rule “%(name)s” could not be computed: nothing is paid by it.",
        name=f.get("name_en") if language() == "en" else f.get("name"),
    ),
    "trainee-unclear": lambda f: {
        "start": _("In training, but it is not known since when: no stipend."),
        "trainee_type": _("In training, but the trainee type is not known: no stipend."),
    }[f["missing"]],
    "no-stipend": lambda f: _(
        "No stipend is set for: %(programme)s, %(trainee_type)s, year %(year)s.", **f
    ),
    "no-allowance": lambda f: _(
        "No allowance is set for months at: %(level)s. Placements: %(count)s.", **f
    ),
    "no-activity-rate": lambda f: _(
        "No rate is set for activities of the kind “%(activity)s”: %(count)s.", **f
    ),
    "no-speaker": lambda f: _(
        "Activities of the kind “%(activity)s” without a known speaker: %(count)s.", **f
    ),
    "no-supervisor": lambda f: _(
        "Placements without a supervisor, so that nobody gets teaching credit: %(count)s.", **f
    ),
}


def finding(kind: str, facts: dict) -> str:
    """A case that no rate pays for."""
    shown = {**_shown(facts, Decimal(0)), "activity": item(facts.get("activity"))}
    return FINDINGS[kind]({**facts, **shown, "missing": facts.get("missing")})

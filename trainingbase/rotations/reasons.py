"""Why a plan could not be solved, and what would help, in the viewer's language.

A reason is what `rotations.solving` keeps in `Plan.because`.
"""

from collections.abc import Iterable

from flask_babel import gettext as _

from trainingbase.i18n import language, number
from trainingbase.planner.plan import Explanation, Fact
from trainingbase.planner.problem import Problem
from trainingbase.planner.words import explanation_in_words
from trainingbase.rotations.models import Plan
from trainingbase.rotations.rules.remedies import suppositions_of
from trainingbase.rotations.speaking import Speaker, mark

MOST_PLACES = 3
"""Full departments named at most for one who is left out."""

PERSON, PLACE, REQUIREMENT = "r", "d", "s"
"""Ids of people, departments and requirements may be equal numbers: the letter tells them apart."""


def reasons_of(speaker: Speaker, plan: Plan) -> list[dict]:
    """Every reason of the plan: its `number` and `words`; whether it only says that somebody
    `is_left_out`, that the solver `broke_off`, or else tells a cause; whether that is `proven`;
    and `remedies` (`number`, `words`, `cost`, and whether the remedy `can_be_tried` as a
    "what if")."""
    return [
        {
            "number": number,
            "words": reason_in_words(speaker, one),
            "is_left_out": one["kind"] == "unplaced",
            "broke_off": one["kind"] == "crash",
            "proven": bool(one.get("proven")),
            "remedies": [
                {
                    "number": at,
                    "words": remedy_in_words(speaker, remedy["change"]),
                    "cost": remedy.get("cost"),
                    "can_be_tried": bool(suppositions_of(remedy["change"], plan.starts_on)),
                }
                for at, remedy in enumerate(one.get("remedies", ()))
            ],
        }
        for number, one in enumerate(plan.because or ())
    ]


def reason_in_words(speaker: Speaker, reason: dict) -> str:
    if reason["kind"] == "crash":
        return _("The solver broke off: %(error)s", error=reason["error"])
    if reason["kind"] == "too_large":
        return _(
            "This is too much to plan at once: %(stays)s possible stays, at most %(most)s. Plan"
            " cohorts one after the other, or fewer months.",
            stays=number(reason["stays"]),
            most=number(reason["most"]),
        )
    if reason["kind"] == "unplaced":
        return _left_out(speaker, reason)
    return _explained(speaker, reason)


def _left_out(speaker: Speaker, reason: dict) -> str:
    facts = {
        "person": speaker.people(reason["residents"]),
        "standard": speaker.standard(reason["standard"]),
    }
    full = [_full(speaker, one) for one in reason["because"] if one.startswith("places:")]
    if len(full) > MOST_PLACES:
        more = _("and %(number)s more", number=len(full) - MOST_PLACES)
        full = [*full[:MOST_PLACES], more]
    if full:
        return _(
            "%(person)s: no room for %(standard)s. Full: %(full)s.", full=mark().join(full), **facts
        )
    if any(one.startswith("window:") for one in reason["because"]):
        return _("%(person)s: the time allowed for %(standard)s is too short.", **facts)
    return _("%(person)s: no time is left for %(standard)s.", **facts)


def _full(speaker: Speaker, because: str) -> str:
    department, _at, span = because.removeprefix("places:").partition("@")
    first, _dots, last = span.partition("..")
    periods = speaker.periods(range(int(first), int(last or first) + 1))
    return f"{speaker.place(department)} {periods}"


def _explained(speaker: Speaker, reason: dict) -> str:
    cause = Explanation(
        rules=tuple(reason["rules"]),
        residents=marked(PERSON, reason["residents"]),
        departments=marked(PLACE, reason["departments"]),
        requirements=marked(REQUIREMENT, reason.get("requirements", ())),
        periods=tuple(reason["periods"]),
        needed=reason["needed"],
        available=reason["available"],
        proven=reason["proven"],
        needed_by_all=reason.get("needed_by_all"),
        facts=tuple(_fact(one) for one in reason.get("facts", ())),
    )
    say = {PERSON: speaker.person, PLACE: speaker.place, REQUIREMENT: speaker.standard}
    calendar = Problem("half-month", speaker.starts_on.isoformat(), 0, (), {}, ())
    return explanation_in_words(calendar, cause, language(), lambda key: say[key[0]](key[1:]))


def marked(kind: str, keys: Iterable[str | int]) -> tuple[str, ...]:
    return tuple(f"{kind}{key}" for key in keys)


def _fact(one: dict) -> Fact:
    return Fact(
        one["rule"],
        marked(REQUIREMENT, one["requirements"]),
        marked(PLACE, one["departments"]),
        tuple(one["periods"]),
        one["count"],
    )


def remedy_in_words(speaker: Speaker, change: dict) -> str:
    """Several changes of one remedy stand under `also`."""
    words = []
    if "add_places" in change:
        more = change["add_places"]
        words.append(
            _(
                "%(count)s more places in %(department)s in %(periods)s",
                department=speaker.place(more["department"]),
                count=more["count"],
                periods=speaker.periods(more["periods"]),
            )
        )
    if "extend" in change:
        longer = change["extend"]
        words.append(
            _(
                "%(months)s more months of training for %(person)s",
                person=speaker.person(longer["resident"]),
                months=speaker.months(longer["periods"]),
            )
        )
    if "loosen" in change:
        wider = change["loosen"]
        words.append(
            _(
                "a wider time for %(standard)s: %(earlier)s months earlier, %(later)s later",
                standard=speaker.standard(wider["requirement"]),
                earlier=speaker.months(wider["earlier"]),
                later=speaker.months(wider["later"]),
            )
        )
    if "without" in change:
        people = speaker.people(change["without"]["residents"])
        words.append(_("a plan without %(people)s", people=people))
    words += [remedy_in_words(speaker, other) for other in change.get("also", ())]
    return mark().join(words)

"""How far means over forms can be trusted, as figures and in a sentence; why nothing can be said,
in another."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from trainingbase.assessments.queries.figures import Judgement
from trainingbase.i18n import number

if TYPE_CHECKING:
    from trainingbase.psychometrics.leniency import Adjusted

MOST_FORMS = 20_000
"""That a page waits for: about a second."""


@dataclass(frozen=True)
class Freed:
    """Means freed of who judged, by resident; `said` is how far people differ, or why there are no
    means.  `forms` is how many each has."""

    said: str
    forms: Mapping[int, int]
    means: Mapping[int, "Adjusted"] = field(default_factory=dict)


def freed(forms: Sequence[Judgement], *, fewest_residents: int) -> Freed:
    """Of residents with two forms or more."""
    from trainingbase.psychometrics.leniency import adjusted_means
    from trainingbase.psychometrics.refusals import CannotSay
    from trainingbase.psychometrics.scores import Scores

    counted = Counter(one.resident_id for one in forms)
    if len(forms) > MOST_FORMS:
        return Freed(_("Too many forms for one page: choose a shorter period."), counted)
    scores = Scores.of(
        {"p": [one.resident_id for one in forms], "r": [one.assessor_id for one in forms]},
        [one.mean for one in forms],
    )
    try:
        found = adjusted_means(scores, fewest_people=fewest_residents)
    except CannotSay as refused:
        return Freed(_why_not(refused.reason, refused.facts), counted)
    said = _(
        "Standard deviation between residents: %(residents)s points; between assessors, that is "
        "how lenient they are: %(assessors)s.",
        residents=number(round(found.people_variance**0.5, 2)),
        assessors=number(round(found.judge_variance**0.5, 2)),
    )
    return Freed(said, counted, {one.label: one for one in found.people if one.scores > 1})


def measured(forms: Sequence[Judgement], *, fewest_residents: int, target: float) -> dict[str, Any]:
    """Of residents' means over these forms: phi, error, forms, judges, more and target; or the
    `reason` why nothing can be said, with its facts.  Plain values, to be kept."""
    from trainingbase.psychometrics.forms import trust_in_means
    from trainingbase.psychometrics.refusals import CannotSay

    if len(forms) > MOST_FORMS:
        return {"reason": "too_many"}
    try:
        found = trust_in_means(
            [one.resident_id for one in forms],
            [one.assessor_id for one in forms],
            [one.mean for one in forms],
            fewest_people=fewest_residents,
            target=target,
        )
    except CannotSay as refused:
        facts = {key: refused.facts.get(key) for key in ("found", "needed")}
        return {"reason": refused.reason, **facts}
    return {
        "phi": rounded(found.phi),
        "error": rounded(found.standard_error),
        "forms": rounded(found.forms, 1),
        "judges": rounded(found.judges, 1),
        "more": found.more,
        "target": rounded(target),
    }


def rounded(value: float, places: int = 2) -> Decimal:
    return Decimal(str(round(value, places)))


def in_words(found: Mapping[str, Any]) -> str:
    """What was `measured`, also where it was kept as texts."""
    if "reason" in found:
        return _why_not(found["reason"], found)
    said = _(
        "How far one resident's mean can be trusted: dependability %(phi)s (1 is best), standard "
        "error %(error)s; on average %(forms)s forms from %(judges)s assessors.",
        **{key: number(Decimal(found[key])) for key in ("phi", "error", "forms", "judges")},
    )
    return f"{said} {_how_many_more(found['more'], float(found['target']))}"


def too_many() -> str:
    """Instead of how far, of more than `MOST_FORMS`."""
    return _why_not("too_many", {})


def how_far(forms: Sequence[Judgement], *, fewest_residents: int, target: float) -> str:
    """Of residents' means over these forms, in words."""
    return in_words(measured(forms, fewest_residents=fewest_residents, target=target))


def _how_many_more(more: int | None, target: float) -> str:
    if more is None:
        return _(
            "No number of forms within reason would make it dependable (%(target)s): residents "
            "hardly differ on this form.",
            target=number(target),
        )
    if more == 0:
        return _("That is dependable (%(target)s or more).", target=number(target))
    if more == 1:
        return _(
            "About one more form from one more person would make it dependable (%(target)s).",
            target=number(target),
        )
    return _(
        "About %(more)s more forms from %(more)s more people would make it dependable "
        "(%(target)s).",
        more=more,
        target=number(target),
    )


def _why_not(reason: str, facts: Mapping[str, Any]) -> str:
    if reason == "too_many":
        return _("Too many forms for one page: choose a shorter period.")
    if reason == "few_people":
        return _(
            "Too few forms to say how far a resident's mean can be trusted: %(found)s residents "
            "have two or more, %(needed)s are needed.",
            found=facts["found"],
            needed=facts["needed"],
        )
    if reason == "few_conditions":
        return _(
            "Too few assessors to say how far a resident's mean can be trusted: %(found)s, "
            "%(needed)s are needed.",
            found=facts["found"],
            needed=facts["needed"],
        )
    return _(
        "How far a resident's mean can be trusted cannot be said: the forms do not tell residents "
        "and assessors apart."
    )

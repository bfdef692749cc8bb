"""What sites must have: judged by the rules of readiness, which the base keeps."""

from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.i18n import named
from trainingbase.selfassessment.findings.found import Ask, Found


def readiness(ask: Ask) -> Found:
    """All points where every rule of these kinds is met at every site of this level."""
    kinds, level = set(ask.words("kinds")), ask.settings["level"]
    lines = [
        (one.institution, rule, found)
        for one in ask.facts.ready(level)
        for rule, found in one.lines
        if rule.kind in kinds
    ]
    if not lines:
        return Found(None, _("No site of this kind, or no rule for it."), path="/network/readiness")
    unknown = [line for line in lines if line[2].have is None]
    lacking = [line for line in lines if not line[2].is_met]
    said = _(
        "%(met)s of %(all)s requirements met at %(sites)s sites.",
        met=len(lines) - len(lacking),
        all=len(lines),
        sites=len({place.id for place, _rule, _found in lines}),
    )
    missing = _("; ").join(
        _("%(site)s: %(rule)s", site=named(place), rule=named(rule))
        for place, rule, _found in lacking[:MOST_NAMED]
    )
    if len(lacking) > MOST_NAMED:
        missing += _(" and %(number)s more", number=len(lacking) - MOST_NAMED)
    if unknown and len(unknown) == len(lacking):
        return Found(None, said, missing, "/network/readiness")
    return Found(Decimal(0) if lacking else ask.points, said, missing, "/network/readiness")


MOST_NAMED = 6

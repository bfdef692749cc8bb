"""The state of the base: what is good, what is slipping, what it costs, three things to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import ceil

from flask_babel import gettext as _

from trainingbase.quality import words
from trainingbase.quality.figures import Asking
from trainingbase.quality.figures.finding import Finding, finding
from trainingbase.quality.figures.groups import groups_of
from trainingbase.quality.indicators import INDICATORS
from trainingbase.quality.rules.facts import BASE, SITE

THINGS = 3
COSTS = ("cost", "cost-per-month")
KEY_FIGURES = ("first-pass", "placements-done", "assessments-in-time", "faculty-certificates")


@dataclass(frozen=True)
class Task:
    """Something to do: how many cases lack to the target, and where most of them do."""

    finding: Finding
    lacking: int
    where: str | None
    site_id: int | None

    @property
    def sentence(self) -> str:
        one = self.finding
        facts = {"name": one.indicator.name, "value": one.value, "target": one.target_said}
        if one.good is not False:
            past = before_said(one)
            return _("%(name)s: %(value)s, worse than before (%(past)s).", past=past, **facts)
        if not self.lacking:
            return _("%(name)s: %(value)s; the target is %(target)s.", **facts)
        facts["lacking"] = self.lacking
        if self.where is None:
            return _("%(name)s: %(value)s; %(lacking)s more are needed for %(target)s.", **facts)
        return _(
            "%(name)s: %(value)s; %(lacking)s more are needed for %(target)s, most at %(where)s.",
            **facts,
            where=self.where,
        )


@dataclass(frozen=True)
class State:
    good: list[Finding]
    slipping: list[Finding]
    others: list[Finding]
    costs: list[Finding]
    tasks: list[Task]


def state(asking: Asking) -> State:
    """In a few statements: kept figures of the base and its sites are read at once."""
    ahead(asking, INDICATORS)
    if asking.scope.is_whole:
        asking.book.read_ahead(INDICATORS, asking.scope, SITE)
    found = [finding(one, asking) for key, one in INDICATORS.items() if key not in COSTS]
    known = [one for one in found if one.now.value is not None and not one.hidden]
    slipping = [one for one in known if one.is_slipping]
    good = [one for one in known if not one.is_slipping and (one.good or one.change == "better")]
    return State(
        good=good,
        slipping=sorted(slipping, key=_urgency),
        others=[one for one in found if one not in good and one not in slipping],
        costs=[finding(INDICATORS[key], asking) for key in COSTS],
        tasks=[_task(one, asking) for one in sorted(slipping, key=_urgency)[:THINGS]],
    )


def key_figures(asking: Asking) -> list[Finding]:
    """For the first page of who reads them."""
    ahead(asking, KEY_FIGURES)
    return [finding(INDICATORS[key], asking) for key in KEY_FIGURES]


def ahead(asking: Asking, keys: Iterable[str]) -> None:
    """Read what findings of these indicators need: this period and the one before, in years for
    those that are yearly."""
    if not asking.scope.is_whole:
        return
    scope = asking.scope
    begins = min(scope.before.starts_on, scope.years.before.starts_on)
    asking.book.read_ahead(keys, scope.of(begins, scope.years.ends_on), BASE)
    if not asking.sees_names:
        asking.book.crowds_ahead(keys, scope.of(begins, scope.years.ends_on))


def _urgency(one: Finding) -> tuple:
    """The furthest from its target first, in shares of the target."""
    if one.target and one.now.value is not None and one.good is False:
        return (0, -abs(one.now.value - one.target) / one.target)
    return (1, 0.0)


def _task(one: Finding, asking: Asking) -> Task:
    lacking = lacking_in(one.now.top, one.now.bottom, one.target) if one.indicator.cases else 0
    worst = None
    if one.indicator.cases and SITE in one.indicator.splits and one.target:
        sites = [
            (lacking_in(some.top, some.bottom, one.target), key)
            for key, some in groups_of(one.indicator, asking, SITE)
            if some is not None
        ]
        worst = max(sites, default=None, key=lambda pair: (pair[0], -pair[1]))
    if worst is None or not worst[0]:
        return Task(one, lacking, None, None)
    return Task(one, lacking, asking.full(SITE, worst[1]), worst[1])


def lacking_in(top: Decimal, bottom: Decimal | None, target: float | None) -> int:
    """How many more good cases would reach the target."""
    if not bottom or target is None:
        return 0
    return max(0, ceil(float(bottom) * target / 100 - float(top) - 1e-9))


def change_said(one: Finding) -> tuple[str, str]:
    """The kind of a status, and its words."""
    if one.before.value is None or one.now.value is None:
        return "neutral", _("nothing to compare")
    return {
        "better": ("good", _("better")),
        "worse": ("warning", _("worse")),
        "other": ("info", _("changed")),
        None: ("neutral", _("no clear change")),
    }[one.change]


def before_said(one: Finding) -> str:
    return words.shown(one.indicator, one.before.value)

"""What a figure says, in a sentence: against its target, and against the period before."""

from dataclasses import dataclass

from flask_babel import gettext as _

from trainingbase.quality import words
from trainingbase.quality.figures.figure import Asking, interval
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.rules.facts import Sum
from trainingbase.quality.rules.intervals import Interval, differ
from trainingbase.quality.scope import Scope

SURE = 0.05
"""A change less likely by chance than this is called one."""


@dataclass(frozen=True)
class Finding:
    """`good` None without a target; `change` is better, worse, other (neither is better), or None
    where no change is clear."""

    indicator: Indicator
    now: Sum
    before: Sum
    target: float | None
    good: bool | None
    change: str | None
    hidden: bool = False

    @property
    def interval(self) -> Interval | None:
        return interval(self.indicator, self.now)

    @property
    def is_slipping(self) -> bool:
        return self.good is False or self.change == "worse"

    @property
    def value(self) -> str:
        return words.HIDDEN if self.hidden else words.shown(self.indicator, self.now.value)

    @property
    def target_said(self) -> str | None:
        if self.target is None:
            return None
        said = words.shown(self.indicator, self.target)
        return _("at most %(value)s", value=said) if self.indicator.high is False else said

    @property
    def sentence(self) -> str:
        """The title of a chart."""
        name = str(self.indicator.name)
        if self.hidden:
            return _("%(name)s: of too few people to be shown", name=name)
        if self.now.value is None:
            return _("%(name)s: nothing to show in this period", name=name)
        said = [_("%(name)s: %(value)s", name=name, value=self.value)]
        if self.good is True:
            said.append(_("reaches the target (%(target)s)", target=self.target_said))
        if self.good is False:
            said.append(_("misses the target (%(target)s)", target=self.target_said))
        if self.change:
            past = words.shown(self.indicator, self.before.value)
            said.append(
                {
                    "better": _("better than before (%(past)s)", past=past),
                    "worse": _("worse than before (%(past)s)", past=past),
                    "other": _("changed from %(past)s", past=past),
                }[self.change]
            )
        return _(", ").join(said)


def finding(indicator: Indicator, asking: Asking, scope: Scope | None = None) -> Finding:
    asked = indicator.narrowed(scope or asking.scope)
    before = asked.before
    hidden = asking.is_hidden(indicator, asked)
    now, past = asking.sum(indicator, asked), asking.sum(indicator, before)
    target = asking.target(indicator)
    return Finding(
        indicator, now, past, target, _good(indicator, now, target), change(indicator, now, past),
        hidden,
    )  # fmt: skip


def _good(indicator: Indicator, now: Sum, target: float | None) -> bool | None:
    if target is None or now.value is None or indicator.high is None:
        return None
    return now.value >= target if indicator.high else now.value <= target


def change(indicator: Indicator, now: Sum, past: Sum) -> str | None:
    """Of shares by a test of both; of means where their intervals lie apart; of what chance cannot
    be reckoned for, none is claimed."""
    if now.value is None or past.value is None or now.value == past.value:
        return None
    if indicator.cases and now.bottom and past.bottom:
        chance = differ((float(now.top), float(now.bottom)), (float(past.top), float(past.bottom)))
        clear = chance is not None and chance < SURE
    else:
        here, there = interval(indicator, now), interval(indicator, past)
        clear = bool(here and there) and (here.low > there.high or here.high < there.low)
    if not clear:
        return None
    if indicator.high is None:
        return "other"
    return "better" if (now.value > past.value) == indicator.high else "worse"

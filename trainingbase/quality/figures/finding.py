"""What a figure says, in a sentence: against its target, and against the period before."""

from dataclasses import dataclass

from flask_babel import gettext as _

from trainingbase.quality import words
from trainingbase.quality.figures.figure import Asking, difference, interval
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.rules.facts import Sum
from trainingbase.quality.rules.intervals import Interval
from trainingbase.quality.scope import Scope


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
    """better, worse or other (neither is better) where chance hardly explains the difference; None
    where it may, and where chance cannot be reckoned."""
    chance = difference(indicator, now, past)
    if chance is None or chance.low <= 0 <= chance.high:
        return None
    if indicator.high is None:
        return "other"
    return "better" if (chance.low > 0) == indicator.high else "worse"

"""Two periods, sites or cohorts side by side, each difference with what chance may make of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _

from trainingbase.i18n import number
from trainingbase.quality import charts, words
from trainingbase.quality.figures.figure import Asking, Figure, difference, interval
from trainingbase.quality.figures.finding import change
from trainingbase.quality.figures.months import by_month, label
from trainingbase.quality.indicators import Indicator
from trainingbase.quality.indicators.indicator import PERCENT
from trainingbase.quality.rules.facts import Sum
from trainingbase.quality.rules.intervals import Interval
from trainingbase.quality.scope import Scope

HIDDEN, EMPTY, OVERLAP, UNKNOWN, SAME = "hidden", "empty", "overlap", "unknown", "same"
UNEQUAL = "unequal"
JUDGEMENTS = {
    "better": ("good", lambda: _("A is better")),
    "worse": ("warning", lambda: _("A is worse")),
    "other": ("info", lambda: _("A and B differ")),
    SAME: ("neutral", lambda: _("chance may explain it")),
    UNKNOWN: ("neutral", lambda: _("chance cannot be reckoned")),
    OVERLAP: ("neutral", lambda: _("A and B overlap")),
    UNEQUAL: ("neutral", lambda: _("periods of different length")),
    EMPTY: ("neutral", lambda: _("nothing to compare")),
    HIDDEN: ("neutral", lambda: str(words.HIDDEN)),
}


@dataclass(frozen=True)
class Compared:
    """`one` is A, `other` B; `gap` is A less B, `chance` the interval of it where it is known."""

    indicator: Indicator
    one: Sum
    other: Sum
    hidden: tuple[bool, bool]
    gap: float | None
    chance: Interval | None
    judgement: str

    @property
    def said(self) -> tuple[str, str]:
        """The kind of a status, and its words."""
        kind, text = JUDGEMENTS[self.judgement]
        return kind, text()

    @property
    def values(self) -> tuple[str, str]:
        return tuple(
            str(words.HIDDEN) if hidden else words.shown(self.indicator, some.value)
            for some, hidden in zip((self.one, self.other), self.hidden, strict=True)
        )  # type: ignore[return-value]

    @property
    def intervals(self) -> tuple[str, str]:
        one, other = (words.between(interval(self.indicator, s)) for s in (self.one, self.other))
        return one, other

    @property
    def gap_said(self) -> str:
        if self.gap is None:
            return "—"
        sign = "+" if self.gap > 0 else ""
        of = (
            _("percentage points") if self.indicator.unit == PERCENT else words.unit(self.indicator)
        )
        return _("%(number)s %(unit)s", number=f"{sign}{number(self.gap)}", unit=of).strip()

    @property
    def chance_said(self) -> str:
        return words.between_gaps(self.chance)


def compared(indicator: Indicator, asking: Asking, other: Scope) -> Compared:
    here, there = indicator.narrowed(asking.scope), indicator.narrowed(other)
    hidden = (asking.is_hidden(indicator, here), asking.is_hidden(indicator, there))
    one, two = asking.sum(indicator, here), asking.sum(indicator, there)
    gap, chance, judgement = None, None, EMPTY
    if not indicator.bottom and len(here.months) != len(there.months):
        judgement = UNEQUAL
    elif one.value is not None and two.value is not None:
        gap = round(one.value - two.value, indicator.decimals)
        chance = None if overlap(here, there, asking) else difference(indicator, one, two)
        judgement = _judged(indicator, one, two, chance, overlaps=overlap(here, there, asking))
    elif any(hidden):
        judgement = HIDDEN
    return Compared(indicator, one, two, hidden, gap, chance, judgement)


def _judged(indicator: Indicator, one: Sum, two: Sum, chance: Interval | None, *, overlaps: bool):
    if overlaps:
        return OVERLAP
    if chance is None:
        return UNKNOWN
    return change(indicator, one, two) or SAME


def overlap(one: Scope, other: Scope, asking: Asking) -> bool:
    """Whether a row may stand on both sides: then no interval holds."""
    if one.ends_on <= other.starts_on or other.ends_on <= one.starts_on:
        return False
    sites = [_site(some, asking) for some in (one, other)]
    asked = (
        sites,
        (one.department_id, other.department_id),
        (one.cohort_id, other.cohort_id),
        (one.type_id, other.type_id),
    )
    return not any(here and there and here != there for here, there in asked)


def _site(scope: Scope, asking: Asking) -> int:
    if scope.department_id in asking.places:
        return asking.places[scope.department_id].institution_id
    return scope.site_id


def side(scope: Scope, asking: Asking) -> str:
    """What a side is of: months, and the place and cohort where they are narrowed."""
    last = scope.ends_on - timedelta(days=1)
    said = [f"{scope.starts_on:%Y-%m} – {last:%Y-%m}"]
    for level, key in (("site", scope.site_id), ("department", scope.department_id),
                       ("cohort", scope.cohort_id)):  # fmt: skip
        if key:
            said.append(asking.full(level, key))
    if scope.type_id:
        said.append(words.trainee_types()[scope.type_id])
    return _(", ").join(said)


def columns() -> list[str]:
    return [
        _("Indicator"), "A", _("A: interval (95 in 100)"), "B", _("B: interval (95 in 100)"),
        _("A less B"), _("A less B: interval (95 in 100)"), _("Judgement"),
    ]  # fmt: skip


def row(one: Compared) -> list:
    return [
        str(one.indicator.name), one.values[0], one.intervals[0], one.values[1], one.intervals[1],
        one.gap_said, one.chance_said, one.said[1],
    ]  # fmt: skip


def everything(found: Iterable[Compared], asking: Asking, other: Scope) -> Figure:
    """Every indicator: the differences of shares drawn, all of them in the table."""
    every = list(found)
    drawn = [
        one for one in every
        if one.indicator.cases and one.gap is not None and one.chance is not None
    ]  # fmt: skip
    counts = {name: sum(one.judgement == name for one in every) for name in JUDGEMENTS}
    return Figure(
        key="compare",
        view="all",
        title=_(
            "A is better in %(better)s indicators and worse in %(worse)s; in %(same)s chance may "
            "explain the difference",
            better=counts["better"],
            worse=counts["worse"],
            same=counts[SAME],
        ),
        chart=charts.dots(
            [str(one.indicator.name) for one in drawn],
            [one.gap for one in drawn],
            [one.chance for one in drawn],
            _("A less B, percentage points"),
            0.0,
            line=_("No difference"),
        )
        if drawn
        else None,
        columns=columns(),
        rows=[row(one) for one in every],
        of=_sides(asking, other),
    )


def _sides(asking: Asking, other: Scope) -> str:
    return _(
        "A: %(one)s. B: %(other)s. The bar is where the difference may lie (95 in 100); where it "
        "does not touch the line, chance hardly explains it. Nobody is ranked.",
        one=side(asking.scope, asking),
        other=side(other, asking),
    )


def one_of(indicator: Indicator, asking: Asking, other: Scope) -> Figure:
    """One indicator: both sides month by month from their beginnings."""
    found = compared(indicator, asking, other)
    sides = [_monthly(indicator, asking), _monthly(indicator, _elsewhere(asking, other))]
    longest = max(len(some) for some in sides)
    drawn = [
        (f"{letter}: {side(scope, asking)}", [value for _month, value in some])
        for letter, scope, some in zip("AB", (asking.scope, other), sides, strict=True)
    ]
    padded = [some + [("", None)] * (longest - len(some)) for some in sides]
    return Figure(
        key=indicator.key,
        view="compare",
        title=_title(found),
        chart=charts.together([str(n) for n in range(1, longest + 1)], drawn, words.unit(indicator))
        if any(value is not None for _name, values in drawn for value in values)
        else None,
        columns=[_("Nth"), _("A: month"), "A", _("B: month"), "B"],
        rows=[
            [n, one[0] or "—", one[1], two[0] or "—", two[1]]
            for n, (one, two) in enumerate(zip(*padded, strict=True), 1)
        ],
        of=str(indicator.definition)
        + " "
        + _(
            "A: %(one)s. B: %(other)s. Months are counted from the first of each side.",
            one=side(asking.scope, asking),
            other=side(other, asking),
        ),
        target=found_target(indicator, asking),
    )


def found_target(indicator: Indicator, asking: Asking) -> str | None:
    target = asking.target(indicator)
    return None if target is None else words.shown(indicator, target)


def _elsewhere(asking: Asking, other: Scope) -> Asking:
    """The same viewer asking for the other side, with what was read already."""
    there = Asking(other, asking.places, asking.today, asking.sees_names, asking.cohorts)
    there.book = asking.book
    return there


def _monthly(indicator: Indicator, asking: Asking) -> list[tuple[str, float | None]]:
    return [
        (label(indicator, month), None if one is None else one.value)
        for month, one in by_month(indicator, asking).items()
    ]


def _title(found: Compared) -> str:
    one, other = found.values
    return _(
        "%(name)s: A %(one)s, B %(other)s; %(judgement)s",
        name=found.indicator.name,
        one=one,
        other=other,
        judgement=found.said[1],
    )

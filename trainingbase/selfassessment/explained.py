"""The self-assessment of a year explained item by item, as Markdown in the language asked for."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.i18n import day, language, named, number
from trainingbase.selfassessment.models import IndicatorEvidence, IndicatorTask
from trainingbase.selfassessment.queries import ItemStanding, PartStanding, Standing
from trainingbase.selfassessment.tables import of_conditions, of_sum, to_gain
from trainingbase.selfassessment.words import STATES, failed, rule_of


def explained(
    one: Standing,
    evidence: Sequence[IndicatorEvidence],
    tasks: Sequence[IndicatorTask],
    *,
    base: str,
    on: date,
    is_fictional: bool,
) -> str:
    """`on` is the day the figures are of."""
    lines = [
        "# " + _("Self-assessment %(year)s, item by item", year=one.year),
        "",
        _("%(base)s, on %(day)s. Edition: %(edition)s.", base=base, day=day(on),
          edition=named(one.edition)),
        "",
    ]  # fmt: skip
    if is_fictional:
        lines += ["> " + _("The county, its people and all figures are fictional."), ""]
    lines += [*_summary(one), "", *_verdict(one), ""]
    chapter = ""
    for item in one.items:
        if item.item.chapter != chapter:
            chapter = item.item.chapter
            title = item.item.section_en if language() == "en" else item.item.section
            mine = [other for other in one.items if other.item.chapter == chapter]
            lines += [f"## {chapter} {title} ({_gained(mine)})", ""]
        lines += _item(
            item,
            [kept for kept in evidence if kept.item_id == item.item.id],
            [task for task in tasks if task.item_id == item.item.id],
        )
    return "\n".join(lines).rstrip() + "\n"


def _gained(items: Iterable[ItemStanding]) -> str:
    reached = [one.reached for one in items]
    return f"{number(sum(one.points for one in reached))}/{number(sum(one.of for one in reached))}"


def _summary(one: Standing) -> list[str]:
    table = of_sum(one)
    return [
        f"| {' | '.join(str(head) for head in table.header)} |",
        "|---|---|",
        *(f"| {label} | {_shown(value)} |" for label, value in table.rows),
    ]


def _shown(value) -> str:
    return number(value) if isinstance(value, Decimal) else str(value)


def _verdict(one: Standing) -> list[str]:
    said = [_("Bars of the verdict, from the highest; the first that is reached holds:"), ""]
    for bar in one.edition.verdicts:
        said.append(
            "- "
            + _("%(name)s: at least %(total)s points, %(quality)s of them in quality",
                name=named(bar), total=number(bar.total), quality=number(bar.quality))
        )  # fmt: skip
    return [
        *said,
        f"- {failed(one.edition)}" + _(": ") + _("below all bars, or a basic condition is not met"),
        *_conditions(one),
    ]


def _conditions(one: Standing) -> list[str]:
    if not one.conditions:
        return []
    table = of_conditions(one.conditions)
    return [
        "",
        f"| {' | '.join(str(head) for head in table.header)} |",
        "|" + "---|" * len(table.header),
        *(f"| {' | '.join(_cell(_text(value)) for value in row)} |" for row in table.rows),
    ]


def _text(value) -> str:
    return "—" if value in (None, "") else day(value) if isinstance(value, date) else str(value)


def _item(
    one: ItemStanding, evidence: Sequence[IndicatorEvidence], tasks: Sequence[IndicatorTask]
) -> list[str]:
    core = " ★" if one.item.is_core else ""
    heads = (_("What is scored"), _("Rule"), _("Figure"), _("Points reached"),
             _("To gain the rest"))  # fmt: skip
    lines = [
        f"### {one.item.code} {named(one.item)}{core}: {_gained([one])} · {STATES[one.state][1]}",
        "",
        f"| {' | '.join(heads)} |",
        "|---|---|---|---|---|",
        *(f"| {' | '.join(_cell(cell) for cell in _part(part))} |" for part in one.parts),
        "",
    ]
    shown = [
        f"{kept.what} ({day(kept.dated_on)}, {kept.owner}"
        f"{', ' + kept.file.name if kept.file else ''})"
        for kept in evidence
    ]
    lines.append("- " + _("Evidence") + _(": ") + (_("; ").join(shown) or _("None is kept.")))
    lines += [
        "- "
        + _("Task: %(what)s (%(name)s, until %(day)s)", what=task.what, name=task.owner.name,
            day=day(task.due_on))
        for task in tasks
    ]  # fmt: skip
    return [*lines, ""]


def _part(one: PartStanding) -> tuple[str, ...]:
    said = [one.found.said] if one.found is not None else []
    if one.answer is not None:
        said.append(_("Said by the base") + _(": ") + one.answer.why)
    reached = number(one.points) if one.is_known else _("not known yet")
    return (
        named(one.part),
        rule_of(one.part),
        " ".join(said) or "—",
        f"{reached}/{number(one.part.points)}",
        to_gain(one),
    )


def _cell(text: str) -> str:
    """A cell of a table: one line, and its bars do not end it."""
    return " ".join(str(text).replace("|", "\\|").split())

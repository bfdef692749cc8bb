"""The self-assessment as tables for a file, in the viewer's language."""

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _

from trainingbase.i18n import named, number
from trainingbase.selfassessment.models import IndicatorEvidence, IndicatorTask
from trainingbase.selfassessment.queries import (
    ConditionStanding,
    ItemStanding,
    PartStanding,
    Standing,
)
from trainingbase.selfassessment.words import (
    CONDITION_STATES,
    STATES,
    SURENESS,
    found_said,
    left_open,
    verdict_of,
)
from trainingbase.sheets.write import Table


def of_items(items: Sequence[ItemStanding]) -> Table:
    """A line for each part."""
    header = [
        _("Number"), _("Section"), _("Indicator"), _("Core"), _("What is scored"), _("Score"),
        _("Points reached"), _("By computing"), _("Figure"), _("Said by the base"),
        _("To gain the rest"), _("State"),
    ]  # fmt: skip
    rows = []
    for one in items:
        for part in one.parts:
            found, answer = part.found, part.answer
            rows.append(
                [
                    one.item.code, _section(one), named(one.item), one.item.is_core,
                    named(part.part), part.part.points, part.points if part.is_known else None,
                    found.points if found else None, found.said if found else "",
                    answer.why if answer else "", to_gain(part),
                    str(STATES[one.state][1]),
                ]
            )  # fmt: skip
    return Table(_("Self-assessment"), header, rows)


def to_gain(one: PartStanding) -> str:
    """What it would take to gain the points of this part that are missing; empty of none."""
    if one.is_known and one.points >= one.part.points:
        return ""
    if one.found is not None and one.found.missing and one.answer is None:
        return one.found.missing
    if one.answer is not None:
        left = number(one.part.points - one.points)
        return _("%(points)s points are left: show what is lacking, then correct them.",
                 points=left)  # fmt: skip
    if one.found is None:
        return _("Keep the evidence and enter the points: nothing computes this.")
    return _("Enter what the figure is counted from.") if one.found.points is None else ""


def to_gain_of(item: ItemStanding) -> list[str]:
    """Of all its parts, each thing said once."""
    return list(dict.fromkeys(said for part in item.parts if (said := to_gain(part))))


def _section(one: ItemStanding) -> str:
    item = one.item
    return named(Named(item.section, item.section_en))


class Named:
    def __init__(self, name: str, name_en: str):
        self.name, self.name_en = name, name_en


def of_sum(one: Standing) -> Table:
    rows: list[list[str | int | Decimal]] = [
        [_("Year"), one.year],
        [_("Score"), one.sum.total],
        [_("of"), one.sum.of],
        [_("Points of quality"), one.sum.quality],
        [_("Core items met"), f"{one.sum.core_met}/{one.sum.core}"],
        [_("Not known yet"), one.sum.unknown],
        [_("Verdict"), verdict_of(one)],
    ]
    if left_open(one):
        rows.append([_("The verdict supposes"), left_open(one)])
    return Table(_("Summary"), [_("What"), _("Figure")], rows)


def of_conditions(rows: Sequence[ConditionStanding]) -> Table:
    header = [
        _("Basic condition"), _("State"), _("By the register"), _("What shows it"),
        _("Day of the document"), _("Who answers for it"), _("File"), _("Source"),
    ]  # fmt: skip
    return Table(_("Basic conditions"), header, [_condition(one) for one in rows])


def _condition(one: ConditionStanding) -> list:
    mark = one.mark
    return [
        named(one.condition), str(CONDITION_STATES[one.state][1]), found_said(one),
        mark.why if mark else "", mark.dated_on if mark else None, mark.owner if mark else "",
        mark.file.name if mark and mark.file else "",
        f"{one.condition.source} ({SURENESS[one.condition.confidence]})",
    ]  # fmt: skip


def of_evidence(rows: Sequence[IndicatorEvidence]) -> Table:
    return Table(
        _("Evidence"),
        [_("Number"), _("Indicator"), _("What it shows"), _("Day of the document"),
         _("Who answers for it"), _("File")],
        [
            [one.item.code, named(one.item), one.what, one.dated_on, one.owner,
             one.file.name if one.file else ""]
            for one in rows
        ],
    )  # fmt: skip


def of_tasks(rows: Sequence[IndicatorTask]) -> Table:
    return Table(
        _("Tasks"),
        [_("Number"), _("Indicator"), _("What is to be done"), _("By whom"), _("Last day"),
         _("Done")],
        [
            [one.item.code, named(one.item), one.what, one.owner.name, one.due_on, one.done_at]
            for one in rows
        ],
    )  # fmt: skip

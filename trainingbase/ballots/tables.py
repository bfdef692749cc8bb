"""What was released as tables for export: the same figures as the pages show, and no others."""

from collections.abc import Sequence
from typing import Any

from flask_babel import gettext as _

from trainingbase.ballots.models import Batch
from trainingbase.ballots.queries.released import RoundRow
from trainingbase.ballots.words import KINDS, item_name, subject_name
from trainingbase.i18n import day, last_day
from trainingbase.sheets.write import Table


def of_subjects(rows: Sequence[Any]) -> Table:
    header = [
        _("About"),
        _("Name"),
        _("First day"),
        _("Last day"),
        _("Answers"),
        _("Could have answered"),
        _("Mean"),
        _("Lowest mark"),
        _("Highest mark"),
    ]
    return Table(_("Released opinions"), header, [_subject(row) for row in rows])


def _subject(row: Any) -> list:
    head = [str(KINDS[row.kind]), subject_name(row)]
    if row.number is None:
        return [*head, "", "", _("Nothing released yet"), "", "", "", ""]
    marks = (row.overall_mean, row.overall_lowest, row.overall_highest)
    return [*head, day(row.first_on), last_day(row.ends_on), row.answers, row.could, *marks]


def of_batches(batches: Sequence[Batch], *, name: str, with_texts: bool) -> list[Table]:
    header = [
        _("Batch"), _("First day"), _("Last day"), _("Answers"), _("Could have answered"),
        _("Item"), _("Answered"), _("Mean"), _("Standard deviation"), _("How often each value"),
    ]  # fmt: skip
    rows = []
    for batch in batches:
        days = (day(batch.first_on), last_day(batch.ends_on))
        head = [batch.number, *days, batch.answers, batch.could]
        for one in figures_in_order(batch):
            counts = "; ".join(f"{value}: {often}" for value, often in one.counts.items())
            answered = one.answered or _("too few")
            rows.append([*head, item_name(one.item), answered, one.mean, one.deviation, counts])
    tables = [Table(name[:31], header, rows)]
    if with_texts:
        texts = [
            [batch.number, item_name(one.item), one.text]
            for batch in batches
            for one in sorted(batch.texts, key=lambda one: (one.item.position, one.id))
        ]
        tables.append(Table(_("Comments"), [_("Batch"), _("Item"), _("Comment")], texts))
    return tables


def figures_in_order(batch: Batch) -> list:
    return sorted(batch.figures, key=lambda one: one.item.position)


def of_rounds(rows: Sequence[RoundRow]) -> Table:
    header = [
        _("First day"), _("Last day"), _("Opened"), _("Closes"), _("People"), _("Asked"),
        _("Answered"), "%",
    ]  # fmt: skip
    return Table(
        _("Rounds"),
        header,
        [
            [
                day(one.starts_on),
                last_day(one.ends_on),
                day(one.opens_on),
                last_day(one.closes_on),
                one.people,
                one.asked,
                one.answered,
                one.share,
            ]
            for one in rows
        ],
    )

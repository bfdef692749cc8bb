"""Comparisons and moves as files."""

from collections.abc import Iterable

from flask_babel import gettext as _

from trainingbase.editions.forms import KINDS
from trainingbase.editions.models import Move
from trainingbase.editions.queries import Foreseen
from trainingbase.i18n import moment, named, number
from trainingbase.programmes.rules.differences import Difference
from trainingbase.programmes.words import PARTS, Names, subject_in_words, value_in_words
from trainingbase.sheets.write import Table


def of_differences(rows: Iterable[Difference], names: Names, old: str, new: str) -> Table:
    header = [_("Part"), _("About"), _("Kind"), old, new]
    return Table(
        _("Differences"),
        header,
        [
            [
                str(PARTS[one.part]),
                subject_in_words(one.part, one.subject, names),
                str(KINDS[one.kind]),
                value_in_words(one.part, one.old, names),
                value_in_words(one.part, one.new, names),
            ]
            for one in rows
        ],
    )


def months_in_words(months, names: Names) -> str:
    """内科 2, 外科 1"""
    said = (f"{names(name)} {number(value)}" for name, value in months.items())
    return _(", ").join(said) or "—"


def of_foreseen(rows: Iterable[Foreseen], names: Names, title: str) -> Table:
    header = [_("Resident"), _("Cohort"), _("Trains by"), _("Asked for more"), _("Asked for less")]
    header += [_("Counts now"), _("No longer counts"), _("Left before"), _("Left after")]
    return Table(
        title,
        header,
        [
            [
                one.resident.name,
                named(one.resident.cohort),
                one.resident.programme.code,
                months_in_words(one.effect.more, names),
                months_in_words(one.effect.less, names),
                months_in_words(one.effect.now_counts, names),
                months_in_words(one.effect.no_longer_counts, names),
                float(one.effect.left_before),
                float(one.effect.left),
            ]
            for one in rows
        ],
    )


def of_moves(rows: Iterable[Move], counts: dict[int, int]) -> Table:
    header = [_("When"), _("Who"), _("To version"), _("Residents"), _("Why"), _("Taken back")]
    return Table(
        _("Moves"),
        header,
        [
            [
                moment(one.at),
                one.by.name,
                one.to.code,
                counts.get(one.id, 0),
                one.why,
                moment(one.undone_at) if one.undone_at else None,
            ]
            for one in rows
        ],
    )

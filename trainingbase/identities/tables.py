"""Doubles, decisions and merges as tables for a file."""

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from trainingbase.i18n import moment
from trainingbase.identities.models import Merge, Sameness
from trainingbase.people.models import Person
from trainingbase.sheets.write import Table


def masked(id_number: str | None) -> str | None:
    return id_number and id_number[:6] + "********" + id_number[-4:]


def of_doubles(people: Iterable[Person], earlier: Mapping[int, list[Person]]) -> Table:
    rows = [
        [one.name, one.phone, other.name, other.phone]
        for one in people
        for other in earlier.get(one.id, ())
    ]
    return Table(
        _("Who is who"), [_("Name"), _("Phone"), _("Looks like"), _("Phone of that one")], rows
    )


def of_decisions(decisions: Iterable[Sameness]) -> Table:
    header = [_("Name"), _("The other"), _("Decided"), _("How you know"), _("Who"), _("When")]
    rows = [
        [
            one.person.name, one.other.name if one.other else masked(one.id_number),
            _("The same person") if one.is_same else _("Two different people"),
            one.why, one.decided_by.name, moment(one.decided_at),
        ]
        for one in decisions
    ]  # fmt: skip
    return Table(_("Decisions"), header, rows)


def of_merges(merges: Iterable[Merge]) -> Table:
    header = [_("Name"), _("Merged into it"), _("How you know"), _("Who"), _("When"), _("Undone")]
    rows = [
        [
            one.kept.name, one.gone.name, one.why, one.merged_by.name, moment(one.merged_at),
            moment(one.undone_at) if one.undone_at else None,
        ]
        for one in merges
    ]  # fmt: skip
    return Table(_("Merges"), header, rows)

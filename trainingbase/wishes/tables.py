"""The answers of a round as a table for export, and wishes in words."""

from collections.abc import Sequence

from flask_babel import gettext as _

from trainingbase.enrolment.models import Resident
from trainingbase.i18n import moment, month, named
from trainingbase.months import months_later
from trainingbase.sheets.write import Table
from trainingbase.wishes.models import Wish, WishList


def wish_in_words(wish: Wish) -> str:
    """The department, and the month or months in which it should begin."""
    last = months_later(wish.until_on, -1)
    if last == wish.from_on:
        return _("%(what)s from %(month)s", what=_what(wish), month=month(wish.from_on))
    return _(
        "%(what)s from %(first)s to %(last)s",
        what=_what(wish),
        first=month(wish.from_on),
        last=month(last),
    )


def _what(wish: Wish) -> str:
    return named(wish.standard_department)


def of_answers(rows: Sequence[tuple[Resident, WishList | None]], title: str) -> Table:
    header = [
        _("Resident"),
        _("Cohort"),
        _("Wishes given"),
        _("Entered by"),
        _("Wishes"),
        _("Sites in order"),
        _("A word to the office"),
    ]
    return Table(title, header, [_row(resident, kept) for resident, kept in rows])


def _row(resident: Resident, kept: WishList | None) -> list:
    if kept is None:
        return [resident.name, named(resident.cohort), _("Not answered"), "", "", "", ""]
    return [
        resident.name,
        named(resident.cohort),
        moment(kept.changed_at),
        kept.entered_by.name,
        "; ".join(wish_in_words(one) for one in kept.wishes),
        " > ".join(named(one.institution) for one in kept.sites),
        kept.word or "",
    ]

"""What lists are filtered by."""

from collections.abc import Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from trainingbase.entering.words import STATES
from trainingbase.form import QueryForm, options
from trainingbase.i18n import month, named
from trainingbase.months import first_of_month, months_later
from trainingbase.sites.models import Department

BEHIND, AHEAD = 12, 4
"""Months one can look back and ahead."""


class _Where(QueryForm):
    institution = SelectField(_l("Institution"), coerce=int, default=0)

    def choose_sites(self, departments: Sequence[Department]) -> None:
        places = {one.institution_id: named(one.institution) for one in departments}
        self.institution.choices = options({0: _("All")} | places)


class ArrivalsForm(_Where):
    department = SelectField(_l("Department"), coerce=int, default=0)
    month = SelectField(_l("Month"), default="")
    state = SelectField(_l("State"), choices=options({"": _l("All")} | STATES), default="")
    search = StringField(_l("Resident"), [Length(max=100)])

    def choose_from(self, departments: Sequence[Department]) -> None:
        self.choose_sites(departments)
        self.department.choices = options(
            {0: _("All")}
            | {one.id: f"{named(one)} · {named(one.institution)}" for one in departments}
        )

    def choose_months(self, today: date) -> None:
        first = first_of_month(today)
        months = [months_later(first, n) for n in range(AHEAD - 1, -BEHIND - 1, -1)]
        labels = {f"{one:%Y-%m}": month(one) for one in months}
        self.month.choices = options({"": _("This month")} | labels)

    def first(self, today: date) -> date:
        """Of the month wanted; this one where the address names none that is offered."""
        wanted = self.month.data
        if not wanted or wanted not in {one.value for one in self.month.choices}:
            return first_of_month(today)
        return date.fromisoformat(f"{wanted}-01")


class LateForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])


class InductionsForm(_Where):
    state = SelectField(
        _l("State"),
        choices=options(
            {"": _l("All"), "written": _l("Already written"), "missing": _l("Not written")}
        ),
        default="",
    )
    search = StringField(_l("Department"), [Length(max=100)])

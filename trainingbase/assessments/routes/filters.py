"""What the filter above a list says."""

from collections.abc import Sequence

from flask import request
from flask_babel import gettext as _
from wtforms import SelectChoice

from trainingbase.assessments.forms import ListForm
from trainingbase.assessments.queries import instruments
from trainingbase.assessments.queries.lists import Filter
from trainingbase.form import options
from trainingbase.i18n import named
from trainingbase.sites.models import Institution
from trainingbase.sites.queries import institutions


def chosen(field):
    """What was chosen; the default where somebody typed something else into the address."""
    return field.data if field.data in {one.value for one in field.choices} else field.default


def department_choices(network: Sequence[Institution]) -> list[SelectChoice]:
    """Departments of the same name are told apart by their institution."""
    labels = {
        department.id: f"{named(institution)} {named(department)}"
        for institution in network
        for department in institution.departments
    }
    return options({0: _("All")} | labels)


def with_choices(form: ListForm) -> ListForm:
    form.instrument.choices = options(
        {"": _("All")} | {one.code: named(one) for one in instruments.instruments_in_use()}
    )
    network = institutions()
    form.department.choices = department_choices(network)
    form.institution.choices = options({0: _("All")} | {one.id: named(one) for one in network})
    return form


def wanted(form: ListForm) -> Filter:
    return Filter(
        search=form.search.data or "",
        code=chosen(form.instrument),
        department_id=chosen(form.department),
        institution_id=chosen(form.institution),
        state=chosen(form.state),
        sort=request.args.get("sort", ""),
    )

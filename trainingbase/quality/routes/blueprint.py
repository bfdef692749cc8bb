"""The blueprint, who reads its pages, and what they are narrowed to."""

from datetime import date, timedelta

from flask import Blueprint
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.enrolment.queries import cohorts
from trainingbase.quality.figures import Asking
from trainingbase.quality.forms import ScopeForm
from trainingbase.quality.queries import scope as queries
from trainingbase.quality.words import in_full
from trainingbase.roles import Role

quality = Blueprint("quality", __name__, url_prefix="/quality")

READERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
SEE_NAMES = (Role.OFFICE, Role.AUDITOR)
MONTHS_SHOWN = 6


def asked_for() -> tuple[ScopeForm, Asking]:
    """The filter of this request, and what it asks.  Anything that is not offered is left out."""
    form, today = ScopeForm(), clock.today()
    months = list(queries.months_known()) or [today.replace(day=1)]
    places = queries.places()
    form.first.choices = form.last.choices = [(f"{m:%Y-%m}", i18n.month(m)) for m in months]
    form.cohort.choices = [(0, _("All")), *((one.id, i18n.named(one)) for one in cohorts())]
    form.department.choices = [
        (0, _("All")),
        *((place.id, in_full(place)) for place in places.values()),
    ]
    until = [month for month in months if month <= today] or months[:1]
    first = _chosen(form.first, months, until[-MONTHS_SHOWN:][0])
    last = max(first, _chosen(form.last, months, until[-1]))
    form.first.data, form.last.data = f"{first:%Y-%m}", f"{last:%Y-%m}"
    for field in (form.cohort, form.department):
        if field.data not in dict(field.choices):
            field.data = 0
    after = (last + timedelta(days=31)).replace(day=1)
    scope = queries.Scope(first, after, form.cohort.data, form.department.data)
    return form, Asking(scope, places, today)


def _chosen(field, months: list[date], otherwise: date) -> date:
    return next((month for month in months if f"{month:%Y-%m}" == field.data), otherwise)

"""The blueprint, who reads its pages, and what they are narrowed to."""

from datetime import date

from flask import Blueprint, request
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import viewer
from trainingbase.enrolment.queries import cohorts
from trainingbase.months import months_later
from trainingbase.quality import words
from trainingbase.quality.figures import Asking
from trainingbase.quality.forms import ScopeForm
from trainingbase.quality.rules.hiding import quarter_of
from trainingbase.quality.scope import Scope, months_known, places
from trainingbase.quality.words import in_full, site
from trainingbase.roles import Role

quality = Blueprint("quality", __name__, url_prefix="/quality")

READERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
SEE_NAMES = (Role.OFFICE, Role.AUDITOR)
MONTHS_SHOWN = 6
FILTER = ("first", "last", "site", "department", "cohort")


@quality.context_processor
def said() -> dict:
    """How figures are said."""
    return {"shown": words.shown, "between": words.between}


def kept() -> dict:
    """The filter, for links."""
    return {name: request.args[name] for name in FILTER if request.args.get(name)}


def asked_for() -> tuple[ScopeForm, Asking]:
    """The filter of this request, and what it asks.  Anything that is not offered is left out.
    Who sees no names asks for whole quarters, and by one dimension at a time (`rules.hiding`)."""
    form, today = ScopeForm(), clock.today()
    sees_names = viewer().holds(*SEE_NAMES)
    known = places()
    asking = Asking(
        scope=Scope(today, today),
        places=known,
        today=today,
        sees_names=sees_names,
        cohorts={one.id: i18n.named(one) for one in cohorts()},
    )
    first, last = _period(form, today, whole_quarters=not sees_names)
    form.site.choices = [(0, _("All")), *((n, site(one)) for n, one in asking.sites.items())]
    form.department.choices = [(0, _("All")), *((n, in_full(one)) for n, one in known.items())]
    form.cohort.choices = [(0, _("All")), *asking.cohorts.items()]
    for field in (form.site, form.department, form.cohort):
        if field.data not in dict(field.choices):
            field.data = 0
    if form.department.data:
        form.site.data = 0
    if not sees_names and (form.site.data or form.department.data):
        form.cohort.data = 0
    asking.scope = Scope(
        first,
        months_later(last, 1),
        cohort_id=form.cohort.data,
        department_id=form.department.data,
        site_id=form.site.data,
    )
    return form, asking


def _period(form: ScopeForm, today: date, *, whole_quarters: bool) -> tuple[date, date]:
    """The first and the last month; by default the last ones that have begun."""
    months = list(months_known()) or [today.replace(day=1)]
    firsts = lasts = months
    if whole_quarters:
        firsts = sorted({quarter_of(month) for month in months})
        lasts = [months_later(quarter, 2) for quarter in firsts]
    form.first.choices = [(f"{m:%Y-%m}", i18n.month(m)) for m in firsts]
    form.last.choices = [(f"{m:%Y-%m}", i18n.month(m)) for m in lasts]
    begun = [month for month in months if month <= today] or months[:1]
    first, last = begun[-MONTHS_SHOWN:][0], begun[-1]
    if whole_quarters:
        first, last = quarter_of(first), months_later(quarter_of(last), 2)
    first = _chosen(form.first, firsts, first)
    last = _chosen(form.last, lasts, last)
    if last < first:
        last = next((month for month in lasts if month >= first), first)
    form.first.data, form.last.data = f"{first:%Y-%m}", f"{last:%Y-%m}"
    return first, last


def _chosen(field, months: list[date], otherwise: date) -> date:
    return next((month for month in months if f"{month:%Y-%m}" == field.data), otherwise)

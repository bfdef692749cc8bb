"""The blueprint, who reads its pages, and what they are narrowed to."""

from datetime import date

from flask import Blueprint, g, request
from flask_babel import gettext as _

from trainingbase import clock, i18n
from trainingbase.access import viewer
from trainingbase.enrolment.queries import cohorts
from trainingbase.months import months_later
from trainingbase.quality import words
from trainingbase.quality.figures import Asking
from trainingbase.quality.forms import CompareForm, RowsForm, ScopeForm
from trainingbase.quality.rules.hiding import quarter_of
from trainingbase.quality.scope import Scope, months_known, places
from trainingbase.quality.words import in_full, site
from trainingbase.roles import Role

quality = Blueprint("quality", __name__, url_prefix="/quality")

READERS = (Role.OFFICE, Role.LEADER, Role.AUDITOR)
SEE_NAMES = (Role.OFFICE, Role.AUDITOR)
MONTHS_SHOWN = 6
FILTER = ("first", "last", "site", "department", "cohort")
BOTH = (*FILTER, "type")
"""What each side of a comparison is narrowed to."""


@quality.context_processor
def said() -> dict:
    """How figures are said."""
    return {
        "shown": words.shown,
        "between": words.between,
        "views": words.VIEWS,
        "other_months": g.get("other_months", {}).values(),
    }


def kept() -> dict:
    """The filter, for links."""
    return _given(FILTER)


def kept_of_both() -> dict:
    """The filter of a comparison, for links."""
    return _given((*BOTH, *(f"{name}_b" for name in BOTH)))


def _given(names) -> dict:
    return {name: request.args[name] for name in names if request.args.get(name)}


def asked_for() -> tuple[ScopeForm, Asking]:
    """The filter of this request, and what it asks.  Anything that is not offered is left out.
    Who sees no names asks for whole quarters, and by one dimension at a time (`rules.hiding`)."""
    form, asking = ScopeForm(), _asking()
    asking.scope = _scope(form, asking, months_said())
    return form, asking


def asked_for_rows(*, by_type: bool) -> tuple[ScopeForm, Asking]:
    """As `asked_for`; `by_type` where rows have a type, for those who see whose they are: others
    would read of one type what is hidden of it."""
    asking = _asking()
    form = RowsForm() if by_type and asking.sees_names else ScopeForm()
    asking.scope = _scope(form, asking, months_said())
    return form, asking


def asked_for_both() -> tuple[CompareForm, Asking, Scope]:
    """As `asked_for`, and what is compared with: by itself the same before."""
    form, asking, months = CompareForm(), _asking(), months_said()
    shown = _of_quarter(months, asking.today)
    asking.scope = _scope(form, asking, months, shown=shown)
    is_given = any(request.args.get(f"{name}_b") for name in BOTH)
    before = None if is_given else asking.scope
    return form, asking, _scope(form, asking, months, "_b", before, shown=shown)


def _asking() -> Asking:
    today = clock.today()
    return Asking(
        scope=Scope(today, today),
        places=places(),
        today=today,
        sees_names=viewer().holds(*SEE_NAMES),
        cohorts={one.id: i18n.named(one) for one in cohorts()},
    )


def months_said() -> list[date]:
    return list(months_known()) or [clock.today().replace(day=1)]


def _of_quarter(months: list[date], today: date) -> int:
    """How many months of its quarter there are until the newest that has begun."""
    begun = [month for month in months if month <= today] or months[:1]
    return sum(quarter_of(month) == quarter_of(begun[-1]) for month in begun)


def _scope(
    form: ScopeForm,
    asking: Asking,
    months: list[date],
    suffix: str = "",
    before: Scope | None = None,
    *,
    shown: int = MONTHS_SHOWN,
) -> Scope:
    """Of the fields with this suffix, whose choices are filled in; nothing given is the newest
    months, or those before this scope at its place."""
    fields = {name: form[f"{name}{suffix}"] for name in FILTER}
    sites, departments = asking.sites.items(), asking.places.items()
    fields["site"].choices = [(0, _("All")), *((n, site(one)) for n, one in sites)]
    fields["department"].choices = [(0, _("All")), *((n, in_full(one)) for n, one in departments)]
    fields["cohort"].choices = [(0, _("All")), *asking.cohorts.items()]
    if before is not None:
        fields["site"].data = before.site_id
        fields["department"].data = before.department_id
        fields["cohort"].data = before.cohort_id
    for name in ("site", "department", "cohort"):
        if fields[name].data not in dict(fields[name].choices):
            fields[name].data = 0
    type_id = _type(form, suffix, before)
    if type_id:
        for name in ("site", "department", "cohort"):
            fields[name].data = 0
    if fields["department"].data:
        fields["site"].data = 0
    if not asking.sees_names and (fields["site"].data or fields["department"].data):
        fields["cohort"].data = 0
    first, last = _period(fields["first"], fields["last"], asking, months, before, shown)
    return Scope(
        first,
        months_later(last, 1),
        cohort_id=fields["cohort"].data,
        department_id=fields["department"].data,
        site_id=fields["site"].data,
        type_id=type_id,
    )


def _type(form: ScopeForm, suffix: str, before: Scope | None) -> int:
    """The trainee type, of a comparison or of rows: then of the whole base."""
    if f"type{suffix}" not in form:
        return 0
    field = form[f"type{suffix}"]
    field.choices = [(0, _("All")), *words.trainee_types().items()]
    if before is not None:
        field.data = before.type_id
    if field.data not in dict(field.choices):
        field.data = 0
    return field.data


def _period(
    begins, ends, asking: Asking, months: list[date], before: Scope | None, shown: int
) -> tuple[date, date]:
    """The first and the last month chosen in these fields; otherwise the last ones that have begun,
    or as many before the scope as are known of.  Months inside a quarter are widened to it for who
    sees no names; that others are shown than were asked for is said on the page."""
    firsts = lasts = months
    if not asking.sees_names:
        firsts = sorted({quarter_of(month) for month in months})
        lasts = [months_later(quarter, 2) for quarter in firsts]
    begins.choices = [(f"{m:%Y-%m}", i18n.month(m)) for m in firsts]
    ends.choices = [(f"{m:%Y-%m}", i18n.month(m)) for m in lasts]
    begun = [month for month in months if month <= asking.today] or months[:1]
    if before is not None:
        begun = [month for month in months if month in before.before.months] or before.months
    first, last = begun[-shown:][0] if before is None else begun[0], begun[-1]
    if not asking.sees_names:
        first, last = quarter_of(first), months_later(quarter_of(last), 2)
    first = _chosen(begins, firsts, months, first)
    last = _chosen(ends, lasts, months, last)
    if last < first:
        last = next((month for month in lasts if month >= first), first)
    _tell_other_months(begins, ends, first, last, months)
    begins.data, ends.data = f"{first:%Y-%m}", f"{last:%Y-%m}"
    return first, last


def _chosen(field, offered: list[date], months: list[date], otherwise: date) -> date:
    """The month of this field, or the one of the quarter it lies in that is offered."""
    named = {f"{month:%Y-%m}": month for month in (*months, *offered)}
    month = named.get(field.data)
    if month is None or month in offered:
        return month or otherwise
    return next(one for one in offered if quarter_of(one) == quarter_of(month))


def _tell_other_months(begins, ends, first: date, last: date, months: list[date]) -> None:
    """Leaves for the page what it says of this period, where it is not what was asked for."""
    asked = {field.name: request.args.get(field.name, "") for field in (begins, ends)}
    shown = {begins.name: f"{first:%Y-%m}", ends.name: f"{last:%Y-%m}"}
    known = {f"{month:%Y-%m}" for month in months} | set(shown.values())
    if not any(asked[name] and asked[name] != shown[name] for name in asked):
        return
    said = words.NOT_THERE
    if all(not one or one in known for one in asked.values()) and not _backwards(asked.values()):
        said = words.WIDENED
    period = {"first": i18n.month(first), "last": i18n.month(last)}
    g.setdefault("other_months", {})[begins.name] = str(said) % period


def _backwards(asked) -> bool:
    first, last = asked
    return bool(first and last) and last < first

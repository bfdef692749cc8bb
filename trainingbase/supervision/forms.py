"""What people choose: months, supervisors, limits, and who takes over from whom."""

from collections.abc import Iterable, Mapping
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    MonthField,
    SelectChoice,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange

from trainingbase.faculty.words import against
from trainingbase.form import EditingForm, Form, QueryForm, options
from trainingbase.i18n import month, named
from trainingbase.months import first_of_month, months_later
from trainingbase.supervision.actions import Choice, Given
from trainingbase.supervision.queries.desk import Option, Row
from trainingbase.supervision.words import KINDS, STATES

AHEAD = 12
NOBODY, OFFICE = "", "office"


class _Where(QueryForm):
    institution = SelectField(_l("Institution"), coerce=int, default=0)
    department = SelectField(_l("Department"), coerce=int, default=0)

    def choose_from(self, departments) -> None:
        places = {one.institution_id: named(one.institution) for one in departments}
        self.institution.choices = options({0: _("All")} | places)
        self.department.choices = options(
            {0: _("All")}
            | {one.id: f"{named(one)} · {named(one.institution)}" for one in departments}
        )


class ArrivalsForm(_Where):
    month = SelectField(_l("Month"), default="")
    state = SelectField(_l("Shown"), choices=options(STATES), default="need")
    search = StringField(_l("Resident"), [Length(max=100)])

    def choose_months(self, today: date) -> None:
        first = first_of_month(today)
        months = [months_later(first, n) for n in range(AHEAD)]
        labels = {f"{one:%Y-%m}": month(one) for one in months}
        self.month.choices = options({"": _("This month and the next")} | labels)

    def period(self, today: date) -> tuple[date, date]:
        """First day, exclusive last."""
        try:
            first = date.fromisoformat(f"{self.month.data}-01")
            return first, months_later(first, 1)
        except ValueError:
            first = first_of_month(today)
            return first, months_later(first, 2)


class LoadForm(_Where):
    month = MonthField(_l("From month"))
    search = StringField(_l("Name"), [Length(max=100)])

    def first(self, today: date) -> date:
        chosen = self.month.data
        sensible = chosen is not None and 2000 <= chosen.year <= 2190
        return first_of_month(chosen if sensible else today)


class AssignForm(Form):
    """The base of what `assign_form` makes: a select and a version for each placement."""

    def choices(self) -> dict[int, Choice]:
        return {
            key: Choice(int(field.data) if field.data else None, int(self[f"v_{key}"].data or 0))
            for key, field in self.selects().items()
        }

    def selects(self) -> dict[int, SelectField]:
        """By placement."""
        names = [name for name in self._fields if name.startswith("s_")]
        return {int(name[2:]): self[name] for name in names}

    def take_versions(self, versions: Mapping[int, int]) -> None:
        """Sent again, the form counts as filled from these."""
        for key, version in versions.items():
            field = self[f"v_{key}"]
            field.data, field.raw_data = version, None


def assign_form(rows: Iterable[Row]) -> AssignForm:
    fields, data = {}, {}
    for row in rows:
        key = row.placement.id
        name = row.placement.resident.name
        fields[f"s_{key}"] = SelectField(
            _("Supervisor of %(name)s", name=name), choices=_choices(row)
        )
        fields[f"v_{key}"] = HiddenField()
        data[f"s_{key}"] = str(row.proposed or row.placement.supervisor_id or NOBODY)
        data[f"v_{key}"] = row.placement.version
    return type("RowsForm", (AssignForm,), fields)(data=data)


def _choices(row: Row) -> list[SelectChoice]:
    present = row.placement.supervisor_id
    return [SelectChoice(NOBODY, _("Nobody for now"))] + [
        option_choice(one, present=one.teacher.id == present) for one in row.options
    ]


def option_choice(one: Option, *, present: bool = False) -> SelectChoice:
    """Whoever may not is shown with the reason and cannot be chosen; the present one can stay."""
    label = f"{one.teacher.name} ({one.load}/{one.teacher.most})"
    if one.against:
        label += " – " + _(", ").join(against(reason) for reason in one.against)
    closed = bool(one.against) and not present
    return SelectChoice(str(one.teacher.id), label, render_kw={"disabled": True} if closed else {})


class LimitForm(EditingForm):
    most_residents = IntegerField(
        _l("Most residents at once"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, 20)],
    )
    why = StringField(_l("Why it changes"), [Length(max=200)])


class DayForm(QueryForm):
    """First step of a leaving: from when on."""

    kind = SelectField(_l("What happens"), choices=options(KINDS), default="left")
    from_on = DateField(_l("First day without them"), [InputRequired(_l("Choose a day."))])


class HandOverForm(Form):
    """The base of what `hand_over_form` makes: a select for everything that is open."""

    reason = StringField(_l("Reason"), [Length(max=200)])
    rest_to_office = BooleanField(_l("Leave to the office what goes to nobody above"))

    def given(self) -> Given:
        """What was chosen; what was left open is not in it."""
        return Given(**{kind: self._chosen(kind) for kind in ("placements", "tutees", "requests")})

    def _chosen(self, kind: str) -> dict[int, int | None]:
        return {
            key: None if field.data in (OFFICE, NOBODY) else int(field.data)
            for key, field in self.of(kind).items()
            if field.data or self.rest_to_office.data
        }

    def of(self, kind: str) -> dict[int, SelectField]:
        start = f"{kind}_"
        return {
            int(name.removeprefix(start)): field
            for name, field in self._fields.items()
            if name.startswith(start)
        }


def hand_over_form(
    rows: Iterable[Row], tutees: Mapping[int, list], requests: Mapping[int, tuple[list, str]]
) -> HandOverForm:
    """`rows` are placements with a proposal; `tutees` the choices by resident, `requests` the
    choices and the proposal by request."""
    open_, fields, data = SelectChoice(NOBODY, _("Choose …")), {}, {}
    for row in rows:
        name = f"placements_{row.placement.id}"
        office = SelectChoice(OFFICE, _("Left to the office: nobody for now"))
        fields[name] = SelectField(
            _("Supervisor of %(name)s", name=row.placement.resident.name),
            choices=[open_, office, *(option_choice(one) for one in row.options)],
        )
        data[name] = str(row.proposed or NOBODY)
    for key, choices in tutees.items():
        office = SelectChoice(OFFICE, _("Left to the office: nobody for now"))
        fields[f"tutees_{key}"] = SelectField(_("Tutor"), choices=[open_, office, *choices])
    for key, (choices, proposed) in requests.items():
        office = SelectChoice(OFFICE, _("Left to the office: cancelled, to be asked anew"))
        fields[f"requests_{key}"] = SelectField(_("Asked of"), choices=[open_, office, *choices])
        data[f"requests_{key}"] = proposed
    return type("OpenForm", (HandOverForm,), fields)(data=data)

"""Confirming arrivals: one, or many on a page."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from trainingbase.entering.actions import Held, Wanted
from trainingbase.entering.models import InductionItem
from trainingbase.entering.queries.desk import Row
from trainingbase.entering.words import MISSED
from trainingbase.form import EditingForm, Form, options
from trainingbase.i18n import named
from trainingbase.supervision.forms import NOBODY, option_choice

MOST_BEDS = 99


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class _Induction(Form):
    """The part that says whether and how the induction was held."""

    inducted_on = DateField(
        _l("Day of the induction"),
        [Optional()],
        description=_l("Empty as long as none was held."),
    )
    inducted_by = SelectField(_l("Held by"), coerce=int, default=0)
    items = CheckboxesField(_l("Gone through"), coerce=int)

    def choose_induction(self, holders: Mapping[int, str], items: Sequence[InductionItem]) -> None:
        self.inducted_by.choices = options({0: "—"} | holders)
        self.items.choices = options({one.id: named(one) for one in items})

    def held(self) -> Held | None:
        if self.inducted_on.data is None:
            return None
        return Held(
            self.inducted_on.data, self.inducted_by.data or None, tuple(self.items.data or ())
        )

    def check_induction(self) -> None:
        """Who and what without a day says nothing."""
        if self.inducted_on.data is None and (self.inducted_by.data or self.items.data):
            self.refuse("inducted_on", _("Choose the day of the induction."))


class ArrivalForm(_Induction, EditingForm):
    """`version` is that of the arrival, `placed` that of the placement."""

    arrived_on = DateField(_l("Day of arrival"), [InputRequired(_l("Choose a day."))])
    supervisor = SelectField(_l("Supervisor"), default=NOBODY)
    beds = IntegerField(
        _l("Beds in their care"),
        [Optional(), NumberRange(0, MOST_BEDS, _l("A number of beds from 0 to 99."))],
    )
    placed = IntegerField(widget=HiddenInput(), validators=[Optional()])
    why = TextAreaField(_l("Why it is corrected"), [Length(max=200)])

    def choose_supervisors(self, row: Row) -> None:
        """Those of whom `supervision` knows; who is settled stays."""
        present = row.placement.supervisor
        choices = options({NOBODY: _("Nobody for now")})
        seen = row.choice.options if row.choice is not None else ()
        for one in seen:
            choices.append(
                option_choice(one, present=bool(present and one.teacher.id == present.id))
            )
        if present is not None and all(one.teacher.id != present.id for one in seen):
            choices += options({str(present.id): present.name})
        self.supervisor.choices = choices

    def supervisor_id(self) -> int | None:
        return int(self.supervisor.data) if self.supervisor.data else None

    def wanted(self) -> Wanted:
        return Wanted(
            arrived_on=self.arrived_on.data,
            supervisor_id=self.supervisor_id(),
            beds=self.beds.data,
            placed=self.placed.data or 0,
            version=self.version.data or 0,
            induction=self.held(),
        )


class UndoForm(EditingForm):
    why = TextAreaField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=200)])


class MissedForm(EditingForm):
    because = RadioField(
        _l("Why they did not come"),
        [InputRequired(_l("Choose a reason."))],
        choices=options(MISSED),
    )
    note = TextAreaField(
        _l("Note"),
        [Length(max=300)],
        description=_l("What was tried, what is known. No diagnosis."),
    )

    def validate_note(self, field):
        if self.because.data == "other" and not field.data:
            self.refuse("note", _("Say which reason."))


class TickForm(_Induction):
    """The base of what `tick_form` makes: for each placement a tick (t), a day (d), a supervisor
    (s), beds (b), and the versions of placement (v) and arrival (a)."""

    def rows(self) -> list[int]:
        return [int(name[2:]) for name in self._fields if name.startswith("t_")]

    def ticked(self) -> list[int]:
        return [key for key in self.rows() if self[f"t_{key}"].data]

    def check(self) -> bool:
        """Every ticked row has its day; and something is ticked."""
        self.check_induction()
        for key in self.ticked():
            if self[f"d_{key}"].data is None and not self[f"d_{key}"].errors:
                self.refuse(f"d_{key}", _("Choose a day."))
        return not self.errors

    def wanted(self) -> dict[int, Wanted]:
        return {key: self._wanted(key) for key in self.ticked()}

    def _wanted(self, key: int) -> Wanted:
        chosen = self[f"s_{key}"].data
        return Wanted(
            arrived_on=self[f"d_{key}"].data,
            supervisor_id=int(chosen) if chosen else None,
            beds=self[f"b_{key}"].data,
            placed=int(self[f"v_{key}"].data or 0),
            version=int(self[f"a_{key}"].data or 0),
            induction=self.held(),
        )

    def take_versions(self, rows: Iterable[Row]) -> None:
        """Sent again, the form counts as filled from these."""
        for row in rows:
            for name, version in (("v", row.placement.version), ("a", row.version)):
                field = self[f"{name}_{row.placement.id}"]
                field.data, field.raw_data = version, None


def tick_form(
    rows: Iterable[Row],
    items: Sequence[InductionItem],
    holders: Mapping[int, str],
    *,
    today: date,
    ticked: bool = False,
) -> TickForm:
    """For the rows that can be confirmed; `holders` may have held an induction there.  With
    `ticked` whoever was expected by today is ticked."""
    fields: dict = {}
    data: dict = {}
    for row in rows:
        one, key = row.placement, row.placement.id
        name = one.resident.name
        fields[f"t_{key}"] = BooleanField(_("%(name)s has arrived", name=name))
        fields[f"d_{key}"] = DateField(_("Day of arrival of %(name)s", name=name), [Optional()])
        fields[f"s_{key}"] = SelectField(
            _("Supervisor of %(name)s", name=name), choices=_choices(row)
        )
        fields[f"b_{key}"] = IntegerField(
            _("Beds of %(name)s", name=name),
            [Optional(), NumberRange(0, MOST_BEDS, _l("A number of beds from 0 to 99."))],
        )
        fields[f"v_{key}"] = HiddenField()
        fields[f"a_{key}"] = HiddenField()
        data |= {
            f"t_{key}": ticked and row.state == "due",
            f"d_{key}": usual_day(row, today),
            f"s_{key}": str(proposed_supervisor(row) or NOBODY),
            f"v_{key}": one.version,
            f"a_{key}": row.version,
        }
    form = type("RowsForm", (TickForm,), fields)(data=data)
    form.choose_induction(holders, items)
    return form


def usual_day(row: Row, today: date) -> date | None:
    """The day expected; whoever is late came on a day that must be said."""
    expected = row.standing.expected_on
    return expected if row.state == "due" and expected is not None and expected <= today else None


def proposed_supervisor(row: Row) -> int | None:
    if row.choice is None:
        return row.placement.supervisor_id
    return row.choice.proposed or row.placement.supervisor_id


def _choices(row: Row):
    present = row.placement.supervisor
    if row.choice is None:
        return options({str(present.id) if present else NOBODY: present.name if present else "—"})
    return options({NOBODY: _("Nobody for now")}) + [
        option_choice(one, present=bool(present and one.teacher.id == present.id))
        for one in row.choice.options
    ]

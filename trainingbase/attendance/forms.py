"""What people type about attendance."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    MonthField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.attendance.words import (
    APPEAL_STATES,
    CHOICE_FIELDS,
    COUNTINGS,
    FIGURES,
    HALVES,
    MARKED,
    MARKED_HALF,
    MODES,
)
from trainingbase.files.forms import UploadField
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.i18n import named

FORGET = "forget"
"""Chosen in the place of a state: what was recorded is taken back."""


def _of_departments(field, departments, *, everywhere: bool = True) -> None:
    """The departments as choices, under the name of their site where there are several."""
    several = len({one.institution_id for one in departments}) > 1
    labels = {0: _("All")} if everywhere else {}
    for one in departments:
        name = named(one)
        labels[one.id] = f"{named(one.institution)} · {name}" if several else name
    field.choices = options(labels)


class DepartmentsMixin:
    department: SelectField

    def choose_from(self, departments) -> None:
        _of_departments(self.department, departments)


class DayForm(DepartmentsMixin, QueryForm):
    day = DateField(_l("Day"), [Optional()])
    department = SelectField(_l("Department"), coerce=int, default=0)
    figure = SelectField(
        _l("State"), choices=options({"": _l("All")} | FIGURES), default="", validate_choice=False
    )
    search = StringField(_l("Name"), [Length(max=100)])


class MonthForm(DepartmentsMixin, QueryForm):
    month = MonthField(_l("Month"), [Optional()])
    department = SelectField(_l("Department"), coerce=int, default=0)
    search = StringField(_l("Name"), [Length(max=100)])


class MatrixForm(QueryForm):
    month = MonthField(_l("Last month"), [Optional()])


class MarkForm(Form):
    """One tap: what a placement's day, or half of it, is."""

    day = DateField(_l("Day"), [InputRequired()])
    half = SelectField(_l("When"), choices=options({"": _l("Whole day")} | HALVES), default="")
    state = SelectField(
        _l("What it was"),
        choices=options(MARKED_HALF | {FORGET: _l("Take the record back")}),
    )
    reason = StringField(_l("Reason"), [Length(max=200)])
    version = IntegerField(_l("Version"), [InputRequired(), NumberRange(0)])

    def halves(self, before: tuple[str | None, str | None]) -> tuple[str | None, str | None]:
        """What the day is to be, given what was recorded."""
        state = None if self.state.data == FORGET else self.state.data
        if not self.half.data:
            return state, state
        return (state, before[1]) if self.half.data == "morning" else (before[0], state)


class ConfirmForm(Form):
    day = DateField(_l("Day"), [InputRequired()])


class CloseForm(Form):
    confirms = BooleanField(_l("Everybody else was there on these days"))
    said = TextAreaField(_l("What is to be said of what is not known"), [Length(max=500)])


class ReopenForm(EditingForm):
    because = StringField(
        _l("Why it is opened again"), [InputRequired(_l("Say why.")), Length(max=200)]
    )


class AppealForm(CreatingForm):
    half = SelectField(_l("When"), choices=options({"": _l("Whole day")} | HALVES), default="")
    state = SelectField(
        _l("What it was"),
        choices=options({one: label for one, label in MARKED.items() if one != "absence"}),
    )
    reason = TextAreaField(
        _l("Reason"),
        [InputRequired(_l("Say what happened.")), Length(max=500)],
        description=_l("Read by your supervisor, the secretary and the office."),
    )
    paper = UploadField(_l("Photo or file"), description=_l("If you have one that shows it."))

    def halves(self) -> tuple[str | None, str | None]:
        half, state = self.half.data, self.state.data
        return (
            state if half in ("", "morning") else None,
            state if half in ("", "afternoon") else None,
        )


class AnswerForm(EditingForm):
    answer = TextAreaField(
        _l("A word to the resident"), [Length(max=500)], description=_l("Needed when you refuse.")
    )


class AppealSearchForm(DepartmentsMixin, QueryForm):
    state = SelectField(
        _l("State"), choices=options({"": _l("All")} | APPEAL_STATES), default="open"
    )
    department = SelectField(_l("Department"), coerce=int, default=0)
    search = StringField(_l("Name"), [Length(max=100)])


class YearForm(QueryForm):
    year = IntegerField(_l("Year"), [Optional(), NumberRange(2000, 2100)])


class ExceptionForm(Form):
    day_on = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    is_working = SelectField(
        _l("This day is"),
        choices=options({"off": _l("a day off"), "working": _l("a working day")}),
        default="off",
    )
    where = SelectField(_l("Applies to"))
    reason = StringField(_l("Reason"), [InputRequired(_l("Say the reason.")), Length(max=60)])

    def choose_from(self, departments) -> None:
        labels = {"base": _("the whole base")}
        for one in departments:
            labels[f"i{one.institution_id}"] = named(one.institution)
        for one in departments:
            labels[f"d{one.id}"] = f"{named(one.institution)} · {named(one)}"
        self.where.choices = options(labels)

    def place(self) -> dict[str, int | None]:
        kind, number = self.where.data[0], self.where.data[1:]
        return {
            "institution_id": int(number) if kind == "i" else None,
            "department_id": int(number) if kind == "d" else None,
        }


class ChoiceForm(EditingForm):
    from_on = MonthField(CHOICE_FIELDS["from_on"], [InputRequired(_l("Choose a month."))])
    mode = SelectField(CHOICE_FIELDS["mode"], choices=options(MODES))
    counting = SelectField(CHOICE_FIELDS["counting"], choices=options(COUNTINGS))
    morning_opens = TimeField(CHOICE_FIELDS["morning_opens"], [InputRequired(_l("Enter a time."))])
    morning_closes = TimeField(
        CHOICE_FIELDS["morning_closes"], [InputRequired(_l("Enter a time."))]
    )
    afternoon_opens = TimeField(
        CHOICE_FIELDS["afternoon_opens"], [InputRequired(_l("Enter a time."))]
    )
    afternoon_closes = TimeField(
        CHOICE_FIELDS["afternoon_closes"], [InputRequired(_l("Enter a time."))]
    )
    once_a_day = BooleanField(CHOICE_FIELDS["once_a_day"])
    why = StringField(_l("Why"), [Length(max=200)])

    def validate_morning_closes(self, _field):
        self._in_order("morning")

    def validate_afternoon_closes(self, _field):
        self._in_order("afternoon")

    def _in_order(self, half: str) -> None:
        opens, closes = self[f"{half}_opens"].data, self[f"{half}_closes"].data
        if opens and closes and opens >= closes:
            self.refuse(f"{half}_closes", _("It ends before it begins."))

    def chosen(self) -> dict:
        return {name: value for name, value in self.answers().items() if name != "why"}

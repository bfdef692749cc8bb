"""What the office types about plans."""

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    IntegerField,
    MonthField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, Regexp
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from trainingbase.form import CreatingForm, EditingForm, QueryForm, options


class HiddenInteger(IntegerField):
    widget = HiddenInput()


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def seconds_field() -> SelectField:
    """How long the worker may look for a plan."""
    choices = {
        20: _l("20 seconds"),
        60: _l("1 minute"),
        300: _l("5 minutes"),
        1200: _l("20 minutes"),
        3600: _l("1 hour"),
    }
    return SelectField(_l("Time for solving"), coerce=int, default=60, choices=options(choices))


class PlanForm(CreatingForm):
    title = StringField(
        _l("Title"),
        [InputRequired(_l("Give the plan a title.")), Length(max=120)],
        description=_l("For example the intake and the month in which it begins."),
    )
    cohorts = CheckboxesField(
        _l("Cohorts to plan anew"),
        coerce=int,
        description=_l("Everybody else keeps the placements of the plan this one is based on."),
    )
    starts_on = MonthField(_l("First month"), [InputRequired(_l("Choose the first month."))])
    months = IntegerField(
        _l("Months ahead, at least"),
        [InputRequired(_l("Enter a number of months.")), NumberRange(1, 72)],
        description=_l("The plan reaches to the end of everybody's training in any case."),
        default=12,
    )
    based_on = SelectField(
        _l("Based on"),
        coerce=int,
        default=0,
        description=_l("What has begun stays, and as little as possible is moved."),
    )
    wishes = SelectField(
        _l("Wishes of"),
        coerce=int,
        default=0,
        description=_l("What residents wished in this round is weighed."),
    )
    seconds = seconds_field()

    def validate_starts_on(self, field):
        if field.data and not 2000 <= field.data.year <= 2100:
            self.refuse("starts_on", _l("Choose a month between 2000 and 2100."))

    def validate_cohorts(self, field):
        if not field.data:
            self.refuse("cohorts", _l("Choose at least one cohort."))


class PlanSearchForm(QueryForm):
    search = StringField(_l("Title"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "waiting": _l("Being solved"),
                "draft": _l("Drafts"),
                "what_if": _l("What if"),
                "in_force": _l("In force"),
                "withdrawn": _l("Withdrawn"),
            }
        ),
        default="",
    )


class GridForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)
    institution = SelectField(_l("Site"), coerce=int, default=0)
    department = SelectField(_l("Department"), coerce=int, default=0)


class ComparisonForm(QueryForm):
    other = SelectField(_l("Compare with"), coerce=int, default=0)
    search = StringField(_l("Resident"), [Length(max=100)])


class PublicationForm(EditingForm):
    reason = TextAreaField(
        _l("Reason to publish with breaches"),
        [Length(max=1000)],
        description=_l("Kept in the audit trail beside each breach."),
    )


class CopyForm(CreatingForm):
    title = StringField(_l("Title"), [InputRequired(_l("Give the plan a title.")), Length(max=120)])


class MoveForm(EditingForm):
    """Where a placement goes; the choices are set by the page (`department-standard`)."""

    where = SelectField(_l("Department"))
    month = MonthField(_l("First month"), [InputRequired(_l("Choose the first month."))])
    half = RadioField(
        _l("Begins"),
        choices=options({0: _l("On the 1st"), 1: _l("On the 16th")}),
        coerce=int,
        default=0,
    )


class SwapForm(EditingForm):
    other = SelectField(
        _l("Change places with"),
        coerce=int,
        description=_l("Another placement of the same resident. What lies between moves along."),
    )


class UndoForm(EditingForm):
    pass


class ArrangementForm(EditingForm):
    """Where a placement was put down on the grid; `where` is `department-standard` or nothing."""

    row = HiddenInteger()
    resident = HiddenInteger()
    month = HiddenField(validators=[Optional(), Regexp(r"20\d\d-(0[1-9]|1[0-2])$")])
    where = HiddenField(validators=[Optional(), Regexp(r"\d{1,9}-\d{1,9}$")])
    view = HiddenField(validators=[Length(max=300)])

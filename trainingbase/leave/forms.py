"""What people type about leave."""

from datetime import timedelta

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
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.files.forms import UploadsField
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.leave.rules.judging import Wanted
from trainingbase.leave.words import RULE_FIELDS, STATES
from trainingbase.words import LEAVE_KINDS

MOST_PAPERS = 6


class AskForm(QueryForm):
    """What is looked at before it is asked for; it stands in the address."""

    kind = SelectField(_l("Kind of leave"), [InputRequired(_l("Choose a kind."))])
    first = DateField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last = DateField(_l("Last day"), [InputRequired(_l("Choose the last day."))])

    def wanted(self, *, by_office: bool = False) -> Wanted:
        end = self.last.data + timedelta(days=1)
        return Wanted(self.kind.data, self.first.data, end, by_office)


class ForForm(AskForm):
    """The same, for a resident whom the office chooses."""

    resident = SelectField(
        _l("Resident"), [InputRequired(_l("Choose a resident."))], coerce=int, default=0
    )


class ApplicationForm(CreatingForm):
    reason = TextAreaField(
        _l("Reason"),
        [Length(max=500)],
        description=_l("Read by who approves. What is private may stay out."),
    )
    papers = UploadsField(_l("Papers"), description=_l("Photos or PDF, six at most."))

    def validate_papers(self, field):
        if len(field.uploads) > MOST_PAPERS:
            self.refuse("papers", _("Six files at most."))


class DecisionForm(EditingForm):
    reason = TextAreaField(
        _l("A word to the resident"),
        [Length(max=500)],
        description=_l("Needed when you refuse."),
    )


class HandOverForm(EditingForm):
    pass


class BackForm(Form):
    back_on = DateField(
        _l("First day back"),
        [InputRequired(_l("Choose the first day back."))],
        description=_l("The first day of the leave, if none of it was taken."),
    )


class ConfirmBackForm(EditingForm):
    back_on = DateField(_l("First day back"), [InputRequired(_l("Choose the first day back."))])


class CorrectionForm(EditingForm):
    kind = SelectField(_l("Kind of leave"), choices=options(LEAVE_KINDS))
    first = DateField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last = DateField(_l("Last day"), [InputRequired(_l("Choose the last day."))])
    returned_on = DateField(
        _l("First day back"), [Optional()], description=_l("Empty while the leave goes on.")
    )
    reason = TextAreaField(_l("Reason"), [Length(max=500)])
    why = StringField(_l("Why it is corrected"), [InputRequired(_l("Say why.")), Length(max=200)])


class WhyForm(EditingForm):
    why = StringField(_l("Why"), [InputRequired(_l("Say why.")), Length(max=200)])


class LeaveSearchForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {"": _l("All"), "mine": _l("Waiting for me"), "back": _l("Return to confirm")} | STATES
        ),
        default="",
    )
    kind = SelectField(_l("Kind"), choices=options({"": _l("All")} | LEAVE_KINDS), default="")
    first = DateField(_l("From"), [Optional()])
    last = DateField(_l("To"), [Optional()])


class MonthForm(QueryForm):
    month = MonthField(_l("Month"), [Optional()])
    department = SelectField(_l("Department"), coerce=int, default=0)


class LedgerForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    year = IntegerField(_l("Year"), [Optional(), NumberRange(2000, 2100)])
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)


class EndDateSearchForm(QueryForm):
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "open": _l("To decide"),
                "done": _l("Moved"),
                "dismissed": _l("Left as it was"),
                "all": _l("All"),
            }
        ),
        default="open",
    )


def _days(name: str, least: int = 1) -> IntegerField:
    bounds = NumberRange(least, 1000, _l("Enter 1 to 1000, or nothing."))
    return IntegerField(RULE_FIELDS[name], [Optional(), bounds])


class RuleForm(EditingForm):
    by_residents = BooleanField(RULE_FIELDS["by_residents"])
    paid = BooleanField(RULE_FIELDS["paid"])
    working_days = BooleanField(
        RULE_FIELDS["working_days"],
        description=_l(
            "Weekends and the public holidays that the office has entered do not count."
        ),
    )
    attachment_from_days = _days("attachment_from_days")
    most_days_a_year = _days("most_days_a_year")
    most_days_an_event = _days("most_days_an_event")
    extends = BooleanField(RULE_FIELDS["extends"])
    extends_after_days = IntegerField(
        RULE_FIELDS["extends_after_days"], [Optional(), NumberRange(0, 1000)]
    )
    in_total = BooleanField(RULE_FIELDS["in_total"])
    supervisor_from_days = _days("supervisor_from_days")
    secretary_from_days = _days("secretary_from_days")
    tutor_from_days = _days("tutor_from_days")
    office_from_days = _days("office_from_days")
    why = StringField(_l("Why it changes"), [Length(max=200)])

    def chosen(self) -> dict:
        answers = {name: value for name, value in self.answers().items() if name != "why"}
        return answers | {"extends_after_days": answers["extends_after_days"] or 0}


class DayOffForm(Form):
    day_on = DateField(_l("Day"), [InputRequired(_l("Choose a day."))])
    is_working = SelectField(
        _l("This day is"),
        choices=options({"off": _l("a holiday"), "working": _l("worked, though a weekend")}),
        default="off",
    )
    name = StringField(_l("Occasion"), [InputRequired(_l("Say which occasion.")), Length(max=60)])

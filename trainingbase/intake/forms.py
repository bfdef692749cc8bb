"""What the office types about intakes and applicants."""

from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.enrolment.forms import PersonFields
from trainingbase.files.forms import UploadsField
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.intake.models import Intake
from trainingbase.intake.words import DECISIONS, DOCUMENTS, STATES

NUMBER = InputRequired(_l("Enter a number."))
WHY = [InputRequired(_l("Say why: it is kept in the history.")), Length(max=300)]


class PlanFields:
    planned = IntegerField(_l("Planned"), [NUMBER, NumberRange(0, 1000)])
    starts_on = DateField(_l("Training begins"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Training ends"), [InputRequired(_l("Choose the last day."))])
    report_by = DateField(
        _l("Report in by"), [InputRequired(_l("Choose the last day to report in."))]
    )
    written_most = DecimalField(_l("Highest written score"), [NUMBER, NumberRange(1, 1000)])
    interview_most = DecimalField(_l("Highest interview score"), [NUMBER, NumberRange(1, 1000)])

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)  # type: ignore[misc]
        if well and self.last_day.data < self.starts_on.data:
            self.refuse("last_day", _("This lies before the first day."))  # type: ignore[attr-defined]
            return False
        return well

    def values(self) -> dict:
        return {
            "planned": self.planned.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.last_day.data + timedelta(days=1),
            "report_ends_on": self.report_by.data + timedelta(days=1),
            "written_most": self.written_most.data,
            "interview_most": self.interview_most.data,
        }


class NewIntakeForm(PlanFields, CreatingForm):
    year = IntegerField(_l("Year"), [NUMBER, NumberRange(2000, 2100)])
    programme_id = SelectField(_l("Programme"), coerce=int)

    def values(self) -> dict:
        return super().values() | {
            "year": self.year.data,
            "programme_id": self.programme_id.data,
        }


class IntakeForm(PlanFields, EditingForm):
    why = StringField(_l("Why it is changed"), WHY)


def plan_of(intake: Intake) -> dict:
    """What stands in the plan, by the fields of the form."""
    names = ("planned", "starts_on", "written_most", "interview_most", "version")
    return {name: getattr(intake, name) for name in names} | {
        "last_day": intake.ends_on - timedelta(days=1),
        "report_by": intake.report_ends_on - timedelta(days=1),
    }


class NewApplicantForm(PersonFields, CreatingForm):
    pass


class ApplicantForm(PersonFields, EditingForm):
    why = StringField(_l("Why it is changed"), WHY)


class ScoresForm(EditingForm):
    written = DecimalField(_l("Written"), [Optional(), NumberRange(0, 1000)])
    interview = DecimalField(_l("Interview"), [Optional(), NumberRange(0, 1000)])

    def within(self, intake: Intake) -> "ScoresForm":
        """Knowing the highest scores."""
        self.most = {"written": intake.written_most, "interview": intake.interview_most}
        return self

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        for name, most in self.most.items():
            if self[name].data is not None and self[name].data > most:
                self.refuse(name, _("At most %(most)s.", most=most))
                well = False
        return well


class DecisionForm(EditingForm):
    decision = RadioField(
        _l("Decision"), [InputRequired(_l("Choose one."))], choices=options(DECISIONS)
    )
    reason = StringField(_l("Reason"), [Length(max=300)])

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if well and self.decision.data != "admitted" and not self.reason.data:
            self.refuse("reason", _("Give the reason."))
            return False
        return well


class DocumentsForm(Form):
    kind = SelectField(_l("What it is"), choices=options(DOCUMENTS))
    files = UploadsField(_l("Files"))

    def validate_files(self, field):
        if not field.uploads and not field.errors:
            self.refuse("files", _("Choose a file."))


class IntakeSearchForm(QueryForm):
    search = StringField(_l("Year or programme"), [Length(max=100)])


class ApplicantSearchForm(QueryForm):
    search = StringField(_l("Name, ID number, school"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({"": _l("All")} | STATES), default="")


class ArrivalSearchForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {"": _l("All"), "missing": _l("Not yet here"), "reported": _l("Reported in")}
        ),
        default="",
    )

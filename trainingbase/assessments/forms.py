"""The forms of assessments.  What an instrument asks is data; its form is built from it."""

from datetime import date

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length

from trainingbase.assessments.models import Instrument
from trainingbase.assessments.words import EXAMINATIONS, STATES
from trainingbase.form import LONGEST_TEXT, CreatingForm, QueryForm, options
from trainingbase.instruments.forms import answering
from trainingbase.instruments.forms.answering import AnswerForm, bands_of, field_name, option_name

__all__ = ["AssessmentForm", "bands_of", "field_name", "form_of", "option_name"]


class AssessmentForm(AnswerForm):
    """What the form asks, and the day."""

    observed_on = DateField(_l("Observed on"), [InputRequired(_l("Give the day."))])


def form_of(instrument: Instrument, *, day: date, known: dict[str, int]) -> AssessmentForm:
    """The form of an instrument; `known` fills items the portal has the answer to."""
    return answering.form_of(
        instrument, known=known, base=AssessmentForm, data={"observed_on": day}
    )


class AmendmentForm(CreatingForm):
    text = TextAreaField(
        _l("What has to be put right"),
        [DataRequired(_l("Write what has to be put right.")), Length(max=LONGEST_TEXT)],
    )


class ListForm(QueryForm):
    """The filter above a list; the route fills the choices."""

    search = StringField(_l("Resident"), [Length(max=100)])
    instrument = SelectField(_l("Form"), default="")
    department = SelectField(_l("Department"), coerce=int, default=0)
    institution = SelectField(_l("Site"), coerce=int, default=0)


class SubmissionListForm(ListForm):
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "unread": _l("Not read yet"),
                "passed": _l("Passed"),
                "failed": _l("Not passed"),
            }
        ),
        default="",
    )


class RequestListForm(ListForm):
    state = SelectField(_l("State"), choices=options({"": _l("All"), **STATES}), default="")


class WhomForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    department = SelectField(_l("Department"), coerce=int, default=0)


class AskForm(CreatingForm):
    instrument = SelectField(_l("Form"))
    assessor = SelectField(_l("Assessor"), coerce=int)
    due_on = DateField(_l("Due on"), [InputRequired(_l("Give the day."))])


class ResultListForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    kind = SelectField(
        _l("Which examination"), choices=options({"": _l("All"), **EXAMINATIONS}), default=""
    )
    year = SelectField(_l("Year"), coerce=int, default=0)

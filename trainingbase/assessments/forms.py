"""The forms of assessments.  What an instrument asks is data; its form is built from it."""

from collections.abc import Mapping
from datetime import date

from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from trainingbase.assessments.models import Instrument
from trainingbase.assessments.words import COACHING_MODES, EXAMINATIONS, STATES, WAITS_FOR
from trainingbase.form import (
    LONGEST_TEXT,
    NOT_ANSWERS,
    CreatingForm,
    EditingForm,
    Form,
    QueryForm,
    options,
)
from trainingbase.instruments.forms import answering
from trainingbase.instruments.forms.answering import AnswerForm, bands_of, field_name, option_name

__all__ = ["AssessmentForm", "bands_of", "field_name", "form_of", "option_name"]


class AssessmentForm(AnswerForm):
    """What the form asks, and the day."""

    observed_on = DateField(_l("Observed on"), [InputRequired(_l("Give the day."))])

    def resume(self, values: Mapping[str, str], form_key: str) -> None:
        """Go on with a draft: its answers, and its key, so that it is sent once from wherever.
        What was typed when a session ended is newer."""
        if self.form_key.raw_data:
            return
        self.form_key.data = form_key
        typed = MultiDict({name: value for name, value in values.items() if name in self._fields})
        for field in self:
            if field.name in typed and field.name not in NOT_ANSWERS:
                field.process(typed, data=field.data)


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
    assessor = SelectField(_l("Assessor"), coerce=int, default=0)
    since = DateField(_l("Asked from"), [Optional()])
    until = DateField(_l("Asked until"), [Optional()])


class WhomForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    department = SelectField(_l("Department"), coerce=int, default=0)


class HandOnForm(Form):
    to = SelectField(_l("Colleague"), coerce=int)


class NotWithMeForm(Form):
    reason = TextAreaField(
        _l("Why?"), [DataRequired(_l("Say why.")), Length(max=500)],
        description=_l("For example: on leave in those weeks, or with another teacher."),
    )  # fmt: skip


class ReplyForm(CreatingForm):
    text = TextAreaField(
        _l("Your reply"), [DataRequired(_l("Write your reply.")), Length(max=LONGEST_TEXT)]
    )


class PlannedListForm(QueryForm):
    search = StringField(_l("Resident or teacher"), [Length(max=100)])
    department = SelectField(_l("Department"), coerce=int, default=0)
    state = SelectField(_l("Waits for"), choices=options({"": _l("All"), **WAITS_FOR}), default="")


class LatencyForm(QueryForm):
    by = SelectField(_l("Figures by"), default="department")
    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("Until"), [Optional()])
    institution = SelectField(_l("Site"), coerce=int, default=0)
    department = SelectField(_l("Department"), coerce=int, default=0)
    instrument = SelectField(_l("Form"), default="")


class ItemStatisticsForm(QueryForm):
    form = SelectField(_l("Form"), coerce=int, default=0)
    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("Until"), [Optional()])
    institution = SelectField(_l("Site"), coerce=int, default=0)
    department = SelectField(_l("Department"), coerce=int, default=0)


class CoachingForm(EditingForm):
    mode = SelectField(_l("Comments"), choices=options(COACHING_MODES))


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

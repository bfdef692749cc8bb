"""The forms of assessments.  What an instrument asks is data; its form is built from it."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DecimalField,
    IntegerField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from trainingbase.assessments.models import Instrument, Item
from trainingbase.assessments.rules import LARGEST, NOT_OBSERVED, AnswersAtFault
from trainingbase.assessments.words import EXAMINATIONS, STATES
from trainingbase.form import LONGEST_TEXT, CreatingForm, QueryForm, options
from trainingbase.i18n import language, named

UNOBSERVED = "not_observed"


class RatingField(RadioField):
    """Shown as large buttons; the macros know it by its name."""


class AssessmentForm(CreatingForm):
    """The day, and one field for each item; `form_of` adds them."""

    items: list[Item] = []

    observed_on = DateField(_l("Observed on"), [InputRequired(_l("Give the day."))])

    def given(self) -> dict[str, Any]:
        """The answers by item code; what was left blank is left out."""
        answers = {}
        for item in self.items:
            value = self[field_name(item)].data
            if value is not None and value != "":
                answers[item.code] = NOT_OBSERVED if value == UNOBSERVED else value
        return answers

    def refuse_answers(self, at_fault: AnswersAtFault) -> None:
        names = {item.code: field_name(item) for item in self.items}
        for fault in at_fault.faults:
            self.refuse(names[fault.code], _("This answer is missing or not possible."))


def field_name(item: Item) -> str:
    return item.code.replace(".", "_")


def option_name(option: list) -> str:
    """Of `[value, zh, en]`."""
    return option[2] if language() == "en" else option[1]


def bands_of(item: Item) -> list[tuple[int, int, str]]:
    return [(band[0], band[1], option_name(band[1:])) for band in item.anchors or ()]


def form_of(instrument: Instrument, *, day: date, known: dict[str, int]) -> AssessmentForm:
    """The form of an instrument; `known` fills items the portal has the answer to."""
    fields = {field_name(item): _field(item) for item in instrument.items}
    made = type("FormOfInstrument", (AssessmentForm,), {**fields, "items": instrument.items})
    filled = {
        field_name(item): known[item.known_as]
        for item in instrument.items
        if item.known_as in known
    }
    return made(data={"observed_on": day, **filled})


def _field(item: Item):
    kind_of_needed = DataRequired if item.kind == "text" else InputRequired  # 0 is an answer
    needed = kind_of_needed(_l("Choose or type an answer.")) if item.is_required else Optional()
    label = named(item)
    if item.kind == "text":
        return TextAreaField(label, [needed, Length(max=LONGEST_TEXT)])
    if item.kind == "boolean":
        return RatingField(label, [needed], choices=NO_OR_YES)
    if item.kind == "rating" or item.options:
        return RatingField(label, [needed], choices=_choices(item))
    low = item.lowest if item.lowest is not None else 0
    high = item.highest if item.highest is not None else LARGEST
    within = NumberRange(
        low, high, _("Between %(low)s and %(high)s.", low=int(low), high=int(high))
    )
    if item.kind == "score":
        hint = _("At most %(points)s points.", points=int(high))
        return DecimalField(label, [needed, within], description=hint, render_kw=DECIMAL)
    unit = _("Minutes") if item.kind == "minutes" else ""
    return IntegerField(label, [needed, within], description=unit, render_kw=WHOLE)


NO_OR_YES = [
    SelectChoice("0", _l("No, there was not")),
    SelectChoice("1", _l("Yes, there was")),
]
DECIMAL = {"inputmode": "decimal", "autocomplete": "off"}
WHOLE = {"inputmode": "numeric", "autocomplete": "off"}


def _choices(item: Item) -> list[SelectChoice]:
    if item.options:
        return [SelectChoice(str(option[0]), option_name(option)) for option in item.options]
    marks = range(int(item.lowest), int(item.highest) + 1)
    choices = [SelectChoice(str(mark), str(mark)) for mark in marks]
    if item.may_be_unobserved:
        choices.append(SelectChoice(UNOBSERVED, _("Not observed")))
    return choices


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

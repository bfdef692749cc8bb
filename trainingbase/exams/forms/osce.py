"""Sessions, stations, rooms, marks and standards."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.assessments.words import IDENTITIES
from trainingbase.clock import LOCAL
from trainingbase.exams.forms.sittings import DECIMAL, EVERY, SCORE, WHY
from trainingbase.exams.models import METHODS as METHOD_CODES
from trainingbase.exams.models import PanelLine
from trainingbase.exams.words import METHODS, RATINGS, SESSION_STATES
from trainingbase.form import LONGEST_TEXT, CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.instruments.forms.answering import AnswerForm, RatingField


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class SessionListForm(QueryForm):
    search = StringField(_l("Title"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({**EVERY, **SESSION_STATES}), default="")


def whole(label, low: int, high: int, default: int | None = None) -> IntegerField:
    within = NumberRange(low, high, _l("Between %(low)s and %(high)s.", low=low, high=high))
    needed = Optional() if default is None else InputRequired(_l("Enter a number."))
    return IntegerField(label, [needed, within], default=default)


class SessionFields:
    title = StringField(_l("Title"), [DataRequired(_l("Give a title.")), Length(max=100)])
    held_on = DateField(_l("Day"), [InputRequired(_l("Give the day."))])
    begins = TimeField(_l("First bell"), [InputRequired(_l("Enter a time."))])
    place = StringField(_l("Place"), [Length(max=100)])
    circuits = whole(_l("Parallel circuits"), 1, 26, 1)
    rests = whole(_l("Rest stations in a circuit, at least"), 0, 30, 0)
    change_minutes = whole(_l("Minutes to change"), 0, 60, 1)
    pause_minutes = whole(_l("Minutes of pause after a wave"), 0, 240, 0)
    least_stations = whole(_l("Stations that must be passed at least"), 1, 60)
    sitting = SelectField(_l("Its scores are the skills of"), coerce=int, default=0)

    def given(self) -> dict[str, Any]:
        form: Any = self
        names = (
            "title", "held_on", "place", "circuits", "rests", "change_minutes", "pause_minutes",
            "least_stations",
        )  # fmt: skip
        found = {name: form[name].data for name in names}
        found["place"] = found["place"] or None
        found["begins_at"] = datetime.combine(form.held_on.data, form.begins.data, LOCAL)
        found["sitting_id"] = form.sitting.data or None
        return found


class NewSessionForm(SessionFields, CreatingForm):
    pass


class SessionForm(SessionFields, EditingForm):
    pass


class StationFields:
    name = StringField(_l("Name"), [DataRequired(_l("Give a name.")), Length(max=100)])
    name_en = StringField(_l("Name in English"), [Length(max=100)])
    instrument = SelectField(
        _l("Mark sheet"),
        coerce=int,
        description=_l("Forms in use that give points; make more of them under Forms."),
    )
    minutes = whole(_l("Minutes"), 1, 240, 8)
    weight = DecimalField(
        _l("Weight in the total"),
        [InputRequired(_l("Enter a number.")), NumberRange(0.1, 100, _l("Between 0.1 and 100."))],
        default=1,
        render_kw=DECIMAL,
    )
    must_pass = BooleanField(_l("Nobody passes without this station"))
    task = TextAreaField(_l("Task, for the door"), [Length(max=LONGEST_TEXT)])
    briefing = TextAreaField(_l("For the examiner"), [Length(max=LONGEST_TEXT)])

    def given(self) -> dict[str, Any]:
        form: Any = self
        names = ("name", "minutes", "weight", "must_pass")
        found = {name: form[name].data for name in names}
        for name in ("name_en", "task", "briefing"):
            found[name] = form[name].data or None
        return {**found, "instrument_id": form.instrument.data}


class NewStationForm(StationFields, CreatingForm):
    pass


class StationForm(StationFields, EditingForm):
    pass


class ExaminerForm(CreatingForm):
    person = SelectField(_l("Examiner"), coerce=int)
    room = SelectField(_l("Station and circuit"))


class OutsideForm(CreatingForm):
    name = StringField(
        _l("Name of the examiner"), [DataRequired(_l("Write the name.")), Length(max=60)]
    )
    employer = StringField(_l("From which hospital or school"), [Length(max=100)])
    identity = SelectField(_l("How the link reaches them"), choices=options(IDENTITIES))
    room = SelectField(_l("Station and circuit"))


class AgainForm(CreatingForm):
    identity = SelectField(_l("How the link reaches them"), choices=options(IDENTITIES))


class CandidatesForm(CreatingForm):
    residents = CheckboxesField(_l("Residents"), coerce=int)
    cohort = SelectField(_l("Everybody of"), coerce=int, default=0)


class MarkForm(AnswerForm):
    """The sheet of the station, and what holds for every station."""

    rating = RatingField(
        _l("Overall, whatever the points say"),
        [InputRequired(_l("Choose one."))],
        choices=options({str(mark): words for mark, words in RATINGS.items()}),
    )
    comment = TextAreaField(
        _l("For the candidate to read after the release"), [Length(max=LONGEST_TEXT)]
    )


class AmendForm(CreatingForm):
    score = DecimalField(
        _l("Score in percent"), [InputRequired(_l("Enter a number.")), SCORE], render_kw=DECIMAL
    )
    rating = SelectField(_l("Overall"), coerce=int, choices=options(RATINGS))
    why = TextAreaField(_l("Why"), WHY)


class JudgesForm(CreatingForm):
    judges = CheckboxesField(_l("Judges"), coerce=int)


class PaperJudgesForm(JudgesForm):
    items = whole(_l("Items of the paper"), 1, 300, 50)


class EstimatesForm(Form):
    """Fields `line_7` of line 7, in percent; see `estimates_form`."""

    def values(self) -> dict[int, Any]:
        return {
            int(field.name.removeprefix("line_")): field.data
            for field in self
            if field.name.startswith("line_") and field.data is not None
        }


def estimates_form(lines: Sequence[PanelLine], given: Mapping[int, Any]) -> EstimatesForm:
    fields = {
        f"line_{one.id}": DecimalField(one.name, [Optional(), SCORE], render_kw=DECIMAL)
        for one in lines
    }
    made = type("EstimatesFormOf", (EstimatesForm,), fields)
    return made(data={f"line_{line}": value for line, value in given.items()})


class FreezeForm(Form):
    """Fields `method_7` and `value_7` of station 7; see `freeze_form`."""

    why = TextAreaField(_l("Why these pass marks"), WHY)


def freeze_form(stations: Mapping[int, str], offered: Mapping[int, Sequence[str]]) -> FreezeForm:
    """`offered` are the methods that can say something, by station."""
    fields: dict[str, Any] = {}
    for number, name in stations.items():
        methods = {code: METHODS[code] for code in METHOD_CODES if code in offered[number]}
        fields[f"method_{number}"] = SelectField(
            f"{name}{_(': ')}{_('Method')}", choices=options(methods)
        )
        fields[f"value_{number}"] = DecimalField(
            f"{name}{_(': ')}{_('Pass mark set by hand, in %')}",
            [Optional(), SCORE],
            render_kw=DECIMAL,
        )
    return type("FreezeFormOf", (FreezeForm,), fields)()

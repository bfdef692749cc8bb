"""What people type to decide on activities, to note who came, and to say how it was."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DecimalField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.form import EditingForm, Form, options
from trainingbase.training.sheets import Sheet
from trainingbase.training.words import STARS

LONGEST_REASON = 500


class CheckboxesField(SelectMultipleField):
    """Shown as a list of boxes; the macros know it by its name."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DecisionForm(EditingForm):
    """A button: only the version."""


class ReasonForm(EditingForm):
    because = TextAreaField(
        _l("Reason"),
        [DataRequired(_l("Say why.")), Length(max=LONGEST_REASON)],
        description=_l("Read by the speaker."),
    )


class ByHandForm(Form):
    residents = CheckboxesField(_l("Invited, and not on the list"), coerce=int)
    guests = CheckboxesField(_l("Other residents"), coerce=int)
    reason = StringField(
        _l("Why they could not sign"),
        [DataRequired(_l("Say why.")), Length(max=LONGEST_REASON)],
    )

    def validate_guests(self, field):
        if not field.data and not self["residents"].data:
            self.refuse("guests", _("Choose at least one."))


class StrikeForm(Form):
    reason = StringField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=LONGEST_REASON)])


class CorrectionForm(EditingForm):
    more = SelectMultipleField(_l("Came, and should count"), coerce=int)
    fewer = CheckboxesField(_l("Take off the list"), coerce=int)
    reason = TextAreaField(_l("Reason"), [DataRequired(_l("Say why.")), Length(max=LONGEST_REASON)])

    def validate_fewer(self, field):
        if not self["more"].data and not field.data:
            self.refuse("fewer", _("Choose at least one."))


class RatingForm(Form):
    stars = RadioField(
        _l("How useful was it?"),
        [InputRequired(_l("Choose one."))],
        choices=options(STARS),
        coerce=int,
    )
    text = TextAreaField(
        _l("A word"),
        [Length(max=500)],
        description=_l("The speaker reads it without your name."),
    )


def score_form(sheet: Sheet, name_of) -> type[EditingForm]:
    """A form with a field for each item of the sheet."""
    fields: dict = {
        "note": TextAreaField(_l("What was good, what to do better"), [Length(max=2000)])
    }
    for item in sheet.items:
        most = int(item.points)
        message = _l("Between 0 and %(most)s.", most=most)
        fields[field_of(item.code)] = DecimalField(
            name_of(item),
            [InputRequired(_l("Give points.")), NumberRange(0, most, message)],
            places=1,
            description=_l("0 to %(most)s points", most=most),
        )
    return type("ScoreForm", (EditingForm,), fields)


def field_of(code: str) -> str:
    return "item_" + code.replace(".", "_")

"""Forms of appeals."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    ValidationError,
)

from trainingbase.form import CreatingForm, EditingForm, QueryForm, options
from trainingbase.logbook.words import APPEAL_STATES


class AppealForm(CreatingForm):
    asked = IntegerField(
        _l("How many cannot be done here"),
        [InputRequired(_l("Say how many.")), NumberRange(1, 10000, _l("Enter a number."))],
        render_kw={"inputmode": "numeric"},
    )
    reason = TextAreaField(
        _l("Why"),
        [DataRequired(_l("Say why it cannot be done here.")), Length(max=500)],
        description=_l("No name, phone or ID number of a patient."),
    )


class OpinionForm(EditingForm):
    agrees = RadioField(
        _l("Your opinion"),
        [InputRequired(_l("Choose one."))],
        choices=options({"yes": _l("It cannot be done here"), "no": _l("It can be done here")}),
    )
    opinion = TextAreaField(_l("In your words"), [Optional(), Length(max=500)])


class DecisionForm(EditingForm):
    granted = RadioField(
        _l("What was decided"),
        [InputRequired(_l("Choose one."))],
        choices=options(
            {
                "waived": _l("Not asked of this resident"),
                "elsewhere": _l("Asked in another department instead"),
                "refused": _l("Refused: it stays as it is"),
            }
        ),
    )
    eased = IntegerField(_l("How many"), [Optional()], render_kw={"inputmode": "numeric"})
    elsewhere = SelectField(_l("In which department"), coerce=int, default=0)
    answer = TextAreaField(
        _l("Reason"),
        [DataRequired(_l("Say why.")), Length(max=500)],
        description=_l("The resident reads it."),
    )

    def validate_elsewhere(self, field) -> None:
        if self.granted.data == "elsewhere" and not field.data:
            raise ValidationError(_("Choose a department."))


class AppealSearchForm(QueryForm):
    search = StringField(_l("Search"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({"": _l("All")} | APPEAL_STATES), default="")

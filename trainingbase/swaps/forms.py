"""What residents and the office type about swaps."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.swaps.words import STATES


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WithForm(QueryForm):
    to = SelectField(_l("With"), coerce=int, default=0)


class OfferForm(CreatingForm):
    """`wanted` are results; their choices are set by the page."""

    wanted = CheckboxesField(_l("I would take"))
    word = StringField(
        _l("A word to whoever might take it"),
        [Length(max=200)],
        description=_l("Those who can take the offer read it."),
    )

    def validate_wanted(self, field):
        if not field.data:
            self.refuse("wanted", _("Choose at least one."))


class AcceptanceForm(Form):
    choice = RadioField(_l("The exchange"), [InputRequired(_l("Choose an exchange."))])


class ApprovalForm(EditingForm):
    pass


class RefusalForm(EditingForm):
    reason = TextAreaField(
        _l("Why refused"),
        [InputRequired(_l("Say why.")), Length(max=500)],
        description=_l("Both residents read it."),
    )


class OfferSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({"": _l("All")} | STATES), default="")

"""What the office says about two who look alike."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from trainingbase.form import Form, QueryForm, options

WHY = [InputRequired(_l("Say how you know: it is kept.")), Length(max=300)]
SAME, DIFFERENT = "same", "different"


class ClaimForm(Form):
    said = RadioField(
        _l("Is it one person?"),
        [InputRequired(_l("Choose one."))],
        choices=options({SAME: _l("The same person"), DIFFERENT: _l("Two different people")}),
    )
    why = StringField(_l("How you know"), WHY)


class PairForm(Form):
    """`said`: who is kept, or that they are two."""

    said = RadioField(_l("Is it one person?"), [InputRequired(_l("Choose one."))])
    why = StringField(_l("How you know"), WHY)


class DoubleSearchForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])


class DecisionSearchForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    said = SelectField(
        _l("Decided"),
        choices=options(
            {
                "": _l("All"),
                SAME: _l("The same person"),
                DIFFERENT: _l("Two different people"),
            }
        ),
        default="",
    )


class MergeSearchForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options({"": _l("All"), "standing": _l("Standing"), "undone": _l("Undone")}),
        default="",
    )

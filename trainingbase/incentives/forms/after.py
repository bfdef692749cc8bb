"""What is typed about locked months."""

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectField, TextAreaField
from wtforms.validators import DataRequired, Length, NumberRange, Optional

from trainingbase.form import Form, QueryForm, options

MOST = 100_000_000


class AskForm(Form):
    text = TextAreaField(
        _l("What is not right?"),
        [DataRequired(_l("Say what is not right.")), Length(max=1000)],
    )


class AnswerForm(Form):
    text = TextAreaField(_l("Reply"), [DataRequired(_l("Give an answer.")), Length(max=1000)])
    amount = DecimalField(
        _l("Amount to correct by, in yuan"),
        [Optional(), NumberRange(-MOST, MOST, _l("This number is too large."))],
        places=2,
        description=_l("Empty: the line stays as it is. A minus takes back; the next run pays it."),
    )


class CorrectionsForm(QueryForm):
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "open": _l("for the next run"),
                "settled": _l("paid"),
                "dropped": _l("dropped"),
                "": _l("All"),
            }
        ),
        default="open",
        validate_choice=False,
    )


class QuestionsForm(QueryForm):
    state = SelectField(
        _l("State"),
        choices=options({"open": _l("waits"), "answered": _l("answered"), "": _l("All")}),
        default="open",
        validate_choice=False,
    )

"""What people type about handbooks."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from trainingbase.form import CreatingForm, Form, QueryForm, options
from trainingbase.handbook.words import LANGUAGES, LINE_STATES, STATES

ALL = {"": _l("All")}


class HandbookListForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)
    language = SelectField(_l("Language"), choices=options(ALL | LANGUAGES), default="")
    state = SelectField(_l("State"), choices=options(ALL | STATES), default="")


class OneForm(CreatingForm):
    """A handbook of somebody who is known already."""

    language = SelectField(_l("Language"), choices=options(LANGUAGES), default="zh")


class OrderForm(OneForm):
    whose = SelectField(_l("Of whom"), [InputRequired(_l("Choose of whom."))])


class LineListForm(QueryForm):
    state = SelectField(_l("State"), choices=options(ALL | LINE_STATES), default="")


class WithdrawalForm(Form):
    because = StringField(
        _l("Why it does not hold any more"), [InputRequired(_l("Say why.")), Length(max=200)]
    )


class VerificationForm(QueryForm):
    code = StringField(
        _l("Verification code"),
        [InputRequired(_l("Enter the code.")), Length(max=40)],
        description=_l("Twelve letters and digits, at the foot of every page."),
    )
    checksum = StringField(
        _l("Checksum"),
        [InputRequired(_l("Enter the checksum.")), Length(max=80)],
        description=_l("From the cover; its first twelve digits are enough."),
    )

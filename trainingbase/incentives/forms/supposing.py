"""What is asked before it is decided."""

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, IntegerField, SelectField
from wtforms.validators import NumberRange, Optional
from wtforms.widgets import HiddenInput

from trainingbase.form import QueryForm
from trainingbase.incentives.forms.schemes import MOST, NUMBER


class WhatIfForm(QueryForm):
    what = SelectField(_l("Rule or rate"), default="", validate_choice=False)
    amount = DecimalField(
        _l("Supposed amount"), [Optional(), NumberRange(-MOST, MOST, NUMBER)], places=None
    )
    month = SelectField(_l("Tried on"), validate_choice=False)
    version = IntegerField(widget=HiddenInput(), validators=[Optional()])

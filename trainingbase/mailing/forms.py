"""What people choose about mail, and the filter of what was sent."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, SelectField, StringField, ValidationError
from wtforms.validators import DataRequired, Length

from trainingbase.form import CreatingForm, EditingForm, QueryForm, options
from trainingbase.mailing.rules import is_address
from trainingbase.mailing.words import STATES


def an_address(_form, field) -> None:
    if field.data and not is_address(field.data):
        raise ValidationError(_("This is not an e-mail address."))


class MineForm(EditingForm):
    address = EmailField(
        _l("E-mail"), [Length(max=120), an_address], description=_l("Leave it empty for no mail.")
    )
    all_notices = BooleanField(
        _l("Mail me news as well"),
        description=_l("Without it you are mailed only what you have to do or to know."),
    )


class ReportsForm(EditingForm):
    monthly = BooleanField(_l("Mail me the monthly report"))
    yearly = BooleanField(_l("Mail me the yearly report"))
    with_paper = BooleanField(
        _l("Put the paper into the mail"),
        description=_l("Otherwise the mail has a link. The paper names nobody."),
    )


class TrialForm(CreatingForm):
    address = EmailField(
        _l("E-mail"), [DataRequired(_l("Enter an address.")), Length(max=120), an_address]
    )


class ListForm(QueryForm):
    search = StringField(_l("Name or address"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({"": _l("All"), **STATES}), default="")

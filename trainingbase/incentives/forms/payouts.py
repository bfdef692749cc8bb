"""Where somebody is paid, and how the bank wants its file."""

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, ValidationError

from trainingbase.form import EditingForm, Form, QueryForm, options
from trainingbase.incentives.start import COLUMNS
from trainingbase.incentives.words import PAYEE_KINDS, PAYOUT_STATES, PLACE_KINDS


class PayoutsForm(QueryForm):
    search = StringField(_l("Payee"), [Length(max=100)])
    kind = SelectField(_l("Kind"), default="", choices=options({"": _l("All")} | PAYEE_KINDS))
    state = SelectField(_l("State"), default="", choices=options({"": _l("All")} | PAYOUT_STATES))


class PlacesForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    kind = SelectField(_l("Kind"), default="", choices=options({"": _l("All")} | PLACE_KINDS))
    account = SelectField(
        _l("Account"),
        default="",
        choices=options(
            {"": _l("All"), "known": _l("known"), "missing": _l("paid, but no account is known")}
        ),
    )


class BankAccountForm(EditingForm):
    bank = StringField(_l("Bank and branch"), [DataRequired(_l("Name the bank.")), Length(max=80)])
    number = StringField(
        _l("Account number"), [DataRequired(_l("Enter the number of the account.")), Length(max=40)]
    )

    def validate_number(self, field):
        field.data = re.sub(r"[\s-]", "", field.data)
        if not re.fullmatch(r"[0-9]{8,30}", field.data):
            raise ValidationError(_("An account number has 8 to 30 digits."))


class PlaceAccountForm(BankAccountForm):
    holder = StringField(
        _l("Account holder"),
        [DataRequired(_l("Name the holder of the account.")), Length(max=80)],
        description=_l("As the bank has it: for a department often the hospital."),
    )


FIELDS = {
    "name": _l("Name"),
    "staff_number": _l("Staff number"),
    "bank": _l("Bank and branch"),
    "account": _l("Account number"),
    "amount": _l("Amount"),
    "note": _l("Note"),
}


def columns_form(columns) -> Form:
    """Two fields for each column: its header and its place."""
    made: dict = {}
    for one in columns:
        label = FIELDS[one.field]
        made[f"{one.field}_header"] = StringField(
            _("%(column)s: header", column=label), [Length(max=40)],
            default=one.header if one.is_used else "",
            description=_("Empty: left out of the file."),
        )  # fmt: skip
        made[f"{one.field}_position"] = IntegerField(
            _("%(column)s: place", column=label),
            [InputRequired(_("Enter a number.")), NumberRange(0, 99, _("Enter a number."))],
            default=one.position,
        )
    return type("ColumnsForm", (Form,), made)()


def headers_of(form: Form) -> dict[str, tuple[int, str]]:
    return {
        field: (form[f"{field}_position"].data, (form[f"{field}_header"].data or "").strip())
        for field, _header in COLUMNS
    }

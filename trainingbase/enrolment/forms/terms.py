"""Contracts, service obligations, and earlier training."""

from datetime import timedelta
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.enrolment.words import PAYERS
from trainingbase.files.forms import UploadField
from trainingbase.form import CreatingForm, EditingForm, Form, options

WHY = _l("Why it is changed")
SAY_WHY = _l("Say why: it is kept in the history.")


def _ends(form) -> bool:
    if form.starts_on.data and form.last_day.data and form.last_day.data < form.starts_on.data:
        form.refuse("last_day", _("This lies before the first day."))
        return False
    return True


class ContractFields:
    number = StringField(_l("Contract number"), [Length(max=60)])
    signed_on = DateField(_l("Signed"), [Optional()])
    starts_on = DateField(_l("From"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Until"), [InputRequired(_l("Choose the last day."))])
    payer = SelectField(_l("Who pays the salary"), choices=options(PAYERS), default="base")
    payer_name = StringField(_l("Name of the payer"), [Length(max=120)])
    note = StringField(_l("Note"), [Length(max=1000)])
    file = UploadField(_l("Signed contract"))

    def values(self) -> dict:
        return {
            "number": self.number.data or None,
            "signed_on": self.signed_on.data,
            "starts_on": self.starts_on.data,
            "ends_on": self.last_day.data + timedelta(days=1),
            "payer": self.payer.data,
            "payer_name": self.payer_name.data or None,
            "note": self.note.data or None,
        }

    def validate(self, extra_validators=None) -> bool:
        return super().validate(extra_validators) & _ends(self)  # type: ignore[misc]


class NewContractForm(ContractFields, CreatingForm):
    pass


class ContractForm(ContractFields, EditingForm):
    why = StringField(WHY, [InputRequired(SAY_WHY), Length(max=300)])


class ObligationFields:
    years = DecimalField(
        _l("Years of service"),
        [InputRequired(_l("Enter a number.")), NumberRange(Decimal("0.5"), 20)],
    )
    place = StringField(
        _l("Place of service"), [InputRequired(_l("Enter the place.")), Length(max=120)]
    )
    starts_on = DateField(
        _l("Service begins"), [Optional()], description=_l("Empty: after training.")
    )
    penalty = TextAreaField(_l("Terms of a breach"), [Length(max=1000)])
    penalty_amount = DecimalField(
        _l("Penalty (yuan)"), [Optional(), NumberRange(0, 10**8)], places=2
    )
    counts = TextAreaField(
        _l("What counts as service"),
        [Length(max=1000)],
        description=_l("For instance whether training, leave or further study counts."),
    )
    file = UploadField(_l("Agreement"))

    def values(self) -> dict:
        return {
            "years": self.years.data,
            "place": self.place.data,
            "starts_on": self.starts_on.data,
            "penalty": self.penalty.data or None,
            "penalty_amount": self.penalty_amount.data,
            "counts": self.counts.data or None,
        }


class NewObligationForm(ObligationFields, CreatingForm):
    pass


class ObligationForm(ObligationFields, EditingForm):
    ended_on = DateField(_l("Ended on"), [Optional()])
    ended_why = StringField(_l("How it ended"), [Length(max=300)])
    why = StringField(WHY, [InputRequired(SAY_WHY), Length(max=300)])

    def values(self) -> dict:
        more = {"ended_on": self.ended_on.data, "ended_why": self.ended_why.data or None}
        return super().values() | more


class CreditForm(CreatingForm):
    standard_department_id = SelectField(_l("Standard department"), coerce=int)
    months = DecimalField(
        _l("Months"),
        [InputRequired(_l("Enter a number of months.")), NumberRange(Decimal("0.5"), 36)],
    )
    place = StringField(
        _l("Trained at"), [InputRequired(_l("Enter where it was.")), Length(max=120)]
    )
    starts_on = DateField(_l("From"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Until"), [InputRequired(_l("Choose the last day."))])
    evidence = UploadField(
        _l("Evidence"),
        [InputRequired(_l("Choose a file."))],
        description=_l("A certificate or a stamped record, as PDF or picture."),
    )

    def validate_months(self, field):
        if field.data is not None and field.data * 2 % 1 != 0:
            self.refuse("months", _("Whole or half months."))

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators) & _ends(self)
        if not self.errors and self.months.data > _months_between(self):
            self.refuse("months", _("These are more months than lie between the two days."))
        return well and not self.errors


def _months_between(form) -> Decimal:
    """As many as the days may be called, generously."""
    days = (form.last_day.data - form.starts_on.data).days + 1
    return Decimal(days) / 28 + Decimal("0.5")


class ReasonForm(Form):
    reason = StringField(
        _l("Reason"),
        [InputRequired(_l("Give a reason: it is told.")), Length(max=300)],
    )

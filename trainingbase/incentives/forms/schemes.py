"""What the office types to make a rule."""

from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.incentives.rules.language import LONGEST
from trainingbase.incentives.rules.lines import kept
from trainingbase.incentives.words import BASES, BENEFICIARIES, PAY

MOST = 10_000_000
NUMBER = _l("Enter a number.")
LONG = Length(max=LONGEST)


class _Rule(Form):
    basis = SelectField(_l("Paid for"), choices=lambda: options(BASES))
    applies = TextAreaField(
        _l("Only if"),
        [LONG],
        description=_l('Empty: always. For example: level == "township" and training_year >= 2'),
    )
    quantity = StringField(
        _l("How much of it"),
        [DataRequired(_l("Say what is counted.")), LONG],
        description=_l("For example: months, hours, times; what may be used is listed below."),
    )
    pay = SelectField(_l("Paid by"), choices=lambda: options(PAY))
    amount = DecimalField(
        _l("Amount for one, in yuan or points"),
        [InputRequired(NUMBER), NumberRange(-MOST, MOST, NUMBER)],
        places=None,
        default=0,
        description=_l("A minus deducts. Not used where the imported rates say the amount."),
    )
    point_value = DecimalField(
        _l("What a point is worth, in yuan"),
        [InputRequired(NUMBER), NumberRange(0, MOST, NUMBER)],
        places=None,
        default=1,
    )
    multiplier = StringField(
        _l("Times"),
        [LONG],
        description=_l("Empty: once. For example: 1.2 if quality_score >= 90 else 1"),
    )
    share = StringField(
        _l("Part that is due after leave"),
        [LONG],
        description=_l("Empty: all. For example: 1 - leave_days / month_days"),
    )
    cap = DecimalField(
        _l("At most for one person and month, in yuan"),
        [Optional(), NumberRange(0, MOST, NUMBER)],
        places=None,
    )
    splits = StringField(
        _l("A line of its own for each"),
        [LONG],
        description=_l("Names from the list below, separated by commas; empty: one line a person."),
    )
    rates = TextAreaField(
        _l("Which of the imported rates"),
        [LONG],
        description=_l('Only where they say the amount. For example: rate_item == "小讲课"'),
    )
    source_id = SelectField(_l("Funding source"), coerce=int)
    tax_note = StringField(_l("Tax note"), [Length(max=200)])

    def said(self) -> dict:
        """What the version says; zero is no source."""
        names = (self.splits.data or "").replace("，", ",").split(",")
        answers = {
            name: (self[name].data or "").strip()
            for name in ("basis", "pay", "rates", "applies", "quantity", "multiplier", "share")
        }
        return answers | {
            "splits": [one.strip() for one in names if one.strip()],
            "amount": kept(self.amount.data),
            "point_value": kept(self.point_value.data),
            "cap": None if self.cap.data is None else kept(self.cap.data),
            "source_id": self.source_id.data or None,
            "tax_note": self.tax_note.data or None,
        }


class SchemeForm(CreatingForm, _Rule):
    name = StringField(_l("Name"), [DataRequired(_l("Give it a name.")), Length(max=60)])
    name_en = StringField(
        _l("Name in English"), [DataRequired(_l("Give it a name.")), Length(max=80)]
    )
    beneficiary = SelectField(_l("Who is paid"), choices=lambda: options(BENEFICIARIES))


class VersionForm(EditingForm, _Rule):
    pass


class FromMonthForm(EditingForm):
    """`choices` are the first days of months, as YYYY-MM."""

    month = SelectField(_l("From which month"))


class TrialForm(QueryForm):
    month = SelectField(_l("Tried on"), validate_choice=False)

"""Rules of obligations, breaches, waivers and payments."""

from datetime import date
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.careers.words import (
    BREACHES,
    CASE_STATES,
    ITEM_KINDS,
    LEVELS,
    PART_TIME,
    PER,
    TRAINEE_TYPES,
)
from trainingbase.files.forms import UploadField
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options, whole_number
from trainingbase.i18n import named
from trainingbase.signatures.forms import SigningForm

ITEMS = 6
STEPS = {"1": _l("1 yuan"), "0.1": _l("1 jiao"), "0.01": _l("1 fen")}


class Boxes(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class RuleFields(Form):
    name = StringField(_l("Name"), [DataRequired(_l("Give a name.")), Length(max=120)])
    name_en = StringField(_l("Name in English"), [Length(max=120)])
    source = StringField(
        _l("Source"),
        [DataRequired(_l("Say which document says so.")), Length(max=300)],
        description=_l("The agreement or regulation, with its paragraph."),
    )
    trainee_type = SelectField(
        _l("Trainee type"), choices=options({"": _l("All"), **TRAINEE_TYPES}), default=""
    )
    starts_on = DateField(_l("For agreements from"), [InputRequired(_l("Choose the first day."))])
    ends_on = DateField(
        _l("For agreements before"), [Optional()], description=_l("Empty: until further notice.")
    )
    levels = Boxes(_l("Levels of institutions that count"), choices=options(LEVELS))
    institution_ids = Boxes(_l("Single institutions that count"), coerce=whole_number)
    outside_counts = BooleanField(_l("Work outside the network counts"))
    training_counts = BooleanField(_l("Training lies inside the term"))
    part_time = SelectField(_l("Part time counts"), choices=options(PART_TIME), default="share")
    begin_days = IntegerField(
        _l("Days after training in which service begins"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, 3660)],
    )
    gap_days = IntegerField(
        _l("Days that service may rest"),
        [InputRequired(_l("Enter a number.")), NumberRange(0, 3660)],
    )
    step = SelectField(_l("Amounts are rounded to"), choices=options(STEPS), default="0.01")

    def offer(self, institutions) -> None:
        self.institution_ids.choices = options({one.id: named(one) for one in institutions})

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if self.starts_on.data and self.ends_on.data and self.ends_on.data <= self.starts_on.data:
            self.refuse("ends_on", _("This lies before the first day."))
        if not (self.levels.data or self.institution_ids.data or self.outside_counts.data):
            self.refuse("levels", _("Say which places count: nothing counts otherwise."))
        for n in range(1, ITEMS + 1):
            named_, amount = self[f"name_{n}"], self[f"amount_{n}"]
            if bool(named_.data) != (amount.data is not None) and not amount.errors:
                self.refuse(f"amount_{n}", _("A part needs a name and a number."))
        return well and not self.errors

    def values(self) -> dict:
        return {
            "name": self.name.data,
            "name_en": self.name_en.data or None,
            "source": self.source.data,
            "trainee_type": self.trainee_type.data or None,
            "starts_on": self.starts_on.data,
            "ends_on": self.ends_on.data,
            "levels": sorted(self.levels.data),
            "institution_ids": sorted(self.institution_ids.data),
            "outside_counts": self.outside_counts.data,
            "training_counts": self.training_counts.data,
            "part_time": self.part_time.data,
            "begin_days": self.begin_days.data,
            "gap_days": self.gap_days.data,
            "step": Decimal(self.step.data),
        }

    def items(self) -> list[dict]:
        return [
            {
                "kind": self[f"kind_{n}"].data,
                "name": self[f"name_{n}"].data,
                "name_en": self[f"name_en_{n}"].data or None,
                "amount": self[f"amount_{n}"].data,
                "per": self[f"per_{n}"].data,
                "by_unserved": self[f"by_unserved_{n}"].data,
            }
            for n in range(1, ITEMS + 1)
            if self[f"name_{n}"].data
        ]


for _n in range(1, ITEMS + 1):
    for _name, _field in {
        "kind": SelectField(_l("Kind"), choices=options(ITEM_KINDS), default="repayment"),
        "name": StringField(_l("Part of the costs"), [Length(max=120)]),
        "name_en": StringField(_l("Name in English"), [Length(max=120)]),
        "amount": DecimalField(
            _l("Number"),
            [Optional(), NumberRange(0, 10**7, _l("Enter a number from 0 to 10 million."))],
        ),
        "per": SelectField(_l("Unit"), choices=options(PER), default="whole"),
        "by_unserved": BooleanField(_l("Only the share of the service not served")),
    }.items():
        setattr(RuleFields, f"{_name}_{_n}", _field)


def filled(rule) -> dict:
    """What an edit form of this rule begins with."""
    data = {
        name: getattr(rule, name)
        for name in (
            "name", "name_en", "source", "starts_on", "ends_on", "levels", "institution_ids",
            "outside_counts", "training_counts", "part_time", "begin_days", "gap_days", "version",
        )
    }  # fmt: skip
    data |= {"trainee_type": rule.trainee_type or "", "step": f"{rule.step.normalize():f}"}
    for n, one in enumerate(rule.items[:ITEMS], 1):
        for name in ("kind", "name", "name_en", "amount", "per", "by_unserved"):
            data[f"{name}_{n}"] = getattr(one, name)
    return data


def as_new(rule) -> dict:
    """What a new version of it begins with: the base says from which day on."""
    return filled(rule) | {"starts_on": None, "ends_on": None}


class NewRuleForm(RuleFields, CreatingForm):
    pass


class RuleForm(RuleFields, EditingForm):
    why = StringField(
        _l("Why it is changed"),
        [DataRequired(_l("Say why: it is kept in the history.")), Length(max=300)],
    )


class ChoiceOfRuleForm(Form):
    rule = SelectField(
        _l("Rule"),
        coerce=int,
        description=_l("Without a choice it is the one in force on the day of the agreement."),
    )


class CaseListForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({"": _l("All"), **CASE_STATES}), default="")


class ReckonForm(QueryForm):
    noted_on = DateField(_l("Day of the breach"), [Optional()])


class BreachForm(CreatingForm):
    kind = SelectField(_l("What was broken"), choices=options(BREACHES))
    noted_on = DateField(_l("Day of the breach"), [InputRequired(_l("Choose a day."))])
    due_on = DateField(_l("To be paid until"), [Optional()])
    note = TextAreaField(_l("What happened"), [Length(max=1000)])
    file = UploadField(_l("Document"))
    asked = StringField(render_kw={"hidden": True})
    """The sum that was shown: what has changed meanwhile is shown again before it is kept."""

    def not_ahead(self, today: date) -> bool:
        if self.noted_on.data is not None and self.noted_on.data > today:
            self.refuse("noted_on", _("This day lies ahead."))
        return not self.errors


MONEY = [
    InputRequired(_l("Enter a number.")),
    NumberRange(Decimal("0.01"), 10**8, _l("Enter an amount above zero.")),
]


def _cents(form, field) -> None:
    if field.data is not None and field.data != round(field.data, 2):
        form.refuse(field.name, _("At most two decimal places."))


class WaiverForm(CreatingForm):
    amount = DecimalField(_l("Amount to waive (yuan)"), MONEY)
    why = TextAreaField(
        _l("Reason"), [DataRequired(_l("Give a reason: it is told.")), Length(max=1000)]
    )
    file = UploadField(_l("Document"))
    validate_amount = _cents


class WaiverDecisionForm(EditingForm):
    granted = SelectField(
        _l("What is decided"), choices=options({"yes": _l("Waive it"), "no": _l("Do not waive it")})
    )
    reason = StringField(_l("Reason"), [Length(max=300)])

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if self.granted.data == "no" and not self.reason.data:
            self.refuse("reason", _("Give a reason: it is told."))
        return well and not self.errors


class PaymentForm(CreatingForm):
    amount = DecimalField(_l("Amount received (yuan)"), MONEY)
    paid_on = DateField(_l("Received on"), [InputRequired(_l("Choose a day."))])
    receipt = StringField(_l("Number of the receipt"), [Length(max=60)])
    validate_amount = _cents

    def not_ahead(self, today: date) -> bool:
        if self.paid_on.data is not None and self.paid_on.data > today:
            self.refuse("paid_on", _("This day lies ahead."))
        return not self.errors


class CertifyForm(SigningForm):
    pass

"""Records of work: entered, claimed, decided."""

from datetime import date, timedelta
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.careers.words import EMPLOYMENT_STATES, WHERE
from trainingbase.files.forms import UploadField
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.i18n import named


class WorkFields(Form):
    institution_id = SelectField(
        _l("Institution of the network"),
        coerce=int,
        default=0,
        description=_l("Or name an employer outside it below."),
    )
    employer = StringField(_l("Employer outside the network"), [Length(max=120)])
    post = StringField(_l("Post held"), [Length(max=120)])
    starts_on = DateField(_l("From"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(_l("Until"), [Optional()], description=_l("Empty: they still work there."))
    percent = DecimalField(
        _l("Per cent of full time"),
        [
            InputRequired(_l("Enter a number.")),
            NumberRange(1, 100, _l("Enter a number from 1 to 100.")),
        ],
        default=Decimal(100),
    )
    left_why = SelectField(
        _l("Why they left"), default="", description=_l("Only of a place that was left.")
    )
    note = TextAreaField(_l("Note"), [Length(max=1000)])
    file = UploadField(_l("Evidence"), description=_l("A contract or a certificate of work."))

    def offer(self, institutions, reasons) -> None:
        self.institution_id.choices = options(
            {0: _("outside the network")} | {one.id: named(one) for one in institutions}
        )
        self.left_why.choices = options({"": "—"} | {one.code: named(one) for one in reasons})

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if bool(self.institution_id.data) == bool(self.employer.data):
            self.refuse("employer", _("Choose an institution, or name an employer: one of both."))
        if self.starts_on.data and self.last_day.data and self.last_day.data < self.starts_on.data:
            self.refuse("last_day", _("This lies before the first day."))
        if self.left_why.data and not self.last_day.data:
            self.refuse("last_day", _("Say until when: a reason for leaving is given."))
        return well and not self.errors

    def values(self) -> dict:
        last = self.last_day.data
        return {
            "institution_id": self.institution_id.data or None,
            "employer": self.employer.data or None,
            "post": self.post.data or None,
            "starts_on": self.starts_on.data,
            "ends_on": last + timedelta(days=1) if last else None,
            "share": self.percent.data / 100,
            "left_why": self.left_why.data or None,
            "note": self.note.data or None,
        }

    def not_ahead(self, today: date) -> bool:
        """What has not come yet is no record."""
        for name in ("starts_on", "last_day"):
            field = self[name]
            if field.data is not None and field.data > today:
                self.refuse(name, _("This day lies ahead."))
        return not self.errors


class ClaimForm(WorkFields, CreatingForm):
    pass


class NewEmploymentForm(WorkFields, CreatingForm):
    resident = SelectField(
        _l("Graduate"), [InputRequired(_l("Choose a graduate."))], coerce=int, default=0
    )


class EmploymentForm(WorkFields, EditingForm):
    why = StringField(
        _l("Why it is changed"),
        [InputRequired(_l("Say why: it is kept in the history.")), Length(max=300)],
    )


class DecisionForm(EditingForm):
    granted = SelectField(
        _l("Decision"), choices=options({"yes": _l("Approve"), "no": _l("Do not approve")})
    )
    reason = StringField(_l("Reason"), [Length(max=300)])

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if self.granted.data == "no" and not self.reason.data:
            self.refuse("reason", _("Give a reason: it is told."))
        return well and not self.errors


class ListForm(QueryForm):
    search = StringField(_l("Name or place"), [Length(max=100)])
    state = SelectField(
        _l("State"), choices=options({"": _l("Waiting and approved"), **EMPLOYMENT_STATES}),
        default="",
    )  # fmt: skip
    where = SelectField(_l("Where"), choices=options({"": _l("All"), **WHERE}), default="")


class WhyForm(Form):
    why = StringField(_l("Why"), [InputRequired(_l("Say why: it is kept.")), Length(max=300)])

"""Agreements, visits and what was found."""

from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from trainingbase.files.forms import UploadField
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.sites.forms.network import text
from trainingbase.sites.words import VISIT_KINDS

FINDINGS = 5


class _Agreement(Form):
    number = text(_l("Number"), 60)
    starts_on = DateField(_l("First day"), [InputRequired(_l("Choose the first day."))])
    last_day = DateField(
        _l("Last day"), [Optional()], description=_l("Leave empty if it does not end.")
    )
    ours = text(_l("Responsible at the lead hospital"))
    theirs = text(_l("Responsible at the site"))
    file = UploadField(_l("Signed agreement"))
    note = TextAreaField(_l("Note"), [Length(max=1000)])

    def validate_last_day(self, field):
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            self.refuse("last_day", _("This lies before the first day."))

    def columns(self) -> dict:
        """The columns of an agreement."""
        last = self.last_day.data
        return {
            "number": self.number.data or None,
            "starts_on": self.starts_on.data,
            "ends_on": last + timedelta(days=1) if last else None,
            "ours": self.ours.data or None,
            "theirs": self.theirs.data or None,
            "note": self.note.data or None,
        }


class AgreementForm(_Agreement, CreatingForm):
    pass


class EditAgreementForm(_Agreement, EditingForm):
    pass


class VisitForm(CreatingForm):
    """With room for some findings, each with its last day."""

    visited_on = DateField(_l("Day"), [InputRequired(_l("Choose the day."))])
    kind = SelectField(_l("Kind"), choices=options(VISIT_KINDS))
    visitors = StringField(
        _l("Visitors"), [InputRequired(_l("Say who was there.")), Length(max=200)]
    )
    summary = TextAreaField(_l("Summary"), [Length(max=2000)])
    file = UploadField(_l("Record of the visit"))

    def findings(self) -> list[tuple[str, date]]:
        return [
            (self[f"what_{n}"].data, self[f"due_{n}"].data)
            for n in range(1, FINDINGS + 1)
            if self[f"what_{n}"].data
        ]

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        for n in range(1, FINDINGS + 1):
            what, due = self[f"what_{n}"], self[f"due_{n}"]
            if what.data and not due.data:
                self.refuse(due.name, _("Choose the day until which it is put right."))
            elif due.data and not what.data:
                self.refuse(what.name, _("Say what was found."))
            elif due.data and self.visited_on.data and due.data < self.visited_on.data:
                self.refuse(due.name, _("This lies before the visit."))
        return well and not self.errors


for _n in range(1, FINDINGS + 1):
    setattr(
        VisitForm,
        f"what_{_n}",
        StringField(_l("Found (%(number)s)", number=_n), [Length(max=500)]),
    )
    setattr(
        VisitForm,
        f"due_{_n}",
        DateField(_l("To be put right by (%(number)s)", number=_n), [Optional()]),
    )


class PutRightForm(Form):
    done_on = DateField(_l("Put right on"), [InputRequired(_l("Choose the day."))])
    remedy = TextAreaField(
        _l("What was done"), [InputRequired(_l("Say what was done.")), Length(max=1000)]
    )
    evidence = UploadField(_l("Evidence"))


class VisitSearchForm(QueryForm):
    search = StringField(_l("Search"), [Length(max=100)])
    institution = SelectField(_l("Site"), coerce=int, default=0)
    kind = SelectField(_l("Kind"), choices=options({"": _l("All"), **VISIT_KINDS}), default="")


class FindingSearchForm(QueryForm):
    institution = SelectField(_l("Site"), coerce=int, default=0)
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "overdue": _l("Overdue"),
                "open": _l("Not put right yet"),
                "done": _l("Put right"),
            }
        ),
        default="",
    )

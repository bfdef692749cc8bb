"""What the office types to change a resident's course."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from trainingbase.courses.actions import Terms
from trainingbase.courses.actions.proposing import LIST_OF
from trainingbase.courses.models import Reason
from trainingbase.courses.rules.months import plain
from trainingbase.courses.rules.states import KINDS, LEAVING, later
from trainingbase.courses.words import LACKS, LISTS, STATES
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.files.forms import UploadField
from trainingbase.form import CreatingForm, Form, QueryForm, options
from trainingbase.i18n import named, number
from trainingbase.words import COURSE_KINDS

ONE_DAY = timedelta(days=1)
MOST_MONTHS = 120


class CourseSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    kind = SelectField(
        _l("Kind"),
        choices=options({"": _l("All"), **{kind: COURSE_KINDS[kind] for kind in KINDS}}),
        default="",
    )
    state = SelectField(
        _l("State"),
        choices=options(
            {"": _l("All"), **{key: STATES[key] for key in ("open", "done", "counter", "dropped")}}
        ),
        default="",
    )
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)
    since = DateField(_l("From"), [Optional()])
    until = DateField(_l("To"), [Optional()])


class CandidateSearchForm(QueryForm):
    search = StringField(_l("Resident"), [Length(max=100)])
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)
    lack = SelectField(
        _l("Missing"),
        choices=options(
            {
                "": _l("All"),
                "ready": _l("Nothing: ready"),
                "missing": _l("Anything"),
                **LACKS,
            }
        ),
        default="",
    )


class ToCohortForm(QueryForm):
    cohort = SelectField(_l("To which cohort"), coerce=int)


class CourseForm(CreatingForm):
    """The base of what `course_form` makes."""

    kind = ""

    def terms(self, *, resident: Resident, reasons: dict[int, Reason], cohort: Cohort | None):
        """What was typed, in the words of the action; days are first days and exclusive ends."""
        starts_on, ends_on = self._days(resident)
        return Terms(
            kind=self.kind,
            starts_on=starts_on,
            ends_on=ends_on,
            manner=reasons.get(self._data("manner")),
            reason=reasons.get(self._data("reason")),
            word=self._data("word"),
            place=self._data("place"),
            cohort=cohort,
            credits=self.credits(),
            evidence=self["evidence"].upload if "evidence" in self else None,
        )

    def _data(self, name: str) -> Any:
        return self[name].data if name in self else None

    def _days(self, resident: Resident) -> tuple[date, date | None]:
        if self.kind in LEAVING:
            return self["last_day"].data + ONE_DAY, None
        if self.kind == "extension":
            old = resident.ends_on or self["first_day"].data
            return old, later(old, self["months"].data)
        if self.kind == "suspension":
            return self["first_day"].data, self["last_day"].data + ONE_DAY
        last = self._data("last_day")
        return self["first_day"].data, last + ONE_DAY if last else None

    lines: Sequence["Line"] = ()

    def credits(self) -> tuple[tuple[str, int, str, str], ...]:
        found = []
        for n, line in enumerate(self.lines):
            done = line.done if line.done is not None else self[f"done_{n}"].data
            credited = self[f"credited_{n}"].data
            standard = self[f"as_{n}"].data if f"as_{n}" in self else line.standard
            if done and credited and standard:
                found.append((line.name, int(standard), plain(done), plain(credited)))
        return tuple(found)

    def rows(self) -> list[tuple["Line", list]]:
        """Each line of credits with its fields."""
        return [
            (
                line,
                [self[name] for name in (f"done_{n}", f"as_{n}", f"credited_{n}") if name in self],
            )
            for n, line in enumerate(self.lines)
        ]

    def plain_fields(self) -> list:
        own = {field.name for _line, fields in self.rows() for field in fields}
        return [field for field in self if field.name not in own and field.type != "CSRFTokenField"]

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        for n, line in enumerate(self.lines):
            done = line.done if line.done is not None else self[f"done_{n}"].data or Decimal(0)
            credited = self[f"credited_{n}"].data or Decimal(0)
            if credited > done:
                message = _("No more than was done: %(months)s.", months=number(done))
                self.refuse(f"credited_{n}", message)
            elif credited % Decimal("0.5"):
                self.refuse(f"credited_{n}", _("Whole and half months only."))
            elif credited and f"as_{n}" in self and not self[f"as_{n}"].data:
                self.refuse(f"as_{n}", _("Choose what it counts for."))
        return well and not self.errors


class Line:
    """Months to credit: from what (`name`), `done` where that is known, `standard` where it can
    count for one department only, `proposed` by the same department."""

    def __init__(self, name: str, *, done=None, standard=None, proposed=None):
        self.name, self.done, self.standard, self.proposed = name, done, standard, proposed


def _day(label, message, **more):
    return DateField(label, [InputRequired(message)], **more)


def _fields(kind: str, most_months: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    if kind == "extension":
        fields["months"] = IntegerField(
            _l("Months longer"),
            [InputRequired(_l("Enter a number of months.")), NumberRange(1, most_months)],
            description=_l("At most %(months)s months in all.", months=most_months),
        )
    if kind in ("suspension", "return", "transfer_in", "change_programme"):
        fields["first_day"] = _day(_l("First day"), _l("Choose the first day."))
    if kind == "suspension":
        fields["last_day"] = _day(_l("Last day, as expected"), _l("Choose the last day."))
    if kind in LEAVING:
        label = _l("Day of graduation") if kind == "graduation" else _l("Last day of training")
        fields["last_day"] = _day(label, _l("Choose the last day."))
    if kind in ("transfer_in", "change_programme"):
        fields["last_day"] = DateField(
            _l("New last day of training"),
            [Optional()],
            description=_l("Leave it empty where the end stays as it is."),
        )
    if kind in ("transfer_in", "transfer_out"):
        fields["place"] = StringField(
            _l("Other base"), [InputRequired(_l("Name the base.")), Length(max=120)]
        )
    if kind == "withdrawal":
        fields["manner"] = SelectField(_l("Kind of withdrawal"), coerce=int)
    if kind in LIST_OF:
        fields["reason"] = SelectField(_l("Reason"), coerce=int)
    fields["word"] = TextAreaField(_l("Remark"), [Length(max=1000)])
    if kind == "graduation":
        fields["word"] = TextAreaField(
            _l("Why all the same"),
            [Length(max=1000)],
            description=_l("Needed only where something is missing."),
        )
    fields["evidence"] = UploadField(_l("Evidence"))
    return fields


def _credit_fields(lines: Sequence[Line], targets: dict[int, str]) -> dict[str, Any]:
    months = [Optional(), NumberRange(0, MOST_MONTHS)]
    fields: dict[str, Any] = {}
    for n, line in enumerate(lines):
        said = {"name": line.name}
        if line.done is None:
            fields[f"done_{n}"] = DecimalField(_l("%(name)s: months done there", **said), months)
        if line.standard is None:
            fields[f"as_{n}"] = SelectField(
                _l("%(name)s: counts for", **said),
                coerce=int,
                choices=options({0: _l("nothing"), **targets}),
                default=next((key for key, name in targets.items() if name == line.name), 0),
            )
        fields[f"credited_{n}"] = DecimalField(
            _l("%(name)s: months credited", **said), months, default=line.proposed, places=1
        )
    return fields


def course_form(
    kind: str,
    *,
    manners: Sequence[Reason],
    reasons: Sequence[Reason],
    most_months: int,
    lines: Sequence[Line] = (),
    targets: dict[int, str] | None = None,
    defaults: dict[str, Any] | None = None,
) -> CourseForm:
    """The form of one kind of change; `targets` are what months can be credited as."""
    fields = _fields(kind, most_months) | _credit_fields(lines, targets or {})
    made = type("OneCourseForm", (CourseForm,), {**fields, "kind": kind, "lines": tuple(lines)})
    form = made(data=defaults or {})
    for name, rows in (("manner", manners), ("reason", reasons)):
        if name in form:
            form[name].choices = options({one.id: named(one) for one in rows})
    return form


class DecisionForm(Form):
    seen = HiddenField(validators=[Length(max=64)])


class UndoForm(Form):
    word = TextAreaField(
        _l("Why it is taken back"), [InputRequired(_l("Say why.")), Length(max=1000)]
    )


class GraduationForm(Form):
    """`resident` are the ids chosen in the list."""

    last_day = _day(_l("Day of graduation"), _l("Choose the day."))
    seen = HiddenField(validators=[Length(max=64)])


class ReasonForm(Form):
    of = SelectField(_l("List"), choices=options(LISTS))
    name = StringField(_l("Reason"), [InputRequired(_l("Enter a reason.")), Length(max=60)])
    name_en = StringField(_l("Reason in English"), [Length(max=60)])


class NumbersForm(Form):
    """The base of what `numbers_form` makes: a field for each resident without a number."""

    pasted = TextAreaField(
        _l("Or paste from a sheet or a CSV file"),
        [Length(max=4000)],
        description=_l("In each line a name or ID number, then the certificate number."),
    )

    def numbers(self) -> dict[int, str]:
        return {
            int(name.removeprefix("number_")): field.data
            for name, field in self._fields.items()
            if name.startswith("number_") and field.data
        }


def numbers_form(residents: Sequence[Resident]) -> NumbersForm:
    fields = {
        f"number_{one.id}": StringField(f"{one.name} · {named(one.cohort)}", [Length(max=40)])
        for one in residents
    }
    return type("ResidentNumbersForm", (NumbersForm,), fields)()

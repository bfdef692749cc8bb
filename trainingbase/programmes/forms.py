"""What the office types to change a draft."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import (
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
    ValidationError,
)
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.files.forms import UploadField
from trainingbase.files.rules import XLSX
from trainingbase.form import CreatingForm, EditingForm, QueryForm, options
from trainingbase.programmes.words import CATEGORIES, RULE_KINDS, STATES, TIMINGS

ENTER = _l("Enter a number.")
CODE = r"^[A-Za-z0-9][A-Za-z0-9._-]*$"
NAME = [InputRequired(_l("Enter a name.")), Length(max=120)]


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


def _halves(form, field):
    if isinstance(field.data, Decimal) and field.data % Decimal("0.5"):
        raise ValidationError(_("Months are whole or halves."))


def in_months(label, default=None):
    return DecimalField(
        label,
        [
            InputRequired(ENTER),
            NumberRange(Decimal("0.5"), 120, _l("Enter 0.5 to 120 months.")),
            _halves,
        ],
        default=default,
    )


class ProgrammeSearchForm(QueryForm):
    search = StringField(_l("Name or code"), [Length(max=100)])
    state = SelectField(_l("State"), choices=options({"": _l("All"), **STATES}), default="")


class StandardSearchForm(QueryForm):
    search = StringField(_l("Called"), [Length(max=100)])


class MinimumSearchForm(QueryForm):
    search = StringField(_l("Item"), [Length(max=100)])
    standard = SelectField(_l("Standard department"), default="")
    category = SelectField(_l("Kind"), choices=options({"": _l("All"), **CATEGORIES}), default="")


class BeginForm(CreatingForm):
    code = StringField(
        _l("Code"),
        [
            InputRequired(_l("Enter a code.")),
            Length(max=24),
            Regexp(CODE, message=_l("Letters, digits, dots and hyphens only.")),
        ],
        description=_l("Workbooks call all versions of the programme by it, for example GP33."),
    )
    name = StringField(_l("Called"), NAME)
    name_en = StringField(_l("English name"), [Length(max=120)])
    months = in_months(_l("Months"))


class HeadForm(EditingForm):
    code = BeginForm.code
    name = StringField(_l("Called"), NAME)
    name_en = StringField(_l("English name"), [Length(max=120)])
    months = in_months(_l("Months"))
    is_sample = BooleanField(_l("Sample, not official"))
    note = TextAreaField(_l("Note"), [Length(max=2000)])


class StandardForm(EditingForm):
    name = StringField(_l("Called"), NAME)
    name_en = StringField(_l("English name"), [Length(max=120)])
    is_primary_care = BooleanField(
        _l("Primary care"), description=_l("Done at a township or community centre.")
    )


class RequirementForm(EditingForm):
    standard_department = SelectField(_l("Standard department"), coerce=int)
    months = in_months(_l("Months"))
    may_split = BooleanField(_l("May be split"))
    shortest_stretch = in_months(_l("Shortest stretch"))
    at_primary_site = BooleanField(_l("May be done at a primary site"))
    elective_group = SelectField(_l("Elective group"), coerce=int)

    def validate_shortest_stretch(self, field):
        if field.data and self.months.data and field.data > self.months.data:
            raise ValidationError(_("This is longer than the rotation."))


class GroupForm(EditingForm):
    name = StringField(_l("Called"), NAME)
    months = in_months(_l("Months to choose"))


class RuleForm(EditingForm):
    kind = SelectField(_l("Rule"), choices=options(RULE_KINDS))
    standard_department = SelectField(_l("Standard department"), coerce=int)
    months = DecimalField(
        _l("Months that must lie there"),
        [Optional(), NumberRange(Decimal("0.5"), 120), _halves],
        description=_l("Only for a rotation that lies in the first months."),
    )
    within = IntegerField(
        _l("Within so many months"),
        [Optional(), NumberRange(1, 120)],
        description=_l("Of the first or of the last months of training."),
    )
    predecessors = CheckboxesField(
        _l("After these"),
        coerce=int,
        description=_l("Only for a rotation that begins after others."),
    )

    def validate(self, extra_validators=None) -> bool:
        well = super().validate(extra_validators)
        if self.kind.data == "after":
            if not self.predecessors.data:
                self.refuse("predecessors", _("Choose at least one department."))
            if self.standard_department.data in (self.predecessors.data or ()):
                self.refuse("predecessors", _("A rotation cannot wait for itself."))
        else:
            if not self.within.data:
                self.refuse("within", _("Enter a number."))
            if self.kind.data == "first" and not self.months.data:
                self.refuse("months", _("Enter a number."))
        return well and not self.errors


class MinimumForm(EditingForm):
    standard_department = SelectField(_l("Standard department"), coerce=int)
    category = SelectField(_l("Kind"), choices=options(CATEGORIES))
    item = StringField(_l("Item"), [InputRequired(_l("Enter a name.")), Length(max=120)])
    count = IntegerField(
        _l("At least"), [InputRequired(ENTER), NumberRange(0, 10000, _l("Enter 0 to 10000."))]
    )
    note = StringField(_l("Note"), [Length(max=300)])


class AssessmentForm(EditingForm):
    instrument = SelectField(_l("Form"))
    timing = SelectField(_l("When"), choices=options(TIMINGS))
    times = IntegerField(
        _l("How many"),
        [InputRequired(ENTER), NumberRange(1, 100, _l("Enter 1 to 100."))],
        default=1,
    )
    standard_department = SelectField(_l("Standard department"), coerce=int)
    note = StringField(_l("Note"), [Length(max=300)])


class InForceForm(EditingForm):
    from_year = IntegerField(
        _l("For intakes from"),
        [Optional(), NumberRange(2000, 2100, _l("Enter a year from 2000 to 2100."))],
        description=_l("The first year of intake that trains by it; empty: every year."),
    )


class FrameworksForm(EditingForm):
    frameworks = CheckboxesField(_l("Frameworks of this programme"), coerce=int)


class ServesForm(EditingForm):
    competencies = CheckboxesField(_l("Serves these competencies"), coerce=int)


class TableForm(EditingForm):
    """A CSV file; what is in it is judged by who reads it."""

    file = FileField(
        _l("CSV file"),
        [FileRequired(_l("Choose a file."))],
        render_kw={"accept": ".csv"},
    )

    def content(self) -> bytes:
        return self.file.data.stream.read()


class OtherBaseForm(CreatingForm):
    """Another base's workbook, which makes a draft of a new family."""

    workbook = UploadField(_l("Workbook"), [FileRequired(_l("Choose a file."))], kinds=(XLSX,))


class TakeInForm(CreatingForm):
    """The base of what `take_in_form` makes: one select for each department not known here."""

    code = BeginForm.code
    name = StringField(_l("Called"), NAME)
    name_en = StringField(_l("English name"), [Length(max=120)])
    is_sample = BooleanField(_l("Sample, not official"))


NEW = 0


def take_in_form(unknown: Sequence[str], standards: Mapping[int, str], likely: Mapping[str, int],
                 **data) -> TakeInForm:  # fmt: skip
    """`likely` is the department that each unknown name probably means."""
    fields = {
        f"standard_{n}": SelectField(
            name,
            coerce=int,
            choices=options({NEW: _("New: %(name)s", name=name), **standards}),
            default=likely.get(name, NEW),
        )
        for n, name in enumerate(unknown)
    }
    made = type("MappingForm", (TakeInForm,), fields)
    return made(data=data)

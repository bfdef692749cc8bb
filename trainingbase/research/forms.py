"""What people type about scholarly work."""

from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DecimalField,
    IntegerField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from trainingbase.files.forms import UploadsField
from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm, options
from trainingbase.research.rules import KINDS as ALL_KINDS
from trainingbase.research.rules import LEVELS as ALL_LEVELS
from trainingbase.research.rules import NEEDS_EVIDENCE, ROLES_OF
from trainingbase.research.words import FIELDS, KINDS, LEVELS, ROLES, STATES

MOST_FILES = 6
MOST_POINTS = 1000
ALL = {"": _l("All")}


class CheckboxesField(SelectMultipleField):
    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WorkFields(Form):
    """What is said of a work; by its kind the roles differ."""

    TEXTS = ("authors", "venue", "level", "reference", "note")
    OTHERS = ("kind", "title", "role", "author_order", "done_on", "ends_on", "hours")

    kind = SelectField(FIELDS["kind"], choices=options(KINDS))
    title = StringField(FIELDS["title"], [InputRequired(_l("Enter the title.")), Length(max=300)])
    role = SelectField(FIELDS["role"], choices=options(ROLES))
    author_order = IntegerField(
        FIELDS["author_order"],
        [Optional(), NumberRange(1, 500, _l("Enter 1 to 500."))],
        description=_l("Of papers, books and patents: 1 for the first."),
    )
    authors = StringField(FIELDS["authors"], [Length(max=500)])
    venue = StringField(FIELDS["venue"], [Length(max=200)])
    level = SelectField(FIELDS["level"], choices=options({"": _l("none")} | LEVELS), default="")
    reference = StringField(
        FIELDS["reference"],
        [Length(max=200)],
        description=_l("A DOI shows at once whether a paper was handed in before."),
    )
    done_on = DateField(
        FIELDS["done_on"],
        [InputRequired(_l("Choose a day."))],
        description=_l("Published, granted, awarded or held."),
    )
    ends_on = DateField(FIELDS["ends_on"], [Optional()], description=_l("Of projects."))
    hours = DecimalField(
        FIELDS["hours"],
        [Optional(), NumberRange(Decimal("0.1"), 1000, _l("Enter more than 0."))],
    )
    note = TextAreaField(FIELDS["note"], [Length(max=1000)])
    evidence = UploadsField(
        FIELDS["evidence"],
        description=_l("Photos or PDF of the first page, the certificate or the notice of grant."),
    )

    def validate_role(self, field):
        allowed = ROLES_OF.get(self.kind.data, ())
        if allowed and field.data not in allowed:
            words = ", ".join(str(ROLES[one]) for one in allowed)
            raise ValidationError(_("With this kind of work: %(roles)s.", roles=words))

    def validate_ends_on(self, field):
        if field.data and self.done_on.data and field.data < self.done_on.data:
            raise ValidationError(_("This lies before the first day."))

    def validate_evidence(self, field):
        if len(field.uploads) > MOST_FILES:
            raise ValidationError(_("Six files at most."))

    def given(self) -> dict:
        """The columns of the work."""
        found = {name: self[name].data for name in self.OTHERS}
        return found | {name: self[name].data or None for name in self.TEXTS}

    def lacks_evidence(self, kept: int = 0) -> bool:
        """Whether a kind that must be shown is not; says so at the field."""
        lacking = self.kind.data in NEEDS_EVIDENCE and not self.evidence.uploads and not kept
        if lacking:
            self.refuse("evidence", _("This kind of work needs evidence."))
        return lacking


class NewWorkForm(WorkFields, CreatingForm):
    pass


class NewWorkForForm(WorkFields, CreatingForm):
    """The office hands in for somebody."""

    person = SelectField(
        _l("Whose work"), [InputRequired(_l("Choose whose."))], coerce=int, default=0
    )

    def __iter__(self):
        """Whose it is comes first."""
        fields = list(super().__iter__())
        return iter(sorted(fields, key=lambda field: field.name != "person"))


class ChangeWorkForm(WorkFields, EditingForm):
    drop = CheckboxesField(_l("Take out"), coerce=int, choices=[])


class ApprovalForm(EditingForm):
    points = DecimalField(
        FIELDS["points"],
        [Optional(), NumberRange(0, MOST_POINTS, _l("Enter 0 to 1000, or nothing."))],
        description=_l("As the base's table gives them; change them where it does not fit."),
    )


class ReturnForm(EditingForm):
    reason = TextAreaField(
        _l("What is missing or wrong"), [InputRequired(_l("Say why.")), Length(max=500)]
    )


class WorkListForm(QueryForm):
    search = StringField(_l("Name or title"), [Length(max=100)])
    kind = SelectField(_l("Kind"), choices=options(ALL | KINDS), default="")
    state = SelectField(_l("State"), choices=options(ALL | STATES), default="")
    year = IntegerField(_l("Year"), [Optional(), NumberRange(1950, 2100)])


def points_form(**kwargs) -> Form:
    """One field for each kind, whatever the level, and for each level of it."""
    fields, any_level = {}, _("whatever its level")
    for kind in ALL_KINDS:
        for level in ("", *ALL_LEVELS):
            words = str(LEVELS[level]) if level else any_level
            label = f"{KINDS[kind]} · {words}"
            fields[f"{kind}__{level or 'any'}"] = DecimalField(
                label,
                [Optional(), NumberRange(0, MOST_POINTS, _("Enter 0 to 1000, or nothing."))],
            )
    return type("PointsForm", (Form,), fields)(**kwargs)


def points_given(form: Form) -> dict[tuple[str, str], Decimal | None]:
    found = {}
    for name, value in form.answers().items():
        kind, _line, level = name.partition("__")
        found[kind, "" if level == "any" else level] = value
    return found

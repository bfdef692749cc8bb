"""Forms of kinds of work and their fields."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DecimalField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, Length, NumberRange, Optional, ValidationError

from trainingbase.form import EditingForm, options
from trainingbase.logbook.models import FIELD_TYPES
from trainingbase.logbook.words import CATEGORIES, FIELD_TYPE_NAMES


class KindEditForm(EditingForm):
    name_en = StringField(_l("English name"), [Length(max=60)])
    unit = StringField(_l("Unit"), [Length(max=20)])
    unit_en = StringField(_l("Unit in English"), [Length(max=20)])
    most = IntegerField(_l("Most in one day"), [Optional(), NumberRange(1, 10000)])
    primary_only = BooleanField(_l("Only at primary sites"))
    in_use = BooleanField(_l("In use"), default=True)

    def common(self) -> dict:
        return {
            "name_en": self.name_en.data or None,
            "unit": self.unit.data or None,
            "unit_en": self.unit_en.data or None,
            "most": self.most.data,
            "primary_only": self.primary_only.data,
            "in_use": self.in_use.data,
        }


class KindNewForm(KindEditForm):
    category = SelectField(
        _l("Kind"),
        choices=options({key: CATEGORIES[key] for key in ("community", "workload")}),
        description=_l("Daily counts say how many in one day; community work is one entry each."),
    )
    called = StringField(
        _l("Its name"),
        [DataRequired(_l("Give it a name.")), Length(max=60)],
        description=_l("It stays: entries and programmes know the work by it."),
    )

    def answers_new(self) -> dict:
        by_day = self.category.data == "workload"
        return self.common() | {
            "category": self.category.data,
            "name": self.called.data,
            "by_day": by_day,
            "most": self.most.data if by_day else None,
        }


class FieldForm(EditingForm):
    called = StringField(_l("Its name"), [DataRequired(_l("Give it a name.")), Length(max=60)])
    name_en = StringField(_l("English name"), [Length(max=60)])
    type = SelectField(
        _l("Type"), choices=options({key: FIELD_TYPE_NAMES[key] for key in FIELD_TYPES})
    )
    unit = StringField(_l("Unit"), [Length(max=20)])
    least = DecimalField(_l("At least"), [Optional()])
    most = DecimalField(_l("At most"), [Optional()])
    decimals = IntegerField(
        _l("Places after the point"), [Optional(), NumberRange(0, 3)], default=0
    )
    choices_typed = TextAreaField(
        _l("Choices"),
        [Length(max=2000)],
        description=_l("One a line: Chinese | English. What is there stays."),
    )
    required = BooleanField(_l("Must be filled in"))
    in_use = BooleanField(_l("In use"), default=True)

    def validate_most(self, field) -> None:
        if field.data is not None and self.least.data is not None and field.data < self.least.data:
            raise ValidationError(_("This is less than the least."))

    def validate_choices_typed(self, field) -> None:
        if "type" in self and self.type.data == "choice" and not (field.data or "").strip():
            raise ValidationError(_("Give at least one choice."))

    def values(self) -> dict:
        return {
            "name": self.called.data,
            "name_en": self.name_en.data or None,
            "type": self.type.data if "type" in self else None,
            "unit": self.unit.data or None,
            "least": self.least.data,
            "most": self.most.data,
            "decimals": self.decimals.data or 0,
            "required": self.required.data,
            "in_use": self.in_use.data,
        }

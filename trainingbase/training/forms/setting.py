"""What the office types to set kinds and frequencies, and a department its usual hours."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, SelectField, StringField, TimeField
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional

from trainingbase.form import CreatingForm, EditingForm, Form, options
from trainingbase.training.words import KIND_FIELDS, PERIODS, SCOPES, SHEETS, WEEKDAYS

LONGEST_DAY = 12 * 60


class KindForm(EditingForm):
    name_en = StringField(KIND_FIELDS["name_en"], [Length(max=80)])
    minutes = IntegerField(
        KIND_FIELDS["minutes"],
        [
            InputRequired(_l("How many minutes?")),
            NumberRange(5, LONGEST_DAY, _l("Between 5 and 720 minutes.")),
        ],
    )
    sheet = SelectField(KIND_FIELDS["sheet"], choices=options(SHEETS), default="")
    is_joint = BooleanField(KIND_FIELDS["is_joint"])
    is_remote = BooleanField(KIND_FIELDS["is_remote"])
    in_use = BooleanField(KIND_FIELDS["in_use"], default=True)

    def chosen(self) -> dict:
        return self.answers() | {
            "sheet": self["sheet"].data or None,
            "name_en": self["name_en"].data or None,
        }


class NewKindForm(CreatingForm, KindForm):
    name = StringField(KIND_FIELDS["name"], [DataRequired(_l("Type a name.")), Length(max=40)])


class FrequencyForm(EditingForm):
    scope = SelectField(_l("Applies to"), choices=options(SCOPES))
    standard = StringField(
        _l("Standard departments whose name contains"),
        [Length(max=40)],
        description=_l("Only for departments that stand for them."),
    )
    department_id = SelectField(_l("Department"), coerce=int, default=0)
    times = IntegerField(
        _l("How often"),
        [InputRequired(_l("How often?")), NumberRange(0, 31, _l("Between 0 and 31."))],
        description=_l("0 where nothing is due."),
    )
    period = SelectField(_l("Period"), choices=options(PERIODS))
    source = StringField(
        _l("Source"), [DataRequired(_l("Say where it comes from.")), Length(max=80)]
    )
    in_use = BooleanField(_l("In use"), default=True)

    def validate_standard(self, field):
        if self["scope"].data == "standard" and not field.data:
            self.refuse("standard", _("Type a part of the name."))

    def validate_department_id(self, field):
        if self["scope"].data == "department" and not field.data:
            self.refuse("department_id", _("Choose a department."))

    def chosen(self) -> dict:
        scope = self["scope"].data
        return self.answers() | {
            "standard": self["standard"].data if scope == "standard" else None,
            "department_id": self["department_id"].data if scope == "department" else None,
        }


class NewFrequencyForm(CreatingForm, FrequencyForm):
    pass


def slots_form(kinds, name_of) -> type[Form]:
    """A weekday, a time and a room for each kind that is due."""
    fields: dict = {}
    for kind in kinds:
        name = name_of(kind.name)
        fields[f"weekday_{kind.id}"] = SelectField(
            _("%(kind)s: weekday", kind=name), choices=options(WEEKDAYS), coerce=int
        )
        fields[f"time_{kind.id}"] = TimeField(
            _("%(kind)s: time", kind=name), [InputRequired(_l("Choose a time."))]
        )
        fields[f"room_{kind.id}"] = StringField(
            _("%(kind)s: room", kind=name), [Optional(), Length(max=100)]
        )
    return type("SlotsForm", (Form,), fields)

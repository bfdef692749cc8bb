"""A monthly appraisal, as the office types it."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DecimalField, SelectField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError

from trainingbase.form import CreatingForm, EditingForm, Form, QueryForm
from trainingbase.incentives.forms.schemes import MOST, NUMBER
from trainingbase.incentives.rules.lines import kept

FIGURES = ("quality", "efficiency", "reward", "deduction", "teaching_points", "total_points")
ASKED = [InputRequired(NUMBER), NumberRange(0, MOST, NUMBER)]
FREE = [Optional(), NumberRange(0, MOST, NUMBER)]


class _Figures(Form):
    quality = DecimalField(_l("Quality score"), ASKED, places=None, default=0)
    efficiency = DecimalField(_l("Efficiency score"), ASKED, places=None, default=0)
    reward = DecimalField(_l("Reward, in yuan"), ASKED, places=2, default=0)
    deduction = DecimalField(_l("Deduction, in yuan"), ASKED, places=2, default=0)
    teaching_points = DecimalField(_l("Points for teaching"), FREE, places=None)
    total_points = DecimalField(_l("All points"), FREE, places=None)
    note = StringField(_l("Note"), [Length(max=200)])

    def validate_total_points(self, field):
        if (self.teaching_points.data or 0) > (field.data or 0):
            raise ValidationError(_("Points for teaching are part of all points."))

    def figures(self) -> dict:
        typed = {name: self[name].data for name in FIGURES}
        figures = {name: None if one is None else kept(one) for name, one in typed.items()}
        return figures | {"note": self.note.data or None}


class AppraisalForm(CreatingForm, _Figures):
    month = SelectField(_l("Month"))
    department_id = SelectField(_l("Department"), coerce=int)
    person_id = SelectField(
        _l("Person"), coerce=int, description=_l("Nobody: the department itself is appraised.")
    )


class AppraisalEditForm(EditingForm, _Figures):
    pass


class MonthFilter(QueryForm):
    month = SelectField(_l("Month"), default="", validate_choice=False)


class ProgrammeForm(QueryForm):
    year = SelectField(_l("Year"), coerce=int, validate_choice=False)
    source = SelectField(_l("Source of the central subsidy"), coerce=int, validate_choice=False)

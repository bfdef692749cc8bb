"""What a site must have."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DecimalField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from trainingbase.form import EditingForm
from trainingbase.sites.forms.network import text


class RuleForm(EditingForm):
    name = StringField(_l("Its name"), [InputRequired(_l("Give a name.")), Length(max=120)])
    name_en = StringField(_l("English name"), [InputRequired(_l("Give a name.")), Length(max=120)])
    least = DecimalField(
        _l("At least"),
        [
            InputRequired(_l("Enter a number.")),
            NumberRange(0, 100_000_000, _l("Enter a number from 0 on.")),
        ],
    )
    words = StringField(
        _l("Names that do"),
        [Length(max=500)],
        description=_l("Names of standard departments, with commas between them."),
    )
    source = StringField(_l("Source"), [InputRequired(_l("Say where this comes from."))])
    in_use = BooleanField(_l("In use"))
    why = text(_l("Why this is changed"), 300)

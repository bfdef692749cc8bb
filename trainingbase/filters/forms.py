"""What is typed to keep a filter."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from trainingbase.form import Form


class KeepForm(Form):
    name = StringField(_l("Name"), [DataRequired(_l("Give it a name.")), Length(max=40)])
    path = HiddenField(
        validators=[InputRequired(), Length(max=200), Regexp(r"^/(?![/\\])[^\s\\]*$")]
    )
    query = HiddenField(validators=[InputRequired(), Length(max=1000)])

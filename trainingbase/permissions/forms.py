"""What of the table somebody looks for."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from trainingbase.form import QueryForm, options
from trainingbase.words import ROLES


class SearchForm(QueryForm):
    search = StringField(_l("Part or address"), [Length(max=100)])
    role = SelectField(_l("Role"), choices=options({"": _l("All"), **ROLES}), default="")

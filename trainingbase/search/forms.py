"""What is typed to find something."""

from flask_babel import lazy_gettext as _l
from wtforms import SearchField
from wtforms.validators import Length

from trainingbase.form import QueryForm


class FindForm(QueryForm):
    q = SearchField(
        _l("Search"),
        [Length(max=100)],
        description=_l("Name, its pinyin or initials, or a number."),
        render_kw={"autofocus": True, "autocomplete": "off", "enterkeyhint": "search"},
    )

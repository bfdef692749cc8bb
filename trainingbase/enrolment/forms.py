"""What the office types to find residents."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from trainingbase.form import QueryForm, options


class ResidentSearchForm(QueryForm):
    search = StringField(
        _l("Search"),
        [Length(max=100)],
        render_kw={"placeholder": _l("Name, institution, ID number")},
    )
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "training": _l("In training"),
                "finished": _l("Finished"),
                "withdrawn": _l("Withdrawn"),
                "all": _l("All"),
            }
        ),
        default="training",
    )

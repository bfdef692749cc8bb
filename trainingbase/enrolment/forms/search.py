"""What the office types to find residents and their records."""

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


class ClaimSearchForm(QueryForm):
    search = StringField(_l("Name"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "waiting": _l("Waiting"),
                "approved": _l("Approved"),
                "refused": _l("Not approved"),
            }
        ),
        default="",
    )


class ContractSearchForm(QueryForm):
    search = StringField(_l("Name or home institution"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options(
            {
                "": _l("All"),
                "running": _l("Running"),
                "coming": _l("To come"),
                "over": _l("Over"),
            }
        ),
        default="",
    )


class ObligationSearchForm(QueryForm):
    search = StringField(_l("Name or place"), [Length(max=100)])
    state = SelectField(
        _l("State"),
        choices=options({"": _l("All"), "open": _l("Open"), "ended": _l("Ended")}),
        default="",
    )

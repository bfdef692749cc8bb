"""What is typed to answer, and to look for what was released."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import Length

from trainingbase.ballots.words import KINDS, STATES_OF_SUBJECTS
from trainingbase.form import QueryForm, options

ANY = {"": _l("All")}


class SubjectFilter(QueryForm):
    search = StringField(_l("Search"), [Length(max=80)])
    kind = SelectField(_l("About"), choices=options(ANY | KINDS), validate_choice=False)
    state = SelectField(
        _l("State"), choices=options(ANY | STATES_OF_SUBJECTS), validate_choice=False
    )

    def only(self, kinds: Iterable[str]) -> None:
        """The kinds this viewer can meet."""
        known = set(kinds)
        self.kind.choices = options(
            ANY | {kind: label for kind, label in KINDS.items() if kind in known}
        )

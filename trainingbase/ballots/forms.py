"""What is typed to answer, and to look for what was released."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import Length, Optional

from trainingbase.ballots.words import GROUPS, KINDS, STATES_OF_SUBJECTS
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


class TotalFilter(QueryForm):
    kind = SelectField(_l("About"), choices=options(KINDS), validate_choice=False)
    by = SelectField(_l("Together by"), choices=options(GROUPS), validate_choice=False)
    year = IntegerField(_l("Year"), [Optional()])

    def wanted(self, this_year: int) -> tuple[str, str, int]:
        """What was chosen, where it is one of the choices."""
        kind = self.kind.data if self.kind.data in KINDS else "teacher"
        by = self.by.data if self.by.data in GROUPS else "institution"
        year = self.year.data if self.year.data and 2000 <= self.year.data <= 2200 else this_year
        self.kind.data, self.by.data, self.year.data = kind, by, year
        self.year.raw_data = None
        return kind, by, year

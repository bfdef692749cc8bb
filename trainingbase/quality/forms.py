"""What the figures are narrowed to."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from trainingbase.form import QueryForm
from trainingbase.quality import words


class ScopeForm(QueryForm):
    """Months are given as YYYY-MM; the last one is part of the period."""

    first = SelectField(_l("From month"))
    last = SelectField(_l("To month"))
    site = SelectField(_l("Site"), coerce=int, default=0)
    department = SelectField(_l("Department"), coerce=int, default=0)
    cohort = SelectField(_l("Cohort"), coerce=int, default=0)


class RowsForm(ScopeForm):
    """Rows of residents are narrowed by their type as well."""

    type = SelectField(words.TYPE, coerce=int, default=0)


class CompareForm(ScopeForm):
    """What is compared, and what with."""

    type = SelectField(words.TYPE, coerce=int, default=0)
    first_b = SelectField(_l("From month"))
    last_b = SelectField(_l("To month"))
    site_b = SelectField(_l("Site"), coerce=int, default=0)
    department_b = SelectField(_l("Department"), coerce=int, default=0)
    cohort_b = SelectField(_l("Cohort"), coerce=int, default=0)
    type_b = SelectField(words.TYPE, coerce=int, default=0)


class ExploreForm(ScopeForm):
    measure = SelectField(_l("Measure"))
    part = SelectField(_l("What of it"))
    split = SelectField(_l("Split by"))

"""Questions about imports, and what the base knows that workbooks refer to."""

from trainingbase.imports.queries.base import is_empty, known, missing_for
from trainingbase.imports.queries.rows import (
    confirmed_before,
    content_of,
    import_by_form_key,
    import_by_id,
    imports,
    latest_of_each_kind,
    refused_rows,
    rows_of,
    rows_shown,
    tutors_written,
)

__all__ = [
    "confirmed_before",
    "content_of",
    "import_by_form_key",
    "import_by_id",
    "imports",
    "is_empty",
    "known",
    "latest_of_each_kind",
    "missing_for",
    "refused_rows",
    "rows_of",
    "rows_shown",
    "tutors_written",
]

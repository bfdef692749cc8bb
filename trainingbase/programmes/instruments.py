"""The codes of instruments that a version may plan.

Forms belong to the assessments, which stand above programmes: they tell their names here.
"""

from collections.abc import Callable, Mapping
from typing import Any

known: Callable[[], Mapping[str, Any]] | None = None
"""Set by `assessments`: by code, a row with `name` and `name_en` for each instrument in use."""


def by_code() -> Mapping[str, Any]:
    return known() if known is not None else {}


label: Callable[[Any], str] | None = None
"""Set by `assessments`: a form's name, and who fills it in."""


def labels() -> dict[str, str]:
    """By code, for a choice."""
    return {code: label(one) if label else one.name for code, one in by_code().items()}

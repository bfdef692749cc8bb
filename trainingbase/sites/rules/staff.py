"""Staff by year, title and qualification."""

from collections.abc import Iterable


def staff_by_year(
    rows: Iterable[tuple[int, str, str, int]],
) -> dict[int, dict[tuple[str, str], int]]:
    """From rows of year, title, qualification and count; newest year first."""
    found: dict[int, dict[tuple[str, str], int]] = {}
    for year, title, qualification, count in sorted(rows, key=lambda row: -row[0]):
        found.setdefault(year, {})[title, qualification] = count
    return found

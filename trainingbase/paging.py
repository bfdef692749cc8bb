"""A page of a list, by the address's `?page=`."""

from collections.abc import Sequence
from weakref import WeakKeyDictionary

from flask import request
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, bindparam, func, select

from trainingbase.db import columns, db, value
from trainingbase.prepared import Values

PER_PAGE = 25


def page_of(rows: Select) -> Pagination:
    """Twenty-five rows; a page beyond the end is empty, not an error."""
    number = request.args.get("page", 1, type=int)
    return db.paginate(rows, page=max(1, min(number, 10**6)), per_page=PER_PAGE, error_out=False)


class _Listed(Pagination):
    """A page of rows that are there already."""

    def _query_items(self) -> list:
        first = (self.page - 1) * self.per_page
        return list(self._query_args["rows"][first : first + self.per_page])

    def _query_count(self) -> int:
        return len(self._query_args["rows"])


def page_of_list(rows: Sequence) -> Pagination:
    """As `page_of`, of a list that had to be reckoned as a whole."""
    number = request.args.get("page", 1, type=int)
    return _Listed(page=max(1, min(number, 10**6)), per_page=PER_PAGE, error_out=False, rows=rows)


class _Columns(Pagination):
    """A page of tuples: what a list shows, without the records behind it."""

    def _query_items(self) -> list:
        page, _count = _parts(self._query_args["rows"])
        first = (self.page - 1) * self.per_page
        values = {**self._query_args["values"], "page_length": self.per_page, "page_first": first}
        return list(columns(page, values))

    def _query_count(self) -> int:
        count = self._query_args["number"]
        if count is None:
            _page, count = _parts(self._query_args["rows"])
        return value(count, self._query_args["values"])


_parts_of: WeakKeyDictionary[Select, tuple[Select, Select]] = WeakKeyDictionary()


def _parts(rows: Select) -> tuple[Select, Select]:
    """The statements of a page, and of how many rows there are: of a prepared list, once."""
    if rows not in _parts_of:
        page = rows.limit(bindparam("page_length")).offset(bindparam("page_first"))
        listed = rows.order_by(None).subquery()
        _parts_of[rows] = page, select(func.count()).select_from(listed)
    return _parts_of[rows]


def page_of_columns(
    rows: Select, values: Values | None = None, number: Select | None = None
) -> Pagination:
    """As `page_of`, of columns instead of records; `values` fill a prepared list, `number` counts
    it where that can be done with less than the list itself."""
    return _Columns(
        page=page_number(),
        per_page=PER_PAGE,
        error_out=False,
        rows=rows,
        values=values or {},
        number=number,
    )


class _Cut(Pagination):
    """A page that its query has cut already."""

    def _query_items(self) -> list:
        return list(self._query_args["rows"])

    def _query_count(self) -> int:
        return self._query_args["total"]


def page_of_rows(rows: Sequence, total: int) -> Pagination:
    """The rows of the present page, out of so many; for rows that are no single model."""
    return _Cut(page=page_number(), per_page=PER_PAGE, error_out=False, rows=rows, total=total)


def page_number() -> int:
    return max(1, min(request.args.get("page", 1, type=int), 10**6))

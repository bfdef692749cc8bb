"""A page of a list, by the address's `?page=`."""

from collections.abc import Sequence

from flask import request
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select, func, select

from trainingbase.db import db

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
        rows = self._query_args["rows"].limit(self.per_page).offset((self.page - 1) * self.per_page)
        return list(db.session.execute(rows))

    def _query_count(self) -> int:
        rows = self._query_args["rows"].order_by(None)
        counted = select(func.count()).select_from(rows.subquery())
        return db.session.scalar(counted) or 0


def page_of_columns(rows: Select) -> Pagination:
    """As `page_of`, of columns instead of records."""
    return _Columns(page=page_number(), per_page=PER_PAGE, error_out=False, rows=rows)


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

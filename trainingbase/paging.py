"""A page of a list, by the address's `?page=`."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select

from trainingbase.db import db

PER_PAGE = 25


def page_of(rows: Select) -> Pagination:
    """Twenty-five rows; a page beyond the end is empty, not an error."""
    number = request.args.get("page", 1, type=int)
    return db.paginate(rows, page=max(1, min(number, 10**6)), per_page=PER_PAGE, error_out=False)


@dataclass(frozen=True)
class Part:
    """A page of a list that is no statement; what templates ask of a `Pagination`."""

    items: Sequence
    page: int
    pages: int
    total: int

    @property
    def has_prev(self) -> bool:
        return self.page > 1

    @property
    def has_next(self) -> bool:
        return self.page < self.pages


def part_of(rows: Sequence) -> Part:
    """Twenty-five of them; a page beyond the end is empty, not an error."""
    number = max(1, min(request.args.get("page", 1, type=int), 10**6))
    first = (number - 1) * PER_PAGE
    pages = -(-len(rows) // PER_PAGE)
    return Part(rows[first : first + PER_PAGE], number, pages, len(rows))

"""A page of a list, by the address's `?page=`."""

from flask import request
from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import Select

from trainingbase.db import db

PER_PAGE = 25


def page_of(rows: Select) -> Pagination:
    """Twenty-five rows; a page beyond the end is empty, not an error."""
    number = request.args.get("page", 1, type=int)
    return db.paginate(rows, page=max(1, min(number, 10**6)), per_page=PER_PAGE, error_out=False)

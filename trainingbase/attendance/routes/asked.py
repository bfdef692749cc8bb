"""Who opens what, and what stands in an address."""

from datetime import date

from flask import abort, request

from trainingbase import clock
from trainingbase.attendance.queries.scope import TAKERS
from trainingbase.months import first_of_month
from trainingbase.roles import Role

TAKE = TAKERS
READ = (*TAKERS, Role.FACULTY, Role.AUDITOR)
CLOSE = (*TAKERS, Role.AUDITOR)


def month_named(text: str) -> date:
    """`2026-11` of a path; anything else is no page."""
    try:
        found = date.fromisoformat(f"{text}-01")
    except ValueError:
        abort(404)
    if not 2000 <= found.year <= 2100:
        abort(404)
    return found


def this_month(asked: date | None) -> date:
    return first_of_month(asked or clock.today())


def with_query(address: str, anchor: str = "") -> str:
    """The address with the filter of the page one came from."""
    asked = request.query_string.decode("utf-8", "replace")
    return address + (f"?{asked}" if asked else "") + (f"#{anchor}" if anchor else "")

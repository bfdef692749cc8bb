"""The permission table as a page."""

from dataclasses import dataclass

from flask import Blueprint, current_app, render_template

from trainingbase.access import ANYONE, allow
from trainingbase.permissions.forms import SearchForm
from trainingbase.permissions.table import GROUPS, TABLE, group_of
from trainingbase.permissions.words import GROUPS as GROUP_NAMES
from trainingbase.permissions.words import PARTS, SCOPES
from trainingbase.roles import Role

permissions = Blueprint("permissions", __name__)


@dataclass(frozen=True)
class Address:
    """One address of a part: how it is asked, and the roles it opens to (None: everybody)."""

    rule: str
    methods: str
    open_to: tuple[Role, ...] | None


@permissions.get("/permissions", endpoint="permissions")
@allow(Role.OFFICE, Role.AUDITOR, Role.ADMINISTRATOR)
def all_permissions():
    form, addresses = SearchForm(), _addresses()
    search = (form.search.data or "")[:100].casefold()
    found: dict[str, list[str]] = {group: [] for group in GROUPS}
    for part in TABLE:
        if search in str(PARTS[part]).casefold() or _leads(addresses[part], search):
            found[group_of(part)].append(part)
    return render_template(
        "permissions/permissions.html",
        form=form,
        only=form.role.data if form.role.data in list(Role) else "",
        search=search,
        groups={group: parts for group, parts in found.items() if parts},
        group_names=GROUP_NAMES,
        table=TABLE,
        parts=PARTS,
        scopes=SCOPES,
        addresses=addresses,
    )


def _leads(addresses: list[Address], search: str) -> bool:
    return any(search in one.rule for one in addresses)


def _addresses() -> dict[str, list[Address]]:
    """What each part answers, from the marks the guard itself reads."""
    found: dict[str, list[Address]] = {part: [] for part in TABLE}
    for rule in sorted(current_app.url_map.iter_rules(), key=lambda one: one.rule):
        part = rule.endpoint.partition(".")[0]
        if part in found:
            open_to = current_app.view_functions[rule.endpoint].open_to
            methods = ", ".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
            found[part].append(Address(rule.rule, methods, None if open_to == ANYONE else open_to))
    return found

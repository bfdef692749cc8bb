"""Every route is held to the permission table."""

import pytest

from trainingbase.access import ANYONE
from trainingbase.permissions.table import ASKED_BY_POST, TABLE
from trainingbase.permissions.words import PARTS, SCOPES
from trainingbase.roles import Role

HARMLESS = {"GET", "HEAD", "OPTIONS"}


@pytest.fixture
def opened(app):
    """By part: who sees and who changes anything of it, by the marks of its routes."""
    found = {}
    for rule in app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        open_to = app.view_functions[rule.endpoint].open_to
        roles = set() if open_to == ANYONE else set(open_to)
        seeing, changing = found.setdefault(rule.endpoint.partition(".")[0], (set(), set()))
        seeing |= roles
        if rule.methods - HARMLESS and rule.endpoint not in ASKED_BY_POST:
            changing |= roles
    return found


def test_every_part_is_in_the_table_and_named(opened):
    assert set(opened) == set(TABLE) == set(PARTS)
    assert {right.scope for rights in TABLE.values() for right in rights.values()} <= set(SCOPES)


@pytest.mark.parametrize("part", sorted(TABLE))
def test_nobody_opens_what_the_table_does_not_give(opened, part):
    seeing, changing = opened[part]
    assert seeing == set(TABLE[part])
    assert changing == {role for role, right in TABLE[part].items() if right.changes}


def test_the_administrator_reads_the_table(browse, administrator):
    page = browse(administrator).get("/permissions").text
    assert "/residents/&lt;int:resident_id&gt;" in page
    assert "their department" in page


def test_the_administrator_sees_no_evaluations_and_no_pay():
    assert Role.ADMINISTRATOR not in TABLE["assessments"]
    assert Role.ADMINISTRATOR not in TABLE["incentives"]

"""Every route is held to the permission table."""

import pytest

from trainingbase.access import ANYONE
from trainingbase.permissions.table import ASKED_BY_POST, GROUPS, TABLE
from trainingbase.permissions.words import GROUPS as GROUP_NAMES
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


def test_the_table_is_searched_by_part_address_and_role(browse, administrator):
    browser = browse(administrator)
    page = browser.get("/permissions?search=incentives").text
    assert 'id="part-incentives"' in page and 'id="part-exams"' not in page
    assert "<details" in page and " open>" in page
    one = browser.get("/permissions?role=auditor").text
    assert 'data-label="Auditor"' in one and 'data-label="Resident"' not in one
    for odd in ("%25", "x" * 5000, "<script>", "role"):
        none = browser.get("/permissions", query_string={"search": odd, "role": odd})
        assert none.status_code == 200 and "<script>alert" not in none.text
    assert "called so" in browser.get("/permissions?search=zzz").text


def test_every_part_stands_in_one_group():
    named = [part for parts in GROUPS.values() for part in parts]
    assert len(named) == len(set(named)) and set(named) <= set(TABLE)
    assert set(GROUPS) == set(GROUP_NAMES)

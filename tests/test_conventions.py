"""House rules that neither ruff nor import-linter can hold."""

import ast
import re

import pytest

from trainingbase import paths
from trainingbase.app import create_app

CODE = sorted(paths.PACKAGE.rglob("*.py"))
TEMPLATES = sorted(paths.TEMPLATES.rglob("*.html"))
ROUTES = [path for path in CODE if "routes" in (path.stem, path.parent.name)]
DOMAIN = [
    path
    for path in CODE
    if {"actions", "models", "queries", "rules", "charts"} & {path.stem, path.parent.name}
    or {"planner", "psychometrics", "sheets"} & set(path.relative_to(paths.PACKAGE).parts)
]
OUTSIDE_THE_DOMAIN = {"cli", "demo", "seed"}
"""Packages that may commit on their own: a command is its own transaction."""


def named(path):
    return path.relative_to(paths.HOME).as_posix()


def words_of(path):
    """The parts of a module's name, folders above it included, within the package."""
    return path.relative_to(paths.PACKAGE).with_suffix("").parts


def calls(path):
    """Each call in a module as (dotted name, line): `db.session.commit`, `datetime.now`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node.lineno


@pytest.fixture(scope="module")
def rules():
    app = create_app(SECRET_KEY="long enough for a test", DATABASE_URL="sqlite://", TESTING=True)
    return list(app.url_map.iter_rules())


def test_only_actions_commit():
    committing = {
        named(path)
        for path in CODE
        if any(name.endswith(".commit") for name, _line in calls(path))
        and "actions" not in words_of(path)
        and not OUTSIDE_THE_DOMAIN & set(words_of(path))
    }
    assert committing <= COMMITTING


COMMITTING = {
    "trainingbase/db.py",  # on behalf of an action: `committed`
    "trainingbase/start.py",  # runs once after the migrations, with nobody signed in
    "trainingbase/accounts/session.py",  # a session is noted on every page, whatever the page does
}


@pytest.mark.parametrize("path", DOMAIN, ids=named)
def test_the_domain_is_told_the_time(path):
    clocks = ("date.today", "datetime.now", "datetime.utcnow", "clock.now", "clock.today")
    assert [call for call in calls(path) if call[0].endswith(clocks)] == []


@pytest.mark.parametrize("path", ROUTES, ids=named)
def test_routes_reach_rows_through_queries(path):
    session = re.compile(r"(\.session\.|\.query\.|get_or_404|first_or_404)")
    assert [call for call in calls(path) if session.search(call[0])] == []


def test_no_module_is_a_drawer_for_everything():
    drawers = {"util", "utils", "helper", "helpers", "common", "misc", "services", "manager"}
    assert [named(path) for path in CODE if drawers & set(words_of(path))] == []


@pytest.mark.parametrize("path", CODE, ids=named)
def test_a_module_fits_on_few_screens(path):
    lines = path.read_text().count("\n")
    assert lines <= 300, "which noun is missing?"


def test_urls_are_lower_case_with_hyphens(rules):
    for rule in rules:
        fixed = re.sub(r"<[^>]*>", "", rule.rule)
        assert fixed == fixed.lower() and "_" not in fixed, rule


def test_url_parameters_have_types(rules):
    for rule in rules:
        for parameter in re.findall(r"<([^>]*)>", rule.rule):
            assert ":" in parameter, rule


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_a_template_holds_no_script_style_or_unescaped_text(template):
    forbidden = re.compile(
        r"<script(?![^>]*(src=|application/json))|<style|\sstyle=|\son[a-z]+=|javascript:"
        r"|\|\s*safe\b|autoescape\s+false",
        re.IGNORECASE,
    )
    assert [found.group() for found in forbidden.finditer(template.read_text())] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=named)
def test_a_template_asks_nothing_of_another_host(template):
    loading = re.compile(r"(?:src|srcset|href|action|data-[\w-]+)=[\"'](?:https?:)?//[^\"']*")
    assert loading.findall(template.read_text()) == []


def test_no_code_marks_text_as_safe_html():
    marking = [
        (named(path), line)
        for path in CODE
        for name, line in calls(path)
        if name.split(".")[-1] in ("Markup", "mark_safe") and named(path) not in MARKING
    ]
    assert marking == []


MARKING = {
    "trainingbase/attendance/routes/grid.py",  # cells that templates drew, one after the other
    "trainingbase/drawn.py",  # places of its own in what templates drew; what fills them is escaped
    "trainingbase/form.py",  # an empty hidden tag
    "trainingbase/messages.py",  # our own sentences; what fills them is escaped
}

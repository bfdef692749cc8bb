"""The pages open for whom they are, and for nobody else."""

import re

import pytest

from tests.careers.conftest import TODAY
from trainingbase.access import ANYONE
from trainingbase.roles import Role


def routes(app):
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("careers."):
            for method in sorted(rule.methods & {"GET", "POST"}):
                yield rule, method


@pytest.mark.parametrize("filled", ["1", "987654"])
def test_every_page_opens_to_its_roles_and_no_others(
    app, everybody, browse, filled, rule, obligation, worked, carol_resident, county
):
    worked(carol_resident, county.township, carol_resident.ends_on)
    for role, person in everybody.items():
        browser = browse(person)
        for one, method in routes(app):
            url = re.sub(r"<string:\w+>", "csv", re.sub(r"<int:\w+>", filled, one.rule))
            status = browser.open(url, method=method).status_code
            open_to = app.view_functions[one.endpoint].open_to
            assert open_to != ANYONE
            if role in open_to:
                assert status not in (401, 403) and status < 500, (role, url, method, status)
            else:
                assert status == 403, (role, url, method, status)


def test_the_administrator_opens_nothing(app):
    opening = {one.endpoint for one, _method in routes(app)
               if Role.ADMINISTRATOR in app.view_functions[one.endpoint].open_to}  # fmt: skip
    assert opening == set() and TODAY

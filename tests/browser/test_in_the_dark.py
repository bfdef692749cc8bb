"""Main pages of each role by dark colours, on both screens: axe reads every contrast."""

import pytest

from tests.quality.autumn import play_autumn
from trainingbase.roles import Role

PAGES = {
    Role.LEADER: ("/", "/quality/", "/community/", "/reports/"),
    Role.OFFICE: ("/", "/self-assessment/", "/attendance/", "/incentives/"),
    Role.RESIDENT: ("/", "/log/mine", "/judging/picture"),
    Role.FACULTY: ("/assessments/",),
}


@pytest.mark.parametrize(("language", "screen"), [("zh", "phone"), ("en", "desktop")])
def test_dark_pages_can_be_read(
    visit, axe, everybody, placed, county, alice_resident, bob_resident, mei_member
):
    play_autumn(placed, county, alice_resident, bob_resident, mei_member)
    for role, paths in PAGES.items():
        page = visit(everybody[role])
        page.emulate_media(color_scheme="dark")
        for path in paths:
            page.goto(path)
            axe(page)

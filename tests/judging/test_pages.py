"""Every page opens for whom it is, and for nobody else."""

import pytest

PAGES = (
    "residents", "meetings", "members", "conflicts", "decisions", "appeals", "plans", "signals",
    "watch-rules", "members/new", "conflicts/new", "meetings/new",
)  # fmt: skip
LISTS = (
    "residents", "meetings", "members", "conflicts", "decisions", "appeals", "plans", "signals",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_the_office_opens_every_list(browse, office, frozen, page):
    assert browse(office).get(f"/judging/{page}").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_list_is_a_file(browse, office, frozen, kind):
    browser = browse(office)
    for page in LISTS:
        assert browser.get(f"/judging/{page}/export/{kind}").status_code == 200, page


def test_the_resident_sees_their_picture(browse, alice, frozen):
    browser = browse(alice)
    assert browser.get("/judging/picture").status_code == 200
    assert browser.get("/judging/picture/committee").status_code == 200


def test_the_meeting_and_its_cases_open(browse, office, mei, frozen, alices_case):
    for someone in (office, mei):
        browser = browse(someone)
        assert browser.get(f"/judging/meetings/{frozen.id}").status_code == 200
        assert browser.get(f"/judging/cases/{alices_case.id}").status_code == 200
        packet = alices_case.packets[0].id
        assert browser.get(f"/judging/packets/{packet}").status_code == 200

"""Who reads what was released, and what the pages say where nothing was."""

import pytest

from tests.ballots.conftest import said
from trainingbase.ballots.models import Ballot
from trainingbase.ballots.rules.releasing import complementary
from trainingbase.ballots.rules.spread import Spread, components, trust
from trainingbase.db import db

SECRET = "a text nobody but its readers may see"


@pytest.fixture
def batch(school, mei_member):
    for month in range(3):
        made = school.played(month, mei_member, [said(5, text=SECRET), said(4)], first=2 * month)
    return made[0]


@pytest.fixture
def waiting(school, li):
    """Of another teacher, whom three could have judged and two did."""
    school.played(6, li, [said(1, text="UNRELEASED"), said(2), None], first=30)
    return db.session.query(Ballot).order_by(Ballot.round_id.desc()).first().subject_id


def test_a_teacher_reads_their_own(batch, waiting, browse, mei):
    browser = browse(mei)
    listed = browser.get("/ballots/released").text
    assert "Mei" in listed and "Lin" not in listed
    own = browser.get(f"/ballots/released/{batch.subject_id}").text
    assert SECRET in own and "4.50" in own and "± " in own
    assert "cannot be said yet" in own  # dependability, of one teacher
    assert browser.get(f"/ballots/released/{waiting}").status_code == 404
    assert browser.get(f"/ballots/released/{waiting}/export/csv").status_code == 404


def test_the_office_reads_all_released_and_nothing_else(batch, waiting, browse, office):
    browser = browse(office)
    assert SECRET in browser.get(f"/ballots/released/{batch.subject_id}").text
    other = browser.get(f"/ballots/released/{waiting}").text
    assert "Nothing can be released yet" in other
    assert "3 people could have answered" in other and "too few for anybody" in other
    assert "UNRELEASED" not in other
    for address in ("released/export/csv", "released/export/xlsx", "rounds", "rounds/export/csv"):
        answer = browser.get(f"/ballots/{address}")
        assert answer.status_code == 200 and b"UNRELEASED" not in answer.data


def test_leader_and_auditor_read_figures_without_texts(batch, browse, leader, auditor):
    for someone in (leader, auditor):
        browser = browse(someone)
        page = browser.get(f"/ballots/released/{batch.subject_id}").text
        assert "4.50" in page and SECRET not in page
        for kind in ("csv", "xlsx"):
            file = browser.get(f"/ballots/released/{batch.subject_id}/export/{kind}")
            assert SECRET.encode() not in file.data


def test_the_administrator_and_other_teachers_read_nothing(
    batch, browse, administrator, chen, alice
):
    for someone in (administrator, alice):
        assert browse(someone).get("/ballots/released").status_code == 403
        page = browse(someone).get(f"/ballots/released/{batch.subject_id}")
        assert page.status_code == 403
    assert browse(chen).get(f"/ballots/released/{batch.subject_id}").status_code == 404
    assert browse(administrator).get("/ballots/rounds").status_code == 403


def test_a_secretary_reads_the_department_not_its_teachers(
    school, mei_member, browse, secretary, coordinator, county
):
    from tests.ballots.conftest import form

    form("department")
    db.session.commit()
    from sqlalchemy import select

    from trainingbase.ballots import actions
    from trainingbase.ballots.models import BallotSubject, Batch

    for month in range(3):
        some = school.people(2 * month + 2)[2 * month :]
        for one in some:
            school.stay(one, month, mei_member)
        school.opened(month)
        for ballot in db.session.scalars(select(Ballot).where(Ballot.state == "open")).all():
            actions.answer(ballot, given=said(3), today=ballot.round.opens_on)
        school.closed(month)
    kinds = dict(
        db.session.execute(select(BallotSubject.kind, Batch.subject_id).join(Batch.subject)).all()
    )
    browser = browse(secretary)
    assert browser.get(f"/ballots/released/{kinds['department']}").status_code == 200
    assert browser.get(f"/ballots/released/{kinds['teacher']}").status_code == 404
    elsewhere = browse(coordinator)  # of the township: Medicine is of the lead hospital
    assert elsewhere.get(f"/ballots/released/{kinds['department']}").status_code == 404


def test_the_count_of_an_open_round_is_not_watched(school, mei_member, browse, office, monkeypatch):
    for one in school.people(3):
        school.stay(one, 0, mei_member)
    school.opened(0)
    monkeypatch.setenv("TRAININGBASE_TODAY", "2026-06-05")
    pages = []
    for one in [None, *school.residents]:
        if one is not None:
            school.answer(one, mei_member, said(4))
        browser = browse(office)
        pages.append(
            [browser.get(f"/ballots/{page}").text for page in ("rounds/export/csv", "released")]
        )
    assert all(page[0] == pages[0][0] for page in pages)
    assert all("Mei" not in page[1] for page in pages)


def test_lists_ask_as_much_for_many_as_for_few(
    school, mei_member, browse, office, statements, county
):
    from tests.cast import faculty_member

    school.played(0, mei_member, [said(4)])
    browser = browse(office)
    few = {page: statements(lambda page=page: browser.get(page)) for page in LISTS}
    for number in range(12):
        member = faculty_member(f"T{number}", county.surgery, f"2{number:03d}")
        school.stay(school.people(number + 2)[-1], 1, member)
    school.opened(1)
    school.closed(1)
    browser = browse(office)
    assert {page: statements(lambda page=page: browser.get(page)) for page in LISTS} == few


LISTS = ("/ballots/released", "/ballots/rounds")


def test_dependability_is_the_one_way_analysis_of_whole_values():
    """Against sums made from the values themselves."""
    groups = [
        [4, 5, 4, 5, 4],
        [2, 3, 2, 2, 3, 2],
        [5, 5, 4, 5, 5],
        [3, 3, 4, 3, 3],
        [1, 2, 1, 1, 2],
    ]
    spreads = []
    for some in groups:
        mean = sum(some) / len(some)
        variance = sum((one - mean) ** 2 for one in some) / (len(some) - 1)
        spreads.append(Spread(len(some), mean, variance**0.5))
    found = components(spreads)
    every = [one for some in groups for one in some]
    grand = sum(every) / len(every)
    between = sum(len(g) * (sum(g) / len(g) - grand) ** 2 for g in groups) / 4
    within = sum((one - sum(g) / len(g)) ** 2 for g in groups for one in g) / (len(every) - 5)
    size = (len(every) - sum(len(g) ** 2 for g in groups) / len(every)) / 4
    assert found.within == pytest.approx(within)
    assert found.between == pytest.approx((between - within) / size)
    assert trust(found, 5).more == 0 and trust(found, 5).phi > 0.95


def test_nothing_is_said_of_fewer_than_five_and_of_no_difference():
    assert components([Spread(5, 4.0, 1.0)] * 4) is None
    same = components([Spread(5, 4.0, 1.0)] * 5)
    assert same.was_negative and trust(same, 5).phi == 0 and trust(same, 5).more is None


@pytest.mark.parametrize(
    "sizes, hidden",
    [
        ({"a": 3, "b": 5, "c": 9}, set()),
        ({"a": 2, "b": 5, "c": 9}, {"a", "b"}),
        ({"a": 1, "b": 2, "c": 9}, {"a", "b"}),
        ({"a": 2}, {"a"}),
    ],
)
def test_a_hidden_part_is_never_the_whole_less_the_rest(sizes, hidden):
    assert complementary(sizes, 3) == hidden

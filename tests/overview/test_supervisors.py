"""Today says who waits for a supervisor, to those who can assign one."""

from datetime import date

from trainingbase.db import db


def test_office_and_secretary_see_who_waits_for_a_supervisor(
    browse, office, secretary, coordinator, placed, alice_resident, county, mei_member
):
    says = "Residents of this month and the next without a supervisor: 1."
    assert says not in browse(office).get("/").text
    one = placed(alice_resident, county.medicine, date(2026, 12, 1), date(2027, 2, 1))
    for person, there in ((office, True), (secretary, True), (coordinator, False)):
        assert (says in browse(person).get("/").text) == there
    one.supervisor = mei_member
    db.session.commit()
    assert says not in browse(office).get("/").text

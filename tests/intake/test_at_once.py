"""Two clerks at the same moment."""

from threading import Barrier, Thread

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from tests.intake.conftest import AT, id_number
from trainingbase.db import db
from trainingbase.enrolment.models import Resident
from trainingbase.intake import actions
from trainingbase.intake.models import Applicant, Arrival, Intake
from trainingbase.people.models import Person


def at_once(portal, *acts) -> list:
    """What each act gives or raises, done by as many people together."""
    db.session.rollback()
    ready, found = Barrier(len(acts)), []

    def run(act):
        with portal.app_context():
            ready.wait()
            try:
                found.append(asked_again(act))
            except Exception as error:
                found.append(error)
            finally:
                db.session.remove()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for one in threads:
        one.start()
    for one in threads:
        one.join(60)
    db.session.expire_all()
    return found


def asked_again(act):
    """A request that meets the other's row is asked once more (`errors`), and finds it."""
    try:
        return act()
    except IntegrityError:
        db.session.rollback()
        return act()


def loaded(model, row_id):
    return db.session.scalars(select(model).where(model.id == row_id)).one()


def test_one_applicant_is_enrolled_once(portal, office, applied):
    one = applied("Dora", 1, decision="admitted")
    who, clerk = one.id, office.id

    def enrol():
        by = loaded(Person, clerk)
        return actions.enrol_applicant(loaded(Applicant, who), by=by, at=AT, path="/")[1]

    found = at_once(portal, enrol, enrol, enrol)
    assert sorted(type(one).__name__ for one in found) == [
        "AlreadyEnrolled", "AlreadyEnrolled", "bool",
    ]  # fmt: skip
    assert db.session.query(Resident).count() == 1


def test_one_person_who_applied_twice_is_enrolled_once(portal, county, office, intake, applied):
    second = Intake(
        year=2028, programme=county.programme, planned=2, starts_on=intake.starts_on,
        ends_on=intake.ends_on, report_ends_on=intake.report_ends_on, written_most=100,
        interview_most=100, opened_at=AT, opened_by_id=office.id,
    )  # fmt: skip
    db.session.add(second)
    db.session.commit()
    ids = [applied("Dora", 1, decision="admitted", to=each).id for each in (intake, second)]
    clerk = office.id

    def enrol(who):
        def act():
            by = loaded(Person, clerk)
            return actions.enrol_applicant(loaded(Applicant, who), by=by, at=AT, path="/")[1]

        return act

    found = at_once(portal, *map(enrol, ids))
    assert sorted(found) == [False, True]
    [made] = db.session.query(Resident)
    assert made.id_number == id_number(1)
    assert {one.resident_id for one in db.session.query(Applicant)} == {made.id}


def test_the_last_place_is_given_once(portal, office, intake, applied):
    intake.planned = 1
    db.session.commit()
    ids = [applied(name, n).id for n, name in enumerate(("Dora", "Edna"), 1)]
    clerk = office.id

    def admit(who):
        def act():
            by = loaded(Person, clerk)
            one = loaded(Applicant, who)
            actions.decide(one, "admitted", reason=None, version=one.version, by=by, at=AT)

        return act

    found = at_once(portal, *map(admit, ids))
    assert [type(one).__name__ for one in found if one is not None] == ["PlanFull"]


def test_somebody_reports_in_once(portal, office, intake, applied):
    one = applied("Dora", 1, decision="admitted")
    made, _was = actions.enrol_applicant(one, by=office, at=AT, path="/")
    who, where, clerk = made.id, intake.id, office.id

    def report():
        return actions.report_in(
            loaded(Resident, who),
            loaded(Intake, where),
            how="code",
            by=loaded(Person, clerk),
            at=AT,
        )[1]

    assert sorted(at_once(portal, report, report)) == [False, True]
    assert db.session.query(Arrival).count() == 1

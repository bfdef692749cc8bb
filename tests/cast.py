"""The cast: a tiny county, and one person of every role.

Alice and Bob are residents, Mei teaches Alice, Chen teaches elsewhere, Wu is the office, Li leads,
Sun audits, Admin looks after accounts, Zhao is secretary of Medicine, Qian coordinates the
township centre.  `browse(alice)` is a browser in which Alice has signed in.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count

import pytest

from trainingbase.accounts.models import Account, SignIn
from trainingbase.accounts.rules import hashed, secret_hash
from trainingbase.clock import real_now
from trainingbase.db import db
from trainingbase.enrolment.models import Cohort, Resident
from trainingbase.faculty.models import Certificate, FacultyMember, Post
from trainingbase.leaving.models import Leaving, Left
from trainingbase.people.models import Grant, Person
from trainingbase.programmes.models import Programme, Requirement, StandardDepartment
from trainingbase.roles import Role
from trainingbase.rotations.models import Placement, Plan
from trainingbase.signatures.models import Signature
from trainingbase.sites.models import Department, Institution
from trainingbase.start import start_with

NUMBERS = count()
PASSWORD = "correct horse battery staple"
_HASH = hashed(PASSWORD)
LONG_AGO = datetime(2026, 8, 1, tzinfo=UTC)


@dataclass
class County:
    """What the cast works in; every attribute is a committed row."""

    lead: Institution
    township: Institution
    medicine: Department
    surgery: Department
    village_team: Department
    standards: dict[str, StandardDepartment]
    programme: Programme
    cohort: Cohort


def add(row):
    db.session.add(row)
    db.session.commit()
    return row


def put(row):
    """As `add`, but whoever calls commits: one commit for what is made together."""
    db.session.add(row)
    db.session.flush()
    return row


def person(name: str, *roles: Role, **scope) -> Person:
    """Somebody with an account named like themselves; scopes go to the first role."""
    grants = [
        Grant(role=role, granted_at=LONG_AGO, **(scope if i == 0 else {}))
        for i, role in enumerate(roles)
    ]
    someone = put(Person(name=name, language="en", grants=grants))
    add(
        Account(
            person_id=someone.id,
            login=name.lower(),
            password_hash=_HASH,
            password_set_at=LONG_AGO,
            must_change=False,
        )
    )
    return someone


@pytest.fixture
def county(app) -> County:
    app.extensions["contents"].begin(start_with)
    standards = {
        name: StandardDepartment(name=name, name_en=name, is_primary_care=name == "Community")
        for name in ("Medicine", "Surgery", "Community")
    }
    db.session.add_all(standards.values())
    lead = put(Institution(name="Lead Hospital", name_en="Lead Hospital", level="lead"))
    township = put(Institution(name="Willow Township", name_en="Willow Township", level="township"))

    def department(name, institution, standard, most):
        return put(
            Department(
                name=name,
                name_en=name,
                institution=institution,
                most=most,
                standards=[standards[standard]],
            )
        )

    programme = put(
        Programme(code="GP33", name="GP 33", name_en="GP 33", months=Decimal(33), is_sample=True)
    )
    for position, (name, months) in enumerate((("Medicine", 2), ("Surgery", 1), ("Community", 3))):
        db.session.add(
            Requirement(
                programme=programme,
                standard_department=standards[name],
                position=position,
                months=Decimal(months),
                may_split=False,
                shortest_stretch=Decimal(months),
                at_primary_site=name == "Community",
            )
        )
    found = County(
        lead=lead,
        township=township,
        medicine=department("Medicine", lead, "Medicine", 2),
        surgery=department("Surgery", lead, "Surgery", 1),
        village_team=department("GP team", township, "Community", 2),
        standards=standards,
        programme=programme,
        cohort=put(Cohort(year=2026, programme=programme, name="2026级", name_en="2026 intake")),
    )
    db.session.commit()
    return found


def resident(name: str, county: County, id_number: str, **more) -> Resident:
    return add(
        Resident(
            person=person(name, Role.RESIDENT),
            cohort=county.cohort,
            programme=county.programme,
            id_number=id_number,
            sex="女",
            trainee_type="social",
            starts_on=date(2026, 9, 1),
            ends_on=date(2029, 9, 1),
            **more,
        )
    )


def faculty_member(name: str, department: Department, staff_number: str) -> FacultyMember:
    member = put(
        FacultyMember(
            person=person(name, Role.FACULTY),
            staff_number=staff_number,
            title="主治医师",
            most_residents=2,
            posts=[Post(department=department)],
        )
    )
    add(
        Certificate(
            faculty_member=member,
            number=f"S{staff_number}",
            level="省级",
            issued_on=date(2025, 1, 1),
        )
    )
    return member


@pytest.fixture
def alice_resident(county):
    return resident("Alice", county, "110101200001010025")


@pytest.fixture
def bob_resident(county):
    return resident("Bob", county, "110101200001010033")


@pytest.fixture
def alice(alice_resident):
    return alice_resident.person


@pytest.fixture
def bob(bob_resident):
    return bob_resident.person


@pytest.fixture
def mei_member(county):
    return faculty_member("Mei", county.medicine, "1001")


@pytest.fixture
def mei(mei_member):
    return mei_member.person


@pytest.fixture
def chen(county):
    return faculty_member("Chen", county.surgery, "1002").person


@pytest.fixture
def office(county):
    return person("Wu", Role.OFFICE)


@pytest.fixture
def leader(county):
    return person("Li", Role.LEADER)


@pytest.fixture
def auditor(county):
    return person("Sun", Role.AUDITOR)


@pytest.fixture
def administrator(county):
    return person("Admin", Role.ADMINISTRATOR)


@pytest.fixture
def secretary(county):
    return person("Zhao", Role.SECRETARY, department_id=county.medicine.id)


@pytest.fixture
def coordinator(county):
    return person("Qian", Role.SITE_COORDINATOR, institution_id=county.township.id)


@pytest.fixture
def everybody(alice, mei, secretary, coordinator, office, leader, auditor, administrator):
    """One person of every role, by role."""
    return {
        Role.RESIDENT: alice,
        Role.FACULTY: mei,
        Role.SECRETARY: secretary,
        Role.SITE_COORDINATOR: coordinator,
        Role.OFFICE: office,
        Role.LEADER: leader,
        Role.AUDITOR: auditor,
        Role.ADMINISTRATOR: administrator,
    }


@pytest.fixture
def plan_in_force(county, office):
    """An empty plan, published; `placed` puts placements into it."""
    plan = Plan(
        title="Autumn",
        origin="copy",
        starts_on=date(2026, 9, 1),
        ends_on=date(2027, 9, 1),
        seconds=1,
        requested_at=LONG_AGO,
        solved_at=LONG_AGO,
        status="feasible",
        cohorts=[county.cohort],
    )
    plan.publish(by=office, at=LONG_AGO)
    return add(plan)


@pytest.fixture
def placed(plan_in_force):
    """`placed(alice_resident, county.medicine, date(2026, 11, 1), date(2027, 1, 1), mei_member)`"""

    def place(resident, department, starts_on, ends_on, supervisor=None) -> Placement:
        return add(
            Placement(
                plan_id=plan_in_force.id,
                resident=resident,
                department=department,
                standard_department=department.standards[0],
                supervisor=supervisor,
                starts_on=starts_on,
                ends_on=ends_on,
                published_at=LONG_AGO,
                changed_at=LONG_AGO,
            )
        )

    return place


@pytest.fixture
def browse(app):
    """A browser in which somebody has signed in (without the work of hashing a password)."""

    def browser_of(someone: Person):
        secret = f"secret-of-{someone.id}-{next(NUMBERS)}"
        now = real_now()
        add(
            SignIn(
                person_id=someone.id,
                secret_hash=secret_hash(secret),
                started_at=now,
                seen_at=now,
                device="test",
            )
        )
        client = app.test_client()
        with client.session_transaction() as session:
            session["secret"] = secret
        return client

    return browser_of


@pytest.fixture
def statements(app):
    """`statements(lambda: browser.get("/residents"))`: how many statements that took."""
    from sqlalchemy import event

    def count(doing) -> int:
        said = []

        def note(_connection, _cursor, statement, *_):
            said.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            page = doing()
            assert page.status_code == 200, page.status_code
        finally:
            event.remove(db.engine, "before_cursor_execute", note)
        return len([one for one in said if not one.startswith(("BEGIN", "PRAGMA", "ROLLBACK"))])

    return count


def ended(placement, verdict="passed", *, by, at=LONG_AGO):
    """The placement was reviewed with that verdict; where passed, the resident has left."""
    kept = put(
        Signature(
            kind="leaving", subject_id=placement.id, meaning="verdict", content={}, digest="0" * 64,
            signer_id=by.id, name=by.name, role="leader", signed_at=at, seal="-",
        )
    )  # fmt: skip
    review = put(
        Leaving(
            placement=placement, state=verdict, verdict=verdict, proposed=verdict,
            prepared_at=at, signed_at=at, signature=kept, content={},
        )
    )  # fmt: skip
    if verdict == "passed":
        put(Left(placement=placement, leaving=review, left_on=placement.ends_on, done_at=at))
    db.session.commit()
    return review

"""Alice ends two months in Medicine with Mei; Dr Gao leads the teaching group, Dr Han is deputy."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.assessments.conftest import EXIT
from tests.cast import PASSWORD, add, faculty_member
from trainingbase.assessments import actions as assessments
from trainingbase.assessments.queries.instruments import instrument_in_use
from trainingbase.db import db
from trainingbase.leaving import actions
from trainingbase.leaving.actions.appraising import Appraised
from trainingbase.leaving.actions.exams import Result
from trainingbase.leaving.actions.reviewing import Verdict
from trainingbase.leaving.models import GateItem, GroupMember, TeachingGroup
from trainingbase.leaving.queries import deciding, gates, standing_of
from trainingbase.leaving.rules import form as exit_form
from trainingbase.leaving.start import ITEMS
from trainingbase.signatures.rules import Proof, digest

TODAY = date(2026, 11, 30)
NOW = datetime(2026, 11, 30, 2, tzinfo=UTC)
"""The last day of Alice's placement: the portal's day in these tests."""

PROOF = Proof(PASSWORD, "", NOW)
GRADES = {one.code: 1 for one in exit_form.graded()}


@pytest.fixture(autouse=True)
def on_this_day(monkeypatch):
    monkeypatch.setenv("TRAININGBASE_TODAY", TODAY.isoformat())


@pytest.fixture
def stay(placed, alice_resident, county, mei_member):
    """October and November in Medicine."""
    return placed(alice_resident, county.medicine, date(2026, 10, 1), date(2026, 12, 1), mei_member)


@pytest.fixture
def gao_member(county):
    return faculty_member("Gao", county.medicine, "2001")


@pytest.fixture
def gao(gao_member):
    return gao_member.person


@pytest.fixture
def han_member(county):
    return faculty_member("Han", county.medicine, "2002")


@pytest.fixture
def han(han_member):
    return han_member.person


@pytest.fixture
def group(county, gao_member, han_member):
    made = add(TeachingGroup(department_id=county.medicine.id))
    for member, duty in ((gao_member, "leader"), (han_member, "deputy")):
        add(
            GroupMember(
                group_id=made.id,
                faculty_member_id=member.id,
                duty=duty,
                starts_on=date(2026, 9, 1),
            )
        )
    return made


@pytest.fixture
def lenient(county):
    """Rules that ask for no log and no activities, so that a test says what matters to it."""

    def change(**effects):
        """`change(theory="veto")`: only these, and what is needed."""
        general = gates.newest_of((None, None))
        least = {item: Decimal(least) for item, _effect, least, *_source in ITEMS}
        wanted = {"exit_form": "needed", "appraisal": "needed", **effects}
        general.items = []
        db.session.flush()
        general.items = [
            GateItem(item=item, effect=effect, least=least[item], source="Base", confidence="S")
            for item, effect in wanted.items()
        ]
        db.session.commit()
        return general

    return change


@pytest.fixture
def assessed(stay, mei):
    """`assessed(**answers)`: Mei's exit assessment and her signed part of the exit form."""

    def assess(**answers):
        given = {code.replace("_", "."): value for code, value in answers.items()}
        assessments.submit(
            instrument=instrument_in_use("exit_assessment"),
            placement=stay,
            by=mei,
            at=NOW,
            observed_on=TODAY,
            answers={**EXIT, **given},
            form_key=f"exit-{len(deciding.rounds(stay.id))}-{sorted(given.items())}",
        )
        actions.appraise(
            stay, Appraised(GRADES, {}, "Reliable."), proof=PROOF, version=None, by=mei, at=NOW
        )

    return assess


@pytest.fixture
def marked(stay, secretary, mei, chen):
    """`marked(theory=80, skill=75)`: marks as the secretary enters them."""

    def mark(placement=stay, at=NOW, **marks):
        for kind, score in marks.items():
            actions.enter_exam(
                placement,
                Result(kind, TODAY, Decimal(score), "Lumbar puncture", mei.id, chen.id),
                by=secretary,
                at=at,
                request_key=None,
            )

    return mark


@pytest.fixture
def ready(stay, group, assessed, marked, secretary, lenient):
    """Handed over to the group, with rules that only ask for marks."""
    lenient(theory="veto", skill="veto", score="veto", mini_cex="advice")

    def make(theory=80, skill=75):
        assessed()
        marked(theory=theory, skill=skill)
        return actions.prepare(stay, by=secretary, at=NOW)

    return make


def content_seen(placement):
    standing = standing_of([placement.id])[placement.id]
    return digest(deciding.to_review(placement, standing, today=TODAY).content)


@pytest.fixture
def reviewed(gao):
    """`reviewed(leaving, "passed")`: signed by Gao."""

    def sign(leaving, verdict="passed", *, by=gao, reason=None, at=NOW, proof=PROOF, **more):
        placement = leaving.placement
        return actions.review(
            leaving,
            Verdict(verdict, "Work on your ECGs.", reason, more.pop("reviewers", [])),
            seen=more.pop("seen", None) or content_seen(placement),
            proof=proof,
            version=more.pop("version", leaving.version),
            by=by,
            at=at,
        )

    return sign


@pytest.fixture
def seen(alice):
    """`seen(leaving)`: Alice has read and signed."""

    def sign(leaving, *, remark=None, objects=False, by=alice, at=NOW):
        actions.see(
            leaving,
            remark=remark,
            objects=objects,
            proof=PROOF,
            version=leaving.version,
            by=by,
            at=at,
        )

    return sign

"""This year's intake as it went, next year's as it stands, and what was agreed with residents."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from random import Random

from sqlalchemy import select

from trainingbase.db import db
from trainingbase.enrolment import actions as records
from trainingbase.enrolment.models import Resident
from trainingbase.files.rules import Upload, examined
from trainingbase.intake import actions
from trainingbase.intake.models import Intake
from trainingbase.months import months_later
from trainingbase.people.models import Person
from trainingbase.programmes.models import Programme

# name, born, trainee type, home institution, written, interview, decision, reason
NEXT_YEAR = (
    ("欧阳晓岚", "19990314", "social", None, 88, 86, "admitted", None),
    ("阿依古丽·买买提", "20000708", "rural", "柳溪镇卫生院", 84, 87, "admitted", None),
    ("𠮷宏伟", "19991121", "sent", "青石镇卫生院", 82, 83, "admitted", None),
    ("尉迟思远", "20000206", "social", None, 80, 79, "admitted", None),
    ("单雨桐", "20000917", "rural", "北桥镇卫生院", 78, 77, "reserve", "计划名额已满，第一备录"),
    ("张國榮", "19980530", "social", None, 74, 78, "reserve", "第二备录"),
    ("盖俊杰", "19990825", "sent", "县人民医院", 59, 62, "refused", "笔试未达60分"),
    ("覃玉兰", "20000112", "social", None, 85, 80, "withdrawn", "本人考取研究生"),
    ("令狐雪", "20001004", "rural", "柳溪镇卫生院", 76, None, None, None),
    ("仇文博", "19990619", "social", None, 72, None, None, None),
    ("曾子墨", "20000327", "own", "县人民医院", None, None, None, None),
    ("朴贞淑", "20001213", "social", None, None, None, None, None),
)
PLANNED = 5
PENALTY = Decimal(30000)


@dataclass(frozen=True)
class Acting:
    """Who did it, on which day."""

    by: Person
    at: datetime


def play(office: Person, *, at: datetime, say: Callable[[str], None]) -> None:
    acting = Acting(office, at)
    programme = db.session.scalars(select(Programme).where(Programme.code.startswith("GP"))).first()
    if programme is None:
        return
    this_year = _of_cohort(programme, at.year)
    if this_year:
        _as_it_went(programme, this_year, acting)
    _as_it_stands(programme, at.year + 1, acting)
    agreed = _agree(this_year, acting)
    _ask(this_year, acting)
    say(f"  Intake of {at.year + 1}: {len(NEXT_YEAR)} applicants; {agreed} contracts")


def _of_cohort(programme: Programme, year: int) -> Sequence[Resident]:
    rows = db.session.scalars(
        select(Resident).where(Resident.programme_id == programme.id).order_by(Resident.id)
    )
    return [one for one in rows if one.cohort.year == year and one.is_in_training]


def _open(programme: Programme, year: int, planned: int, acting: Acting) -> Intake:
    begins = date(year, 9, 1)
    return actions.open_intake(
        {
            "year": year,
            "programme_id": programme.id,
            "planned": planned,
            "starts_on": begins,
            "ends_on": months_later(begins, 36),
            "report_ends_on": begins + timedelta(days=3),
            "written_most": Decimal(100),
            "interview_most": Decimal(100),
        },
        by=acting.by,
        at=acting.at,
    )


def _as_it_went(programme: Programme, residents: Sequence[Resident], acting: Acting) -> None:
    """Those who began this year had applied, and all but one reported in."""
    acting = Acting(acting.by, acting.at.replace(month=6, day=15))
    arrived = acting.at.replace(month=9, day=1)
    intake = _open(programme, acting.at.year, len(residents), acting)
    said = {"by": acting.by, "at": acting.at}
    for number, resident in enumerate(residents):
        values = {"name": resident.name, "id_number": resident.id_number, "sex": resident.sex}
        values |= {"school": resident.school, "home_institution": resident.home_institution}
        chance = Random(resident.id)  # noqa: S311 (a play, not a secret)
        one = actions.apply(intake, values | {"trainee_type": resident.trainee_type}, **said)
        written, interview = (Decimal(chance.randint(65, 92)) for _ in range(2))
        actions.put_scores(one, written=written, interview=interview, version=one.version, **said)
        actions.decide(one, "admitted", reason=None, version=one.version, **said)
        actions.enrol_applicant(one, path="/my-record", **said)
        if number != len(residents) - 1:
            actions.report_in(resident, intake, how="office", by=acting.by, at=arrived)


def _as_it_stands(programme: Programme, year: int, acting: Acting) -> None:
    intake = _open(programme, year, PLANNED, acting)
    said = {"by": acting.by, "at": acting.at}
    for serial, row in enumerate(NEXT_YEAR):
        name, born, kind, home, written, interview, decision, reason = row
        number = _id_number(born, serial)
        values = {"name": name, "id_number": number, "sex": "男" if int(number[16]) % 2 else "女"}
        values |= {"phone": f"1390000{serial:04}", "trainee_type": kind, "home_institution": home}
        one = actions.apply(intake, values | {"education": "本科", "school": "省医科大学"}, **said)
        scores = [None if score is None else Decimal(score) for score in (written, interview)]
        if written is not None:
            actions.put_scores(
                one, written=scores[0], interview=scores[1], version=one.version, **said
            )
        if decision:
            actions.decide(one, decision, reason=reason, version=one.version, **said)
        if serial % 2 == 0:
            actions.keep_documents(one, "diploma", [_scan(serial)], **said)


def _agree(residents: Sequence[Resident], acting: Acting) -> int:
    """Contracts with everybody, and service owed by those who were sent or are oriented."""
    said = {"file": None, "by": acting.by, "at": acting.at}
    count = 0
    for number, one in enumerate(residents, 1):
        if one.starts_on is None or one.ends_on is None:
            continue
        sent = one.trainee_type in ("own", "sent", "rural")
        contract = {
            "number": f"ZP{acting.at.year}-{number:03}",
            "signed_on": one.starts_on,
            "starts_on": one.starts_on,
            "ends_on": one.ends_on,
            "payer": "home" if sent else "base",
            "payer_name": one.home_institution if sent else None,
        }
        records.agree_contract(one, contract, **said)
        count += 1
        if one.trainee_type == "rural" and one.home_institution:
            owed = {
                "years": Decimal(6),
                "place": one.home_institution,
                "penalty": "未满服务期离职，按未服务年限比例退还培养费用。",
                "penalty_amount": PENALTY,
                "counts": "培训期不计入；产假、病假计入；脱产读研不计入。",
            }
            records.agree_obligation(one, owed, **said)
    return count


def _ask(residents: Sequence[Resident], acting: Acting) -> None:
    """One asks to have earlier training counted; the office has not decided yet."""
    for one in residents[:1]:
        requirement = one.programme.requirements[0]
        records.ask_for_credit(
            one,
            standard_department_id=requirement.standard_department_id,
            months=Decimal(1),
            place="省人民医院",
            starts_on=date(acting.at.year - 1, 3, 1),
            ends_on=date(acting.at.year - 1, 4, 1),
            evidence=_scan(1000),
            by=one.person,
            at=acting.at,
        )


def _id_number(born: str, serial: int) -> str:
    """Of no place there is, with a right check character."""
    digits = f"990101{born}{100 + serial * 7:03}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
    return digits + "10X98765432"[total % 11]


def _scan(seed: int) -> Upload:
    """A picture of a page, each a little different."""
    from PIL import Image

    content = BytesIO()
    Image.new("RGB", (300, 400), (240, 240, 200 + seed % 50)).save(content, "PNG")
    return examined("毕业证.png", content.getvalue())

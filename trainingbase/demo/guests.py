"""Forms of the county's own, and guests who answered them.  The items are samples of this play."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random

from flask import current_app
from sqlalchemy import select

from trainingbase.assessments.actions import guests
from trainingbase.assessments.models import GuestLink
from trainingbase.db import db
from trainingbase.instruments import actions as forms
from trainingbase.instruments.models import Instrument, Item
from trainingbase.instruments.queries import in_use_of
from trainingbase.instruments.rules.scales import filled
from trainingbase.people.models import Person
from trainingbase.rotations.models import Placement

NURSE = (
    ("查房时听取护士的意见", "Listens to nurses on the round", "communication"),
    ("医嘱清楚、及时", "Orders are clear and in time", "patient_care"),
    ("病情变化时沟通及时", "Tells the team in time when a patient gets worse", "communication"),
    ("尊重患者和同事", "Respects patients and colleagues", "professionalism"),
    ("无菌操作和查对到位", "Keeps asepsis and checks", "knowledge_skills"),
)
PATIENT = (
    ("医生认真听我说话", "The doctor listened to me", "communication"),
    ("医生用我听得懂的话解释", "The doctor explained in words I understand", "communication"),
    ("医生关心我、尊重我", "The doctor cared and showed respect", "professionalism"),
    ("我知道回家后该怎么做", "I know what to do at home", "patient_care"),
)
PEER = (
    ("交接班清楚完整", "Hands over clearly and completely", "communication"),
    ("乐于帮助同伴", "Helps fellow residents", "professionalism"),
    ("愿意教、也愿意学", "Teaches and learns", "learning"),
)
SAID = (
    "夜班呼叫后很快到床旁，交代清楚。建议口头医嘱后尽快补录。",
    "对老年患者有耐心，换药前会解释。交接班时请把特殊用药再强调一次。",
    "查对认真，遇到不确定会先问上级，很好。",
)
THANKS = ("说话慢，听得懂。", "问得很仔细，谢谢。", "等的时间有点长。")


def play(*, office: Person, today: date, at: datetime, say: Callable[[str], None]) -> None:
    nurse = _own_form("nurse_on_resident", NURSE, office=office, at=at)
    patient = _own_form("patient_on_resident", PATIENT, office=office, at=at)
    _own_form("peer_on_resident", PEER, office=office, at=at)
    _others(office=office, at=at)
    placements = _placements(today)
    secret = current_app.config["SECRET_KEY"]
    asked_at = at - timedelta(days=6)
    common = {"secret": secret, "by": office, "expires_on": today + timedelta(days=9)}
    by_nurses = guests.issue(
        instrument=nurse, placements=placements, each=1, identity="handed", batch="demo-nurses",
        at=asked_at, **common,
    )  # fmt: skip
    by_patients = guests.issue(
        instrument=patient, placements=placements[:6], each=2, identity="printed",
        batch="demo-patients", at=asked_at, **common,
    )  # fmt: skip
    guests.issue(
        instrument=patient, placements=placements[:2], each=1, identity="sent", name="周凤英",
        contact="13800001234", batch="demo-sent", at=asked_at, **common,
    )  # fmt: skip
    answered = _answer([*by_nurses, *by_patients], at=at)
    waiting = [one for one in by_patients if one.used_at is None]
    if waiting:
        guests.revoke(waiting[-1], by=office, at=at)
    say(f"Guests: {len(by_nurses) + len(by_patients)} links, {answered} answered.")


def _own_form(code: str, lines, *, office: Person, at: datetime) -> Instrument:
    """The base's version of a form whose items no source gives."""
    source = db.session.scalars(select(Instrument).where(Instrument.code == code)).one()
    draft = forms.make_version(source, by=office, at=at)
    draft.items.clear()
    draft.note = "演示用条目，非官方内容。"
    draft.note_en = "Items of this demonstration, nothing official."
    draft.source, draft.is_once, draft.is_confidential = "演示", False, True
    db.session.flush()
    for position, (name, name_en, competency) in enumerate(lines):
        draft.items.append(
            Item(
                position=position,
                code=f"D{position + 1}",
                name=name,
                name_en=name_en,
                kind="rating",
                scale="grades",
                is_required=True,
                may_be_unobserved=True,
                competency=competency,
                **filled("grades"),
            )
        )
    draft.items.append(
        Item(
            position=len(lines),
            code="D9",
            name="想说的话",
            name_en="What you want to say",
            kind="text",
            is_required=False,
            may_be_unobserved=False,
        )
    )
    forms.publish(draft, by=office, at=at)
    return draft


def _others(*, office: Person, at: datetime) -> None:
    """A form put in use as it came, and a draft of a new version of another."""
    epa = db.session.scalars(select(Instrument).where(Instrument.code == "epa_observation")).one()
    forms.publish(epa, by=office, at=at)
    rounds = in_use_of("inpatient_record")
    draft = forms.make_version(rounds, by=office, at=at)
    forms.change_head(draft, {"veto": "zero"}, edits=draft.edits, by=office, at=at)
    rule = {"kind": "share", "least": "60"}
    forms.add_rule(draft, rule, edits=draft.edits, by=office, at=at)


def _placements(today: date) -> list[Placement]:
    return list(
        db.session.scalars(
            select(Placement)
            .where(
                Placement.cancelled_at.is_(None),
                Placement.starts_on <= today - timedelta(days=7),
                Placement.ends_on > today + timedelta(days=7),
            )
            .order_by(Placement.id)
            .limit(14)
        )
    )


def _answer(links: list[GuestLink], *, at: datetime) -> int:
    """Most of them, in their own words; the same ones every time."""
    chance, done = Random(2026), 0  # noqa: S311 (a play, not a secret)
    for link in links:
        if chance.random() < 0.3:
            continue
        lines, said = (NURSE, SAID) if link.kind == "nurse" else (PATIENT, THANKS)
        answers = {f"D{n + 1}": chance.choice((4, 4, 3, 3, 2, None)) for n in range(len(lines))}
        if chance.random() < 0.6:
            answers["D9"] = chance.choice(said)
        guests.answer(
            link, answers=answers, name=None, at=at - timedelta(hours=chance.randint(1, 90))
        )
        done += 1
    return done

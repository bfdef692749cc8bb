"""The packet and the letter on paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _

from trainingbase.assessments.trusting import in_words
from trainingbase.i18n import day, language, last_day, moment, number
from trainingbase.judging import words
from trainingbase.judging.models import Appeal, Decision, LearningPlan
from trainingbase.judging.words import either
from trainingbase.leaving.words import VERDICTS
from trainingbase.paper import (
    Block,
    Document,
    Facts,
    Heading,
    Picture,
    SignatureLine,
    Signatures,
    Table,
    Text,
)
from trainingbase.signatures.charts import qr
from trainingbase.signatures.rules import in_groups

Content = Mapping[str, Any]


def _on(text: str | None) -> str:
    return day(date.fromisoformat(text)) if text else "—"


def _number(text: str | None) -> str:
    return number(Decimal(text)) if text is not None else "—"


def packet(content: Content, *, digest: str, number_of: int, base: str, at: datetime) -> Document:
    """What the committee sees, word for word."""
    about = content["resident"]
    blocks: list[Block] = [
        Facts(
            [
                (_("Resident"), either(about["name"])),
                (_("Cohort"), either(about["cohort"])),
                (_("Programme"), either(about["programme"])),
                (_("Tutor"), either(about["tutor"])),
                (_("Training since"), _on(about["starts_on"])),
                (_("As of"), _on(content["as_of"])),
            ],
            columns=2,
        ),
        *_words(content),
        *_competencies(content),
        *_record(content),
        *_own(content),
        Text(_("Digest: %(digest)s", digest=in_groups(digest)), small=True),
    ]
    return Document(
        title=_("Packet %(number)s: %(name)s", number=number_of, name=either(about["name"])),
        subtitle=base,
        language=language(),
        blocks=blocks,
        footer=_("Frozen on %(moment)s", moment=moment(at)),
        made_at=at,
    )


def _words(content: Content) -> list[Block]:
    blocks: list[Block] = [Heading(_("What was said"))]
    some = [one for one in content["forms"] if one["words"]]
    for one in some:
        head = f"{_on(one['observed_on'])} · {either(one['form'])} · {either(one['assessor'])}"
        blocks.append(Heading(f"{head} · {either(one['department'])}", 3))
        blocks += [Text(_said(line)) for line in one["words"]]
    return blocks if some else [*blocks, Text(_("Nothing was written in words yet."))]


def _said(line: Content) -> str:
    if line["item"] is None:
        return _("Added later: %(text)s", text=line["text"])
    return f"{either(line['item'])}: {line['text']}"


def _competencies(content: Content) -> list[Block]:
    rated = content["competencies"]
    if not rated:
        return [Heading(_("Competencies")), Text(_("Nothing was rated yet."))]
    head = [
        _("Core competency"), _("Scale"), _("Forms"), _("Assessors"), _("Mean"),
        _("Freed of who judged"), _("Standard error"),
    ]  # fmt: skip
    rows = [
        [
            words.competency(one["code"]),
            f"{_number(one['scale'][1])}–{_number(one['scale'][2])}",
            str(one["forms"]),
            str(one["assessors"]),
            _number(one["mean"]),
            _number(one["adjusted"]),
            _number(one["error"]),
        ]
        for one in rated
    ]
    said = [
        Text(f"{words.competency(one['code'])}: {in_words(one['trust'])}", small=True)
        for one in rated
    ]
    few = Text(_("Below %(fewest)s forms no mean is shown.", fewest=rated[0]["fewest"]), small=True)
    return [Heading(_("Competencies")), Table(head, rows), few, *said]


def _record(content: Content) -> list[Block]:
    log, days = content["log"], content["attendance"]
    asked = [
        [either(one["form"]), *(str(one.get(key, "—")) for key in ASKED)]
        for one in content["asked"]
    ]
    exits = [
        [either(one["department"]), _on(one["starts_on"]),
         last_day(date.fromisoformat(one["ends_on"])), verdict_said(one["verdict"]),
         _number(one["score"])]
        for one in content["exits"]
    ]  # fmt: skip
    exams = [
        [words.exam(one["kind"]), str(one["year"]), _number(one["theory"]), _number(one["skills"]),
         "—" if one["passed"] is None else _("yes") if one["passed"] else _("no")]
        for one in content["exams"]
    ]  # fmt: skip
    blocks: list[Block] = [Heading(_("Asked, done, missing"))]
    head = [_("Form"), *(str(words.NUMBER_NAMES[key]) for key in ASKED)]
    blocks.append(Table(head, asked) if asked else Text(_("Nothing was asked yet.")))
    blocks += [
        Heading(_("Log, attendance, stays, examinations")),
        Facts(
            [
                (_("Log"), f"{log.get('counted', 0)} / {log.get('target', 0)}"),
                (_("Days present"), _number(days.get("present"))),
                (_("Days expected"), _number(days.get("expected"))),
                (_("Days away without leave"), _number(days.get("unexcused"))),
            ],
            columns=2,
        ),
    ]
    if exits:
        head = [_("Department"), _("First day"), _("Last day"), _("Result"), _("Exit score")]
        blocks.append(Table(head, exits))
    if exams:
        head = [
            _("Name of the examination"), _("Year"), _("Theory"), _("Skills"), _("Passed"),
        ]  # fmt: skip
        blocks.append(Table(head, exams))
    return blocks


ASKED = ("demanded", "asked", "done", "waiting", "late", "expired", "missing", "unasked")


def verdict_said(verdict: str | None) -> str:
    return str(VERDICTS.get(verdict or "", "—"))


def _own(content: Content) -> list[Block]:
    blocks: list[Block] = [Heading(_("Plans, reflections, warnings, decisions"))]
    for one in content["plans"]:
        blocks.append(
            Text(
                f"{_('Plan')}: {one['goal']} · {either(one['owner'])} · {_on(one['due_on'])} · "
                f"{words.PLAN_STATES[one['state']]}"
            )
        )
    for one in content["reflections"]:
        blocks += [Heading(one["title"], 3), Text(one["text"])]
    for one in content["signals"]:
        said = f"{_on(one['fired_on'])} {words.RULES[one['rule']]}: "
        blocks.append(Text(said + words.why_fired(one["kind"], one["facts"])))
        if one["contest"]:
            blocks.append(Text(_("Contested: %(text)s", text=one["contest"])))
        if one["answer"]:
            blocks.append(Text(_("Answer: %(text)s", text=one["answer"])))
    for one in content["decisions"]:
        blocks.append(
            Text(f"{_on(one['held_on'])} {words.OUTCOMES[one['outcome']]}: {one['reason']}")
        )
    return blocks if len(blocks) > 1 else [*blocks, Text(_("Nothing yet."))]


@dataclass(frozen=True)
class Letter:
    """A letter as page and paper show it."""

    decision: Decision
    plans: Sequence[LearningPlan]
    appeal: Appeal | None

    @property
    def resident(self):
        return self.decision.case.resident

    @property
    def last_day(self) -> date:
        return self.decision.appeal_until - timedelta(days=1)


def letter(one: Letter, *, base: str, address: str) -> Document:
    decision = one.decision
    meeting = decision.case.meeting
    blocks: list[Block] = [
        Text(_("Dear %(name)s,", name=one.resident.name)),
        Text(
            _(
                "On %(day)s the committee talked about your training. It had read packet "
                "%(number)s about you, as of %(as_of)s.",
                day=day(meeting.held_on),
                number=decision.packet.number,
                as_of=day(decision.packet.as_of),
            )
        ),
        Heading(f"{_('The decision')}: {words.OUTCOMES[decision.outcome]}"),
        Text(str(words.IN_PLAIN_WORDS[decision.outcome])),
        Text(decision.advice),
        Heading(_("What it rests on")),
        Text(decision.reason),
        Table(
            [_("Core competency"), _("Judgement"), _("Why")],
            [
                [words.competency(code), str(words.LEVELS[level]), why or "—"]
                for code, (level, why) in decision.judged.items()
            ],
        ),
    ]
    if one.plans:
        head = [_("What is to be reached"), _("By which steps"), _("Who sees to it"), _("Until")]
        rows = [[p.goal, p.steps or "—", p.owner.name, day(p.due_on)] for p in one.plans]
        blocks += [Heading(_("Your learning plan")), Table(head, rows)]
    blocks += [
        Heading(_("If you do not agree")),
        Text(appeal_said(one)),
        Signatures(
            [
                SignatureLine(
                    role=_("Chair"),
                    name=decision.signature.name,
                    signed_at_text=moment(decision.signature.signed_at),
                    digest=decision.signature.digest,
                )
            ]
        ),
        Picture(qr(address), _("Address to verify"), 28),
        Text(_("Verify at %(address)s", address=address), small=True),
    ]
    return Document(
        title=_("Letter of the competence committee"),
        subtitle=base,
        language=language(),
        blocks=blocks,
        made_at=decision.decided_at,
    )


def appeal_said(one: Letter) -> str:
    if one.decision.case.meeting.kind == "appeal":
        return _("This is the decision of the appeal panel; it holds.")
    return _(
        "You may appeal until %(day)s. Other people than those who decided hear you. Open this "
        "letter in the portal and write why.",
        day=day(one.last_day),
    )

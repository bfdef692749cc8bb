"""Records of what people did: taught, assessed, published, were examined, appraised, posted."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from trainingbase.incentives.rules.facts import Posted, Taught
from trainingbase.incentives.rules.months import days_within
from trainingbase.incentives.rules.streams import NEVER, ONE, STREAMS, Month, Record


def activity(month: Month) -> Iterator[Record]:
    """Several speakers share what one activity is worth; the department held it once."""
    for one in month.facts.taught:
        place = {"department": one.department_id, "site": one.institution_id}
        if not one.beside:
            yield _taught(one, place | {"faculty": one.speaker_id}, ONE)
            continue
        speakers = [who for who in (one.speaker_id, *one.beside) if who is not None]
        yield _taught(one, place, ONE)
        for who, share in zip(speakers, shares(len(speakers)), strict=True):
            yield _taught(one, {"faculty": who}, share)


def shares(number: int) -> list[Decimal]:
    """Parts of one in hundredths, which sum to it exactly; the first ones take what is over."""
    part, over = divmod(100, number)
    return [Decimal(part + (n < over)) / 100 for n in range(number)]


def _taught(one: Taught, whose: dict[str, int | None], share: Decimal) -> Record:
    return Record(
        whose,
        {
            "times": share,
            "kind": one.kind,
            "hours": one.hours * share,
            "quality_score": one.score,
            "attended": Decimal(one.attended),
        },
        (("activities", one.id),),
        one.department_id,
        one.institution_id,
    )


def form(month: Month) -> Iterator[Record]:
    for one in month.facts.answers:
        yield Record(
            {
                "anyone": one.assessor_id,
                "faculty": None if one.assessor_id in month.residents else one.assessor_id,
                "resident": one.person_id,
            },
            {
                "times": ONE,
                "form": one.form,
                "was_asked": one.hours is not None,
                "answered_hours": NEVER if one.hours is None else one.hours,
                "fails_first": one.fails_first,
                "comment_characters": Decimal(one.comment_characters),
            },
            (("submissions", one.id),),
            one.department_id,
            one.institution_id,
        )


def request(month: Month) -> Iterator[Record]:
    begins, knows = month.facts.month_on, min(month.ends_on, month.facts.known_until)
    for one in month.facts.asked:
        open_days = NEVER if one.closed_on is None else Decimal((one.closed_on - one.asked_on).days)
        yield Record(
            month.person(one.assessor_id) | {"faculty": one.assessor_id},
            {
                "times": ONE,
                "asked_before": Decimal((begins - one.asked_on).days),
                "asked_by_end": Decimal((knows - one.asked_on).days),
                "open_days": open_days,
            },
            (("assessment_requests", one.id),),
            *month.place_of(one.assessor_id),
        )


def absence(month: Month) -> Iterator[Record]:
    for one in month.facts.absences:
        days = days_within(one.starts_on, one.ends_on, month.facts.month_on)
        yield Record(
            {"resident": one.person_id},
            {"days": Decimal(days)},
            (("leaves", one.id),),
            *month.place_of(one.person_id),
        )


def exam(month: Month) -> Iterator[Record]:
    means = month.facts.means
    for one in month.facts.exams:
        above = bool(means) and all(
            one.scores.get(part, Decimal(-1)) > mean for part, mean in means.items()
        )
        yield Record(
            {"resident": one.person_id},
            {
                "times": ONE,
                "above_mean": above,
                "theory": one.scores.get("theory", Decimal(0)),
                "skills": one.scores.get("skills", Decimal(0)),
            },
            (("exam_results", one.id),),
            *month.place_of(one.person_id),
        )


def research(month: Month) -> Iterator[Record]:
    for one in month.facts.papers:
        yield Record(
            month.person(one.person_id),
            {
                "times": ONE,
                "kind": one.kind,
                "level": one.level or "",
                "leads": one.leads,
                "research_points": one.points,
            },
            (("research_works", one.id),),
            *month.place_of(one.person_id),
        )


def posting(month: Month) -> Iterator[Record]:
    sessions: dict[tuple, list[Posted]] = defaultdict(list)
    for one in month.facts.posted:
        sessions[one.person_id, one.day, one.institution_id, one.kind].append(one)
    seen = set()
    for (person_id, day, institution_id, kind), held in sessions.items():
        is_first = (person_id, day) not in seen
        seen.add((person_id, day))
        yield Record(
            month.person(person_id) | {"site": institution_id},
            {
                "days": ONE if is_first else Decimal(0),
                "hours": sum((one.hours for one in held), Decimal(0)),
                "kind": kind,
            },
            tuple(("posting_sessions", one.id) for one in held if one.id),
            None,
            institution_id,
        )


def secretary(month: Month) -> Iterator[Record]:
    for one in month.facts.duties:
        yield Record(
            {"secretary": one.person_id},
            {"months": ONE},
            (("grants", one.id),),
            one.department_id,
            one.institution_id,
        )


def appraisal(month: Month) -> Iterator[Record]:
    for one in month.facts.appraised:
        whole: dict[str, int | None] = {
            "department": one.department_id,
            "site": one.institution_id,
        }
        yield Record(
            whole if one.person_id is None else month.person(one.person_id),
            {
                "times": ONE,
                "quality_score": one.quality,
                "efficiency_score": one.efficiency,
                "reward": one.reward,
                "deduction": one.deduction,
            },
            (("incentive_appraisals", one.id),),
            one.department_id,
            one.institution_id,
        )


ALL = {
    **STREAMS,
    "activity": activity,
    "form": form,
    "request": request,
    "absence": absence,
    "exam": exam,
    "research": research,
    "posting": posting,
    "secretary": secretary,
    "appraisal": appraisal,
}


class Records:
    """A month's records by basis, each kind made once, when a rule first asks for it."""

    def __init__(self, month: Month):
        self.month = month
        self._made: dict[str, Sequence[Record]] = {}

    def of(self, basis: str) -> Sequence[Record]:
        if basis not in self._made:
            self._made[basis] = tuple(ALL[basis](self.month))
        return self._made[basis]

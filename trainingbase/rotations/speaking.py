"""Says what a plan holds in the viewer's language, with the names of people and places."""

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _

from trainingbase.i18n import day, language, last_day, month, named
from trainingbase.planner.problem import Problem
from trainingbase.planner.rules import window_of
from trainingbase.planner.situation import Breach, runs
from trainingbase.rotations.queries.names import Names
from trainingbase.rotations.rules.halves import start_of
from trainingbase.rotations.rules.rows import Row
from trainingbase.rotations.words import RULES


def mark() -> str:
    return "、" if language() == "zh" else ", "


def joined(words: Iterable[str]) -> str:
    return mark().join(words)


class Speaker:
    """Says breaches and reasons of one plan."""

    def __init__(self, names: Names, starts_on: date) -> None:
        self.names = names
        self.starts_on = starts_on

    def person(self, key: str | int) -> str:
        one = self.names.residents.get(int(key))
        if int(key) < 0:
            return _("New resident %(number)s", number=-int(key))
        return one.name if one else _("Resident %(number)s", number=key)

    def people(self, keys: Iterable[str | int]) -> str:
        return joined(self.person(key) for key in keys)

    def place(self, key: str | int) -> str:
        """The department, with its institution unless that is the lead hospital."""
        one = self.names.departments.get(int(key))
        if one is None:
            return _("Department %(number)s", number=key)
        if one.is_lead:
            return named(one.department)
        return f"{named(one.institution)} {named(one.department)}"

    def standard(self, key: str | int) -> str:
        """Also of a requirement, whose id begins with that of its standard department."""
        one = self.names.standards.get(int(str(key).partition("/")[0]))
        return named(one) if one else str(key)

    def short(self, row: Row) -> str:
        """The name of the legend, else that of the department."""
        found = self.names.short.get((row.department, row.standard))
        return named(found[0]) if found else self.place(row.department)

    def span(self, row: Row) -> str:
        """The first and the last day."""
        return f"{day(row.starts_on)} – {last_day(row.ends_on)}"

    def month_labels(self, months: Iterable[date]) -> list[tuple[str, str]]:
        """What heads a column, and its title."""
        return [(one.strftime("%Y-%m"), month(one)) for one in months]

    def period(self, number: int) -> str:
        shown = month(start_of(self.starts_on, number))
        if number % 2:
            return _("second half of %(month)s", month=shown)
        return _("first half of %(month)s", month=shown)

    def periods(self, numbers: Iterable[int]) -> str:
        """Runs of half months, whole months where they are whole."""
        return joined(self._run(first, last) for first, last in runs(numbers))

    def _run(self, first: int, last: int) -> str:
        if first % 2 == 0 and last % 2 == 1:
            one, other = (month(start_of(self.starts_on, p)) for p in (first, last))
        else:
            one, other = self.period(first), self.period(last)
        if one == other:
            return one
        return _("%(first)s to %(last)s", first=one, last=other)

    def breach(self, problem: Problem, breach: Breach) -> str:
        say = getattr(self, f"_{breach.rule}", None)
        if say is not None:
            return say(problem, breach)
        parts = [self.people(breach.residents), joined(self.place(d) for d in breach.departments)]
        return _(
            "%(rule)s: %(details)s (%(periods)s).",
            rule=RULES[breach.rule],
            details=joined(part for part in parts if part),
            periods=self.periods(breach.periods) or "—",
        )

    def _places(self, _problem: Problem, breach: Breach) -> str:
        return _(
            "%(department)s has %(places)s places in %(periods)s, but %(residents)s residents "
            "would be there: %(people)s.",
            department=self.place(breach.departments[0]),
            places=breach.found,
            residents=breach.needed,
            periods=self.periods(breach.periods),
            people=self.people(breach.residents),
        )

    def _one_place_at_a_time(self, _problem: Problem, breach: Breach) -> str:
        return _(
            "%(person)s would be in two departments at once in %(periods)s: %(departments)s.",
            person=self.people(breach.residents),
            periods=self.periods(breach.periods),
            departments=joined(self.place(one.department) for one in breach.placements),
        )

    def _away(self, _problem: Problem, breach: Breach) -> str:
        return _(
            "%(person)s is on leave in %(periods)s, but placed in %(department)s.",
            person=self.people(breach.residents),
            periods=self.periods(breach.periods),
            department=joined(self.place(key) for key in breach.departments),
        )

    def _window(self, problem: Problem, breach: Breach) -> str:
        resident = problem.resident_by_id[breach.residents[0]]
        placement = breach.placements[0]
        requirement = problem.programme_of(resident).by_id.get(placement.requirement)
        first, last = resident.from_period, resident.until
        if requirement is not None:
            first, last = window_of(resident, requirement)
        allowed = self.periods(range(first, last)) if first < last else "—"
        return _(
            "%(person)s: %(what)s in %(periods)s lies outside the time allowed for it "
            "(%(allowed)s).",
            person=self.person(resident.id),
            what=self.standard(placement.requirement)
            if placement.requirement
            else self.place(placement.department),
            periods=self.periods(breach.periods),
            allowed=allowed,
        )

    def _before(self, _problem: Problem, breach: Breach) -> str:
        early, late = breach.placements
        return _(
            "%(person)s: %(second)s begins only after %(first)s is finished.",
            person=self.people(breach.residents),
            first=self.standard(early.requirement),
            second=self.standard(late.requirement),
        )

    def _choose(self, _problem: Problem, breach: Breach) -> str:
        return _(
            "%(person)s takes %(found)s electives where %(needed)s are to be taken "
            "(out of %(options)s).",
            person=self.people(breach.residents),
            found=breach.found,
            needed=breach.needed,
            options=joined(self.standard(key) for key in breach.requirements),
        )

    def _whole(self, _problem: Problem, breach: Breach) -> str:
        facts = {
            "person": self.people(breach.residents),
            "standard": self.standard(breach.requirements[0]),
            "found": self.months(breach.found),
            "needed": self.months(breach.needed),
        }
        if breach.found == breach.needed:
            return _(
                "%(person)s: %(needed)s months of %(standard)s are split in a way the programme "
                "does not allow.",
                **facts,
            )
        return _(
            "%(person)s has %(found)s of the %(needed)s months of %(standard)s still owed.",
            **facts,
        )

    def months(self, periods: int | None) -> str:
        return f"{(periods or 0) / 2:g}"

    def _standard(self, _problem: Problem, breach: Breach) -> str:
        return _(
            "%(person)s: %(standard)s cannot be done in %(department)s.",
            person=self.people(breach.residents),
            standard=joined(self.standard(key) for key in breach.requirements),
            department=joined(self.place(key) for key in breach.departments),
        )

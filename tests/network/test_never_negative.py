"""Whatever is done in whatever order, no department has fewer than no places."""

import itertools
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from trainingbase.db import db
from trainingbase.months import months_later
from trainingbase.network import actions
from trainingbase.sites.models import Closure, PlaceChange
from trainingbase.sites.queries import department_by_id
from trainingbase.sites.queries.places import places_in

from ..cast import LONG_AGO

TODAY = date(2026, 11, 22)
FIRST = date(2026, 11, 1)

closing = st.tuples(st.just("close"), st.integers(-30, 300), st.integers(1, 120))
changing = st.tuples(st.just("places"), st.integers(-1, 12), st.integers(-3, 6), st.integers(-2, 6))
lifting = st.tuples(st.just("lift"), st.integers(0, 5))
taking_back = st.tuples(st.just("take_back"), st.integers(0, 5))
retiring = st.tuples(st.just("retire"), st.integers(-10, 300))
using = st.tuples(st.just("use"))
acts = st.lists(
    st.one_of(closing, changing, lifting, taking_back, retiring, using), min_size=1, max_size=8
)


def do(act, department, by):
    """One act, as a person would; what is refused changes nothing."""
    said = {"today": TODAY, "by": by, "at": LONG_AGO}
    kind, *rest = act
    if kind == "close":
        starts_on = TODAY + timedelta(days=rest[0])
        ends_on = starts_on + timedelta(days=rest[1])
        actions.close(department, starts_on=starts_on, ends_on=ends_on, why="x", seen=None, **said)
    elif kind == "places":
        from_on = months_later(FIRST, rest[0])
        most, fewest = rest[1], rest[2]
        actions.change_places(
            department, from_on=from_on, most=most, fewest=fewest, why="x", seen=None, **said
        )
    elif kind == "lift" and department.closures:
        actions.lift(department.closures[rest[0] % len(department.closures)], **said)
    elif kind == "take_back" and department.changes:
        actions.take_back(department.changes[rest[0] % len(department.changes)], **said)
    elif kind == "retire":
        from_on = TODAY + timedelta(days=rest[0])
        actions.retire_department(department, from_on=from_on, why="x", **said)
    elif kind == "use":
        actions.use_again(department, by=by, at=LONG_AGO)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(sequence=acts)
def test_no_sequence_of_acts_makes_a_negative_place_count(app, county, office, sequence):
    team_id, clerk = county.village_team.id, office
    db.session.execute(delete(Closure))
    db.session.execute(delete(PlaceChange))
    department_by_id(team_id).retired_on = None
    db.session.commit()
    for act in sequence:
        try:
            do(act, department_by_id(team_id), clerk)
        except (actions.OverThen, actions.ClosedThen, actions.NoSuchNumber):
            db.session.rollback()
        months = [months_later(FIRST, number) for number in range(14)]
        for there in places_in(months)[team_id].values():
            assert min(there.halves) >= 0
            assert 0 <= there.fewest <= max(there.most, there.fewest)
        department = department_by_id(team_id)
        assert all(0 <= one.fewest <= one.most for one in department.changes)
        closed = sorted((one.starts_on, one.ends_on) for one in department.closures)
        assert all(one[1] <= two[0] for one, two in itertools.pairwise(closed))

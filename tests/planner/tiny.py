"""Tiny problems of every kind, for hypothesis: small enough to try every plan."""

from hypothesis import strategies as st

from trainingbase.planner.problem import (
    Block,
    Choice,
    Department,
    Placement,
    Problem,
    Programme,
    Requirement,
    Resident,
    Weights,
    Wish,
)

PERIODS = 6
DEPARTMENTS = ("lead/a", "lead/b", "east/c")
REQUIREMENTS = ("A", "B", "C")


@st.composite
def problems(draw, residents=3):
    kinds = ("a", "b", "c")[: draw(st.integers(1, 3))]
    departments = tuple(draw(_department(key, kinds)) for key in DEPARTMENTS[: len(kinds)])
    requirements = tuple(
        draw(_requirement(key, kind)) for key, kind in zip(REQUIREMENTS, kinds, strict=False)
    )
    programme = Programme("gp", requirements, *draw(_order(requirements)))
    people = tuple(
        draw(_resident(f"r{number}", programme, departments))
        for number in range(draw(st.integers(1, residents)))
    )
    previous = draw(_previous(people, requirements, departments))
    return Problem(
        unit="month",
        starts_on="2026-09-01",
        periods=PERIODS,
        departments=departments,
        programmes={"gp": programme},
        residents=people,
        previous=previous,
        weights=draw(st.sampled_from([Weights(), Weights(worst_resident=1, moved=0.5, rank=2)])),
    )


@st.composite
def _department(draw, key, kinds):
    own = kinds[DEPARTMENTS.index(key)]
    other = draw(st.sampled_from(kinds))
    per_period = st.lists(st.sampled_from([1, 2, 2, 3, 0]), min_size=PERIODS, max_size=PERIODS)
    places = tuple(draw(per_period))
    least = draw(st.sampled_from([0, 0, 1]))
    return Department(
        id=key,
        standards=tuple(dict.fromkeys((own, other))),
        institution=key.partition("/")[0],
        places=places,
        minimum=tuple(min(least, there) for there in places),
        primary_care=key.startswith("east") and draw(st.booleans()),
    )


@st.composite
def _requirement(draw, key, kind):
    shape = draw(st.sampled_from([(1,), (1,), (2,), (1, 1), (2, 1), "1"]))
    earliest = draw(st.sampled_from([0, 0, 0, 1, 2]))
    latest = draw(st.sampled_from([None, None, None, 5, 4]))
    common = {
        "id": key,
        "standard": (kind,),
        "earliest": earliest,
        "latest_end": latest,
        "same_department": draw(st.booleans()),
        "align": draw(st.sampled_from([1, 1, 1, 1, 1, 2])),
    }
    if isinstance(shape, str):
        least = int(shape)
        return Requirement(length=least + 1, min_stretch=least, **common)
    return Requirement(length=sum(shape), stretches=shape, **common)


@st.composite
def _order(draw, requirements):
    """(before, choose): at most one pair, at most one choice."""
    ids = [one.id for one in requirements]
    before, choose = (), ()
    if len(ids) > 1 and draw(st.booleans()):
        before = ((ids[0], ids[1]),)
    if len(ids) > 2 and draw(st.booleans()):
        choose = (Choice("EL", tuple(ids[1:]), draw(st.integers(0, 2))),)
    return before, choose


@st.composite
def _resident(draw, key, programme, departments):
    ids = [one.id for one in programme.requirements]
    first = draw(st.sampled_from([0, 0, 0, 1]))
    wishes = tuple(
        Wish(draw(st.sampled_from(ids)), start, start + 1, draw(st.sampled_from([1, 2, 0.5])))
        for start in draw(st.lists(st.integers(0, PERIODS - 1), max_size=2))
    )
    names = [*(one.id for one in departments), "east", "lead", *ids]
    done = frozenset(draw(st.sets(st.sampled_from(ids), max_size=1))) if len(ids) > 1 else ()
    begun, fixed = draw(_decided(programme, departments, frozenset(done)))
    return Resident(
        id=key,
        programme="gp",
        from_period=first,
        until=draw(st.sampled_from([PERIODS, PERIODS, PERIODS - 1])),
        training_start=draw(st.sampled_from([0, 0, -1])),
        away=frozenset(draw(st.sets(st.integers(0, PERIODS - 1), max_size=1))),
        done=frozenset(done),
        in_progress=begun,
        fixed=fixed,
        institutions=draw(st.sampled_from([None, None, None, frozenset({"east"}), frozenset()])),
        wishes=wishes,
        rank=draw(st.dictionaries(st.sampled_from(names), st.integers(0, 2), max_size=2)),
    )


@st.composite
def _decided(draw, programme, departments, done):
    """(in_progress, fixed): mostly nothing, else one block that may or may not be possible."""
    kind = draw(st.sampled_from(["", "", "", "", "begun", "fixed"]))
    open_ones = [one for one in programme.requirements if one.id not in done]
    if not kind or not open_ones:
        return (), ()
    what = draw(st.sampled_from(open_ones))
    where = draw(st.sampled_from([d for d in departments if set(d.standards) & set(what.standard)]))
    if kind == "begun":
        return (Block(what.id, where.id, 0, draw(st.integers(1, 2))),), ()
    length = what.stretches[0] if what.stretches else what.length
    start = draw(st.integers(0, PERIODS - length))
    return (), (Block(what.id, where.id, start, length),)


@st.composite
def _previous(draw, people, requirements, departments):
    if not draw(st.booleans()):
        return ()
    made = {}
    for person in people:
        for what in requirements:
            if draw(st.booleans()):
                where = draw(st.sampled_from(departments)).id
                start = draw(st.integers(-1, PERIODS - 1))
                length = what.stretches[0] if what.stretches else what.length
                made[person.id, what.id] = Placement(person.id, what.id, where, start, length)
    return tuple(made.values())

"""What half a day can be."""

PRESENT, LESSON, NIGHT, REST = "present", "lesson", "night", "rest"
SICK, PERSONAL, EXCUSED, ABSENCE = "sick", "personal", "excused", "absence"

MARKS = (PRESENT, LESSON, NIGHT, REST, SICK, PERSONAL, EXCUSED, ABSENCE)
"""What is recorded: there; at teaching; on night duty; off after it; half a day ill or away on
personal grounds (whole days are leave); away with a reason that is no leave; without (旷工)."""

UNKNOWN, FREE = "unknown", "free"
"""Nobody has said yet; a day on which nobody is expected."""

_COUNTS_AS = (
    dict.fromkeys((PRESENT, LESSON, NIGHT, REST, FREE), "present")
    | dict.fromkeys((EXCUSED, ABSENCE), "absent")
    | {UNKNOWN: "unknown"}
)


def counts_as(state: str) -> str:
    """The figure under which a half day falls, where it counts at all; a kind of leave is leave."""
    return _COUNTS_AS.get(state, "leave")


ONLY_HALF = (SICK, PERSONAL)
WITH_REASON = (EXCUSED,)


def of_half(
    *, is_working: bool, mode: str, confirmed: bool, mark: str | None, leave: str | None
) -> str:
    """Leave flows in before all else; then what was recorded; then what the base presumes."""
    if leave is not None:
        return leave
    if mark is not None:
        return mark
    if not is_working:
        return FREE
    return PRESENT if mode == "default" and confirmed else UNKNOWN

"""When answers that were promised to be confidential are shown to whom they are about."""


def are_shown(answers: int, waiting: int, *, least: int) -> bool:
    """Together, once none is waited for any more, so that nobody sees one arrive; never fewer
    than `least`, and never fewer than two."""
    return waiting == 0 and answers >= max(2, least)

"""The rank of a professional title (职称), which workbooks write in many ways."""

import re

RANKS = (
    (3, re.compile(r"副主任|副高|副教授|associate chief", re.IGNORECASE)),
    (4, re.compile(r"主任|正高|教授|chief", re.IGNORECASE)),
    (2, re.compile(r"主治|主管|中级|讲师|attending", re.IGNORECASE)),
    (
        1,
        re.compile(
            r"住院|助理|医士|见习|初级|技士|护士|护师|药师|技师|^医师$|resident", re.IGNORECASE
        ),
    ),
)


def rank_of(title: str) -> int | None:
    """1 below attending, 2 attending (主治), 3 associate senior, 4 senior; None for a title that
    says nothing of its rank."""
    compact = re.sub(r"\s+", " ", title).strip()
    return next((rank for rank, said in RANKS if said.search(compact)), None)

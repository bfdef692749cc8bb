"""Kinds of scholarly work, and how the same work is recognised."""

import re
import unicodedata

KINDS = (
    "project", "paper", "award", "patent", "book", "conference", "teaching", "improvement",
)  # fmt: skip
"""科研课题 论文 获奖 专利 著作 学术会议 授课 质量改进"""
ROLES = ("leader", "first", "corresponding", "member", "speaker")
LEVELS = ("national", "provincial", "municipal", "county", "base")

ROLES_OF = {
    "project": ("leader", "member"),
    "paper": ("first", "corresponding", "member"),
    "award": ("leader", "member"),
    "patent": ("first", "member"),
    "book": ("leader", "first", "member"),
    "conference": ("speaker", "member"),
    "teaching": ("speaker",),
    "improvement": ("leader", "member"),
}
"""In which roles somebody takes part in a kind of work, the usual one first."""
NEEDS_EVIDENCE = frozenset({"project", "paper", "award", "patent", "book"})

DOI = re.compile(r"10\.\d{4,9}/[^\s\"<>]+", re.IGNORECASE)


def doi_in(text: str | None) -> str | None:
    """The DOI in a text, a link or alone, as it is compared: in small letters."""
    found = DOI.search(text or "")
    return found.group().rstrip(".,;)").lower() if found else None


def title_key(title: str) -> str:
    """A title without what differs by typing: width, case, blanks and signs."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(one for one in folded if one.isalnum())

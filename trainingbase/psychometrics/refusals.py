"""What is said instead of a number."""

from trainingbase.psychometrics.words import reason_in_words

FEWEST_PEOPLE = 5
"""With four degrees of freedom or fewer, a variance between people is a guess."""

FEWEST_CONDITIONS = 2
"""Of every other facet: with one there is nothing to compare with."""


class CannotSay(Exception):
    """There is too little, or nothing that tells one thing from another.

    `reason` is a key of `words.REASONS`, `facts` are the numbers and names its sentence mentions.
    """

    def __init__(self, reason: str, **facts: object) -> None:
        super().__init__(reason, facts)
        self.reason = reason
        self.facts = facts

    def text(self, language: str) -> str:
        return reason_in_words(self.reason, self.facts, language)

    def __str__(self) -> str:
        return self.text("en")


class Unreadable(CannotSay):
    """The file or the design is not what it must be; the sentence names the cell."""

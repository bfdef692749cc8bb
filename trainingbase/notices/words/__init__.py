"""The sentence of each kind of notice, filled with its facts in the reader's language."""

from trainingbase.notices.words import accounts, careers, exams, judging, record, sentences

SENTENCES = {
    **sentences.SENTENCES,
    **record.SENTENCES,
    **judging.SENTENCES,
    **careers.SENTENCES,
    **exams.SENTENCES,
    **accounts.SENTENCES,
}


def sentence(kind: str, facts: dict) -> str:
    return SENTENCES[kind](facts)

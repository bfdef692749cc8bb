"""The sentence of each kind of notice, filled with its facts in the reader's language."""

from trainingbase.notices.words import exams, record, sentences

SENTENCES = {**sentences.SENTENCES, **record.SENTENCES, **exams.SENTENCES}


def sentence(kind: str, facts: dict) -> str:
    return SENTENCES[kind](facts)

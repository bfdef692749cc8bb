"""Anonymous opinions of residents: who may answer, what was answered, and what is released.

Three things are kept apart.  The register (`Ballot`) says who may answer and who has; it has no
times and no order.  Answers wait in sealed envelopes (`Envelope`) that say nothing about anybody,
and are sealed anew and shuffled every night.  What is released (`Batch`) holds figures and loose
texts of at least five people, and no answer as a whole.  `docs/anonymity.md` says what that does
not protect from.
"""

"""The planning engine: a problem without names in, placements out. Knows neither database nor web.

`problem` and `plan` the nouns, `rules` every rule once by name, `cost` what a plan costs, `build`
problems from a base's own facts, `solve` the solver, `words` breaches and causes in zh and en;
`files` the two JSON formats, `timetables` what each resident could do, `search` finding and
cheapening, `proof` bounds and prices, `explaining` causes and remedies, `replanning` the least
change and what if. Only `solve` and what it imports load OR-Tools and numba.

Format `trainingbase-problem/1`, optional keys beyond the published ones:

* a department may stand for several standard departments: `"standards": ["GI", "NEPH"]` beside or
  instead of `standard`; its places are shared between them;
* a requirement may carry `"align": 2`: every stretch of it starts at a period divisible by 2 (in
  half-month units: whole-month stays begin on the first of the month);
* a problem may carry `"notice": n`: nothing of `previous` that starts before period n moves,
  unless it has become impossible;
* a problem may carry `"notes"`: a list of sentences for whoever reads the file, and `"name"`.

How doubtful words of the format are read:

* an `in_progress` block is what is left of its requirement: with it the requirement is met;
* the stretches of a requirement do not touch in one department, else they were one stretch; pieces
  of a splittable requirement (`min_stretch`) that touch in one department count as one piece;
* `institutions` limits departments whose `primary_care` is true and no other;
* a wish is missed when its requirement is not placed; the start is that of the first stretch;
* the rank of a placement is that of its department, else of its institution, else of its
  requirement; begun and fixed placements count like any other;
* a previous placement is a future one when it starts in period 0 or later;
* parts of the cost are weighted and sum to the total.
"""

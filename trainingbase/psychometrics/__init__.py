"""How far scores can be trusted: reliability, agreement, generalizability, leniency, standards.

Pure: arrays in, figures out; no web, no database, no clock.  Where there is too little to say
anything, `refusals.CannotSay` is raised instead of a number being given.  NumPy and SciPy are
loaded with the module that needs them, so nobody who imports this package pays for them.

`designs` reads `p x (r:t)`; `scores` holds the scores; `components` estimates the variance
components; `generalizability` makes coefficients and D studies of them, `study` both at once;
`consistency` is alpha, `agreement` the intraclass correlations, `leniency` the means freed of who
judged, `forms` how far means over ward forms can be trusted, `cusum` the early warning, `standards`
the pass marks, `survival` how long people stay, `stations` how hard an item is and how well it
tells people apart, `intervals` how far a share can be trusted; `reading` reads files, `words` has
reasons and notes in Chinese and English.
"""

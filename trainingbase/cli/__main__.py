"""`python -m trainingbase.cli` is the command `trainingbase`."""

from trainingbase.cli import main

main()

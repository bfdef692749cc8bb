"""`trainingbase seed`: a fictional base of any size."""

import time

import click

from trainingbase import clock


@click.command()
@click.option("--residents", type=click.IntRange(1, 20_000), default=300, show_default=True)
@click.option("--years", type=click.IntRange(1, 5), default=3, show_default=True)
@click.option("--entries", type=click.IntRange(0, 500), default=60, show_default=True,
              help="Entries of the log a month of each resident.")  # fmt: skip
@click.option("--forms", type=click.IntRange(0, 100), default=4, show_default=True,
              help="Forms a month about each resident, of about 14 items.")  # fmt: skip
@click.option("--seed", type=click.IntRange(1, 999), default=1, show_default=True,
              help="The same seed makes the same base.")  # fmt: skip
@click.option("--beside", is_flag=True, help="Put it beside what the base has already.")
def seed(residents: int, years: int, entries: int, forms: int, seed: int, beside: bool) -> None:
    """Fill a base with fictional residents: their log, activities, attendance and forms.

    For trying out how the portal bears a large base. Everything is invented and marked so. A base
    that has people is left alone unless --beside is given.
    """
    from trainingbase.cli.database import migrate_up, portal
    from trainingbase.seed import making

    begun = time.monotonic()
    with portal().app_context():
        migrate_up()
        size = making.Size(
            residents=residents, years=years, entries=entries, seed=seed, forms=forms
        )
        try:
            made = making.make(
                size, today=clock.today(), at=clock.now(), beside=beside, say=click.echo
            )
        except making.NotEmpty as full:
            raise click.ClickException(
                "There are people in this base: use an empty one, or --beside to fill this one."
            ) from full
        except making.MadeBefore as before:
            raise click.ClickException(
                f"This base holds the fiction of seed {seed} already: choose another --seed."
            ) from before
    seconds = time.monotonic() - begun
    said = ", ".join(f"{number:,} {what}" for what, number in made.items())
    click.echo(f"Made {said} in {seconds:.0f} seconds. All of it is fictional.")

"""The self-assessment as a text to read."""

from pathlib import Path

import click

from trainingbase import clock
from trainingbase.cli.database import portal


@click.command("explain-self-assessment")
@click.option("--year", type=int, help="This year where none is given.")
@click.option("--edition", help="Its code; the newest where none is given.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Write FOLDER/zh.md and FOLDER/en.md instead of one text to the screen.",
)
def explain_self_assessment(
    year: int | None, edition: str | None, language: str, into: Path | None
) -> None:
    """Explain every item of the self-assessment: its points, rule, figure and evidence, what was
    gained, and what it would take to gain the rest."""
    app = portal()
    with app.app_context():
        if into is None:
            click.echo(_text(app, year, edition, language), nl=False)
            return
        into.mkdir(parents=True, exist_ok=True)
        for tongue in ("zh", "en"):
            file = into / f"{tongue}.md"
            file.write_text(_text(app, year, edition, tongue), encoding="utf-8")
            click.echo(f"Written: {file}")


def _text(app, year: int | None, edition: str | None, language: str) -> str:
    from flask_babel import force_locale
    from sqlalchemy.exc import NoResultFound

    from trainingbase.selfassessment import queries
    from trainingbase.selfassessment.explained import explained

    today = clock.today()
    year = year or today.year
    try:
        form = queries.edition_by_code(edition) if edition else queries.edition_of(year)
    except NoResultFound:
        raise click.ClickException("There is no such edition.") from None
    with force_locale(language):
        return explained(
            queries.standing(form, year, today=today),
            queries.evidence_list(form, year),
            queries.all_of(queries.tasks(form, year)),
            base=app.config["BASE_NAME_EN" if language == "en" else "BASE_NAME"],
            on=today,
            is_fictional=app.config["DEMO"],
        )

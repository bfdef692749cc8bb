"""`trainingbase reliability`: how far the scores of a file can be trusted. No database."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from trainingbase.psychometrics.designs import read_design
from trainingbase.psychometrics.refusals import CannotSay, Unreadable

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MOST_CONDITIONS = 10_000


class Numbers(click.ParamType):
    """`i=5,10,15`: a facet and how many conditions of it."""

    name = "FACET=N,N…"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, tuple[int, ...]]:
        facet, _, numbers = str(value).partition("=")
        parts = [one.strip() for one in numbers.split(",")]
        if not facet.strip() or not all(one.isascii() and one.isdigit() for one in parts):
            self.fail(f"{value!r} is not FACET=NUMBER,NUMBER", param, ctx)
        counts = tuple(int(one) for one in parts if len(one) < 6)
        if len(counts) < len(parts) or not all(1 <= one <= MOST_CONDITIONS for one in counts):
            self.fail(f"{value!r}: numbers go from 1 to {MOST_CONDITIONS}", param, ctx)
        return facet.strip(), counts


@dataclass(frozen=True)
class Wanted:
    """What was asked for; the G study unless something else was."""

    alpha: bool
    icc: bool
    adjusted: bool
    fixed: tuple[str, ...]
    numbers: dict[str, tuple[int, ...]]
    target: float

    @property
    def of_a_table(self) -> bool:
        return self.alpha or self.icc or self.adjusted


@click.command("reliability")
@click.argument("file", metavar="RATINGS.csv", type=A_FILE)
@click.option("--design", "design_text", help='"p x i", "i:p", "p x (r:t)", "p x i x o" …')
@click.option("--measured", metavar="FACET", help="What is judged; p where there is one.")
@click.option("--fixed", metavar="FACET", multiple=True, help="Not generalised over; repeatable.")
@click.option("--alpha", is_flag=True, help="Cronbach's alpha instead.")
@click.option("--icc", is_flag=True, help="The six intraclass correlations instead.")
@click.option("--adjusted", is_flag=True, help="Means freed of who judged instead.")
@click.option("--n", "numbers", type=Numbers(), multiple=True, help="D study: such as i=5,10,15.")
@click.option(
    "--target",
    type=click.FloatRange(0, 1, min_open=True, max_open=True),
    default=0.8,
    show_default=True,
    help="Say how many more scores would reach it.",
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output.")
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def command(
    file: Path,
    design_text: str | None,
    measured: str | None,
    fixed: tuple[str, ...],
    alpha: bool,
    icc: bool,
    adjusted: bool,
    numbers: tuple[tuple[str, tuple[int, ...]], ...],
    target: float,
    as_json: bool,
    language: str,
) -> None:
    """Say how far the scores of a file can be trusted.

    The CSV is long: one score a line, in the column `score`; the other columns bear the names of
    the design's facets.  Cells may be missing.  Where there is too little to say anything, the
    reason is given instead of a number, and the exit status is 1.
    """
    wanted = Wanted(alpha, icc, adjusted, _facets(fixed), dict(numbers), target)
    try:
        document, lines = _told(file, design_text, measured, wanted, language)
    except CannotSay as refused:
        if as_json:
            _write(refusal(refused))
        raise click.ClickException(f"{file}: {refused.text(language)}") from refused
    except OSError as error:
        raise click.ClickException(f"{file}: {error.strerror or error}") from error
    except MemoryError as error:
        raise click.ClickException(f"{file}: is too large for this machine's memory") from error
    if as_json:
        _write(document)
    else:
        click.echo("\n".join(lines))


def refusal(refused: CannotSay) -> dict[str, Any]:
    text = {language: refused.text(language) for language in ("zh", "en")}
    return {"refused": {"reason": refused.reason, "text": text}}


def _told(
    file: Path, design_text: str | None, measured: str | None, wanted: Wanted, language: str
) -> tuple[dict[str, Any], list[str]]:
    """As JSON and as lines."""
    from trainingbase.cli import reliability_figures
    from trainingbase.psychometrics.generalizability import refuse_fixed
    from trainingbase.psychometrics.reading import LongFile

    there = LongFile(file)
    design = read_design(design_text or _plain(there.facets), measured=measured)
    refuse_fixed(design, (*wanted.fixed, *wanted.numbers))
    if wanted.of_a_table and not design.is_two_crossed_facets:
        raise Unreadable("not_two_facets", design=design.text)
    scores = there.scores(design.facets, design.text)
    return reliability_figures.told(scores, design, wanted, language)


def _plain(facets: list[str]) -> str:
    """Two columns can only be crossed, unless somebody says otherwise."""
    if len(facets) != 2:
        raise Unreadable("no_design", found=facets)
    return " x ".join(facets)


def _facets(given: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(one.strip() for text in given for one in text.split(",") if one.strip())


def _write(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False))

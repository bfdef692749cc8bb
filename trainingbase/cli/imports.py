"""`trainingbase import`: takes a workbook or CSV in, or only shows what it would do."""

import json
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import click

from trainingbase.clock import today
from trainingbase.sheets import KINDS, FileFault, Known, Preview, read, words
from trainingbase.sheets.preview import ACCEPTED, CORRECTED, REFUSED

A_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


class KindAndFile(click.ParamType):
    name = "KIND=FILE"

    def convert(self, value, param, ctx):
        if isinstance(value, tuple):
            return value
        kind, sign, path = value.partition("=")
        if not sign or kind not in KINDS:
            self.fail(f"{value!r} is not KIND=FILE with KIND one of {', '.join(KINDS)}", param, ctx)
        return kind, A_FILE.convert(path, param, ctx)


@click.command("import")
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("file", type=A_FILE)
@click.option("--dry-run", is_flag=True, help="Only show what would happen.")
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), help="The day it is judged on; today if absent."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON to standard output.")
@click.option(
    "--with",
    "others",
    type=KindAndFile(),
    multiple=True,
    help="A file that holds what this one refers to; may be given several times.",
)
@click.option("--language", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
def command(
    kind: str,
    file: Path,
    dry_run: bool,
    on: datetime | None,
    as_json: bool,
    others: tuple[tuple[str, Path], ...],
    language: str,
) -> None:
    """Read FILE (.xlsx or .csv) as KIND: every row accepted, corrected or refused."""
    day = on.date() if on else today()
    if not dry_run:
        if others:
            raise click.UsageError("--with goes with --dry-run: import those files first.")
        _take_in(kind, file, day, as_json, language)
        return
    preview = None if others else _rehearsed(kind, file, day, language)
    if preview is None:
        preview = _read(kind, file, known_from(others, day, language), day, language)
    if as_json:
        click.echo(json.dumps(preview.as_json(language), ensure_ascii=False, indent=1))
    else:
        _print(preview, language)


def _rehearsed(kind: str, file: Path, day: date, language: str) -> Preview | None:
    """Judged by what the base's own database has; None where there is none, or nothing in it."""
    from trainingbase.cli import base

    if not base.is_there():
        return None
    try:
        return base.rehearse(kind, file, day)
    except FileFault as fault:
        raise click.ClickException(f"{file}: {fault.message(language)}") from fault


def _take_in(kind: str, file: Path, day: date, as_json: bool, language: str) -> None:
    from trainingbase.cli import base
    from trainingbase.imports.actions import Contradicts
    from trainingbase.imports.models import NotReady

    try:
        preview, outcome = base.take_in(kind, file, day)
    except FileFault as fault:
        raise click.ClickException(f"{file}: {fault.message(language)}") from fault
    except NotReady as refused:
        raise click.ClickException(f"First import: {', '.join(refused.missing)}.") from refused
    except Contradicts as clash:
        raise click.ClickException("Rows of it contradict each other: nothing kept.") from clash
    if as_json:
        told = preview.as_json(language) | {"outcome": outcome}
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
        return
    _print(preview, language)
    shown = (f"{name} {count}" for name, count in outcome.items())
    click.echo("  ".join(shown))


def known_from(others: tuple[tuple[str, Path], ...], day: date, language: str) -> Known:
    """What the given files hold; they are read in the order in which they refer to each other."""
    known = Known()
    for kind, path in sorted(others, key=lambda other: KINDS.index(other[0])):
        known = known.with_preview(_read(kind, path, known, day, language))
    return known


def _read(kind: str, path: Path, known: Known, day: date, language: str) -> Preview:
    try:
        return read(kind, path.read_bytes(), path.name, known=known, on=day)
    except FileFault as fault:
        raise click.ClickException(f"{path}: {fault.message(language)}") from fault
    except OSError as error:
        raise click.ClickException(f"{path}: {error.strerror or error}") from error


def _print(preview: Preview, language: str) -> None:
    zh = language == "zh"
    names = ("行", "接受", "更正", "拒绝") if zh else ("rows", ACCEPTED, CORRECTED, REFUSED)
    for sheet in preview.sheets:
        counts = sheet.counts().values()
        shown = "  ".join(f"{name} {count}" for name, count in zip(names, counts, strict=True))
        click.echo(f"{sheet.name}: {shown}")
        if sheet.unknown_columns:
            unknown = "、".join(f"{at} {text}" for at, text in sheet.unknown_columns.items())
            click.echo(("  未读取的列：" if zh else "  columns not read: ") + unknown)
    for name, why in preview.ignored_sheets.items():
        click.echo(f"{name}: {why}")
    for category, count in Counter(one.category for one in preview.corrections).items():
        click.echo(f"  {count} × {words.about(category, language)}")
    for title, found in (
        ("拒绝" if zh else REFUSED, preview.refusals),
        ("提醒" if zh else "warning", preview.warnings),
    ):
        for one in found:
            click.echo(f"{title} {one.sheet} {one.column}{one.row}: {one.reason(language)}")

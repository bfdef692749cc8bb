"""`trainingbase demo`: the fictional county, in one command."""

import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import click

from trainingbase import clock, paths

LIVELY = (date(2026, 11, 1), date(2027, 6, 30))
"""The days on which the county's own dates make sense; on any other day one of them is pinned."""

PINNED = date(2026, 11, 23)


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--accounts", type=click.Path(dir_okay=False), help="Write the accounts to FILE.")
@click.option("--fresh", is_flag=True, help="Throw the demonstration's data away and begin anew.")
@click.option("--no-serve", is_flag=True, help="Prepare the data and stop.")
def demo(port: int, host: str, accounts: str | None, fresh: bool, no_serve: bool) -> None:
    """Make the demo county if it is not there yet, and run the portal and its worker."""
    settle(host, port, serving=not no_serve)
    home = paths.instance()
    if fresh:
        _throw_away(home)
    from trainingbase.app import create_app
    from trainingbase.cli.database import migrate_up
    from trainingbase.demo import play

    app = create_app(DEMO=True)
    kept = home / "demo-accounts.json"
    with app.app_context():
        if not kept.exists():
            click.echo("Making the demo county: about two minutes, once.")
            migrate_up()
            made = play.make_county(today=clock.today(), say=click.echo)
            _write_private(kept, made)
        else:
            migrate_up()
    made = json.loads(kept.read_text())
    if accounts:
        _write_private(Path(accounts), made)
    if not no_serve:
        run_both(app, host, port, made)


def settle(host: str, port: int, *, serving: bool) -> None:
    """Choose the demonstration's folder and day, and see that the port is free."""
    os.environ.setdefault("TRAININGBASE_HOME", str(Path.cwd() / "instance" / "demo"))
    os.environ["TRAININGBASE_DEMO"] = "true"
    true_day = clock.today()
    if not os.environ.get("TRAININGBASE_TODAY") and not LIVELY[0] <= true_day <= LIVELY[1]:
        os.environ["TRAININGBASE_TODAY"] = PINNED.isoformat()
        click.echo(f"The demonstration takes today to be {PINNED}.")
    if serving:
        with socket.socket() as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                trial.bind((host, port))
            except OSError as taken:
                raise click.ClickException(
                    f"Port {port} is in use: choose another with --port."
                ) from taken


def run_both(app, host: str, port: int, made: dict) -> None:
    """The worker beside the web server; both end together."""
    from waitress import create_server

    from trainingbase.cli.serving import SERVER

    server = create_server(app, host=host, port=port, ident=None, **SERVER)
    worker = subprocess.Popen([sys.executable, "-m", "trainingbase.cli", "worker"])
    click.echo(f"\nThe portal answers at http://{host}:{port} (stop with Ctrl-C)")
    click.echo("All persons and figures are fictional.  Accounts:\n")
    for role, account in made.items():
        click.echo(f"  {role:<18}{account['login']:<22}{account['password']}")
    click.echo("")
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    try:
        server.run()
    except KeyboardInterrupt:
        pass
    finally:
        worker.terminate()
        try:
            worker.wait(10)
        except subprocess.TimeoutExpired:
            worker.kill()
        server.close()
        click.echo("Stopped.")


def _write_private(file: Path, made: dict) -> None:
    """Passwords are written so that only their owner reads them, and never half."""
    part = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        json.dump(made, out, ensure_ascii=False, indent=1)
    part.replace(file)


def _throw_away(home: Path) -> None:
    for file in home.glob("*.sqlite*"):
        file.unlink()
    for name in ("demo-accounts.json", "audit-anchors"):
        (home / name).unlink(missing_ok=True)

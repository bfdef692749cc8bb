"""Commands that keep running: the web server and the worker."""

import click

from trainingbase.cli.database import portal

# A slow or idle connection must not keep a ward's phones waiting.
SERVER = {
    "threads": 8,
    "connection_limit": 4000,
    "asyncore_use_poll": True,
    "channel_timeout": 15,
    "cleanup_interval": 5,
}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
def serve(host: str, port: int) -> None:
    """Answer at http://HOST:PORT."""
    from waitress import serve as answer

    app = portal()
    click.echo(f"Answering at http://{host}:{port} (stop with Ctrl-C)")
    answer(app, host=host, port=port, ident=None, **SERVER)


@click.command()
def worker() -> None:
    """Do queued work: solve plans, ask for assessments."""
    from trainingbase import worker as work

    click.echo("Working (stop with Ctrl-C)")
    work.run(portal())

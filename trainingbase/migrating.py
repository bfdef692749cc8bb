"""Flask-Migrate, loaded when a command asks for it and not before."""

import click
from flask import Flask

from trainingbase import paths
from trainingbase.db import db


class Migrations:
    """Stands in for Flask-Migrate until it is asked for: Alembic costs 0.4 s at every start."""

    def __init__(self, app: Flask):
        self._app = app
        app.extensions["migrate"] = self
        app.cli.add_command(Commands("db", help="Migrations of the database."))

    def __getattr__(self, name: str):
        from flask_migrate import Migrate

        real = Migrate(directory=str(paths.MIGRATIONS), render_as_batch=True)
        real.init_app(self._app, db)  # takes this object's place
        return getattr(self._app.extensions["migrate"], name)


class Commands(click.Command):
    """`flask db …`: becomes Flask-Migrate's own group of commands when it is called."""

    def make_context(self, *args, **kwargs) -> click.Context:
        from flask_migrate.cli import db as commands

        return commands.make_context(*args, **kwargs)

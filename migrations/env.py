"""Runs the migrations on the portal's own engine."""

import logging

from alembic import context
from flask import current_app

config = context.config
logging.getLogger("alembic").setLevel(logging.WARNING)
portal = current_app.extensions["migrate"]
engine = portal.db.engine


def render_item(kind, obj, autogen_context):
    """The portal's own column types, by their names."""
    if kind == "type" and type(obj).__module__ == "trainingbase.db":
        autogen_context.imports.add("from trainingbase.db import Exact, Moment")
        return f"{type(obj).__name__}()"
    return False


def run() -> None:
    with engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            # Batch mode copies tables: what refers to them must not stop it half-way.
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
        context.configure(
            connection=connection,
            target_metadata=portal.db.metadata,
            render_item=render_item,
            **portal.configure_args,
        )
        with context.begin_transaction():
            context.run_migrations()
        connection.commit()


run()

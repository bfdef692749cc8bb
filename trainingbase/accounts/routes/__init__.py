"""Signing in and out, one's own account, and everyone's accounts."""

from flask import Blueprint

accounts = Blueprint("accounts", __name__)

from trainingbase.accounts.routes import everyone, own  # noqa: E402, F401

"""For a WSGI server: `waitress-serve wsgi:app`."""

from trainingbase.app import create_app

app = create_app()

"""``python -m helpers`` is ``evaluasi``."""

from helpers.cli import app

app()

"""Where files lie: resources/ and forms/ in a checkout and in a bundle alike, and this PC's data folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path

BOOK_NAME = "book.db"
TRAINING = "training"


def root() -> Path:
    """The folder that holds resources/ and forms/: the bundle's, else the checkout's."""
    bundle = getattr(sys, "_MEIPASS", None)
    return Path(bundle) if bundle else Path(__file__).resolve().parent.parent


def resources() -> Path:
    """Data with its source cited: catalogue, statutes, calendars, fonts."""
    return root() / "resources"


def forms() -> Path:
    """The wording of the papers."""
    return root() / "forms"


def data_dir(training: bool) -> Path:
    """This PC's data: COUNTER_ASSISTANT_DATA where it is set, else the user's own data folder; training apart from it."""
    from platformdirs import user_data_path

    chosen = os.environ.get("COUNTER_ASSISTANT_DATA")
    base = Path(chosen) if chosen else user_data_path("counter-assistant", appauthor=False)
    return base / TRAINING if training else base

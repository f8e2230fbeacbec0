"""Draws the pictures of 离线出具 for the manual: the first page while the server of a hall is away, and a window offline to which it answers again.

    python packaging/docs/build_offline_images.py      (in a checkout, with the development packages and counter-assistant[hall] installed)

Writes docs/images/away-1366.png and docs/images/offline-1366.png. No server is needed: nobody in them answers.
"""

from __future__ import annotations

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from page_window import SETTLED_MS, Key, Shown, grab, prepare  # noqa: E402
from PySide6.QtTest import QTest  # noqa: E402

from counter_assistant.operations.office import open_office  # noqa: E402
from counter_assistant.paths import OFFLINE  # noqa: E402
from counter_assistant.storage.server.book_place import BookPlace, note_book_place  # noqa: E402
from counter_assistant.ui import local_settings  # noqa: E402
from counter_assistant.ui.application import Desk  # noqa: E402
from counter_assistant.ui.hall.away_page import AwayPage  # noqa: E402
from counter_assistant.ui.start import make_application, read_index  # noqa: E402
from tests.make import NOW, confirmed  # noqa: E402
from tests.ui.desk_hand import press  # noqa: E402

NOBODY = "postgresql:///centre?host=/nowhere"
WAIT_MS = 10_000


def main() -> None:
    """Draws both into docs/images."""
    make_application()
    with TemporaryDirectory() as place:
        folder = Path(place)
        with closing(open_office(folder / OFFLINE, lambda: NOW)) as office:
            profile = confirmed(office.profile)
            office.decide_profile(replace(profile, installation_code="533991", installation_name="耿离一"))
        note_book_place(folder, BookPlace(NOBODY, "综合窗口 2"))
        local_settings.change(folder, opener="0001", offline_since=NOW.replace(hour=9, minute=12).isoformat())
        prepare()
        _away(folder)
        _offline(folder)


def _away(folder: Path) -> None:
    desk = Desk(folder, read_index(), training=False)
    desk.window.resize(1366, 768)
    desk.window.show()
    for _ in range(WAIT_MS // SETTLED_MS):
        if isinstance(desk.window.page, AwayPage):
            break
        QTest.qWait(SETTLED_MS)
    grab(desk.window, "away-1366")
    desk.window.close()
    desk.opening.close()


def _offline(folder: Path) -> None:
    at = Shown(folder / OFFLINE, filled=False)
    try:
        at.at_the_desk("zl", "112", "岩罕", "13800000461")
        press(Key.Key_F9)
        QTest.qWait(SETTLED_MS)
        at.desk.offline.band.shown.emit(True)
        grab(at.window, "offline-1366")
    finally:
        at.close()


if __name__ == "__main__":
    main()

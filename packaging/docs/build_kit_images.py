"""Draws the pictures of 停电备用单 for the manual: a blank, the same one as it is recorded, and the two pages.

    python packaging/docs/build_kit_images.py      (in a checkout, with the development packages installed)

Writes docs/images/kit-*.png.
"""

from __future__ import annotations

import os
import sys
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication  # noqa: E402

from counter_assistant.operations.archive.reprint_and_void import pdf_of, show  # noqa: E402
from counter_assistant.operations.kit.printing import pdf_of_kit, print_kit, void_blanks  # noqa: E402
from counter_assistant.operations.kit.recording import FromPaper, record_blank  # noqa: E402
from counter_assistant.operations.office import Office, open_office  # noqa: E402
from counter_assistant.ui.application import Desk  # noqa: E402
from counter_assistant.ui.start import make_application, read_index  # noqa: E402

IMAGES = ROOT / "docs" / "images"
NOW = datetime(2026, 11, 23, 8, 42, tzinfo=timezone(timedelta(hours=8)))
PAPER = FromPaper(
    "1", date(2026, 11, 23), time(11, 20), "岩罕", "13800000461", situation="本人，已婚，租房没有备案", ticked="1"
)
WIDTH = 620


def main() -> None:
    """Draws everything into docs/images."""
    now = NOW
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: now)
        office.decide_profile(office.profile)  # else the page of the first start is shown
        kit = print_kit(office)
        _draw(pdf_of_kit(office, kit), IMAGES / "kit-blank.png")
        now = NOW + timedelta(hours=5)
        issued = record_blank(office, PAPER)
        _draw(pdf_of(office, show(office, issued.number)), IMAGES / "kit-recorded.png")
        void_blanks(office, ["5"], "弄脏了")
        _grab(office, Path(folder))


def _draw(pdf: bytes, path: Path) -> None:
    page = pypdfium2.PdfDocument(pdf)[0]
    page.render(scale=WIDTH / page.get_width()).to_pil().convert("L").quantize(16).save(path, optimize=True)


def _grab(office: Office, folder: Path) -> None:
    """The pages in the real window, at the size of a small office screen."""

    class OpenDesk(Desk):
        def _open_office(self) -> Office:
            return office

    app = make_application()
    desk = OpenDesk(folder, read_index(), training=False)
    desk.window.resize(1366, 768)
    desk.window.show()
    desk.opening.office()
    for number, name in (("", "kit-1366.png"), ("备2", "kit-recording-1366.png")):
        desk.context.kit_asked.emit(number)
        _save(app, desk, name)
    desk.window.close()
    desk.opening.close()


def _save(app: QApplication, desk: Desk, name: str) -> None:
    for _ in range(5):
        app.processEvents()
    desk.window.grab().save(str(IMAGES / name))


if __name__ == "__main__":
    main()

"""Draws the pictures of the page 事项 for the manual: two guides on paper, and the page itself.

    python packaging/docs/build_guide_images.py      (in a checkout, with the development packages installed)

Writes docs/images/guide-*.png and docs/images/items-1366.png.
"""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from counter_assistant.operations.office import Office, open_office  # noqa: E402
from counter_assistant.operations.publications.guides import guide  # noqa: E402
from counter_assistant.ui.application import Desk  # noqa: E402
from counter_assistant.ui.start import make_application, read_index  # noqa: E402

IMAGES = ROOT / "docs" / "images"
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=timezone(timedelta(hours=8)))
GUIDES = ("B08", "D01")
WIDTH = 760


def main() -> None:
    """Draws everything into docs/images."""
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: NOW)
        for item in GUIDES:
            _draw(office, item, IMAGES / f"guide-{item}.png")
        office.close()
    _grab(IMAGES / "items-1366.png")


def _draw(office: Office, item: str, path: Path) -> None:
    """A guide, its pages one under the other."""
    document = pypdfium2.PdfDocument(office.program.typesetter.sheet(guide(office, item, NOW.date())))
    pictures = [page.render(scale=WIDTH / page.get_width()).to_pil().convert("L") for page in document]
    whole = pictures[0].resize((WIDTH, sum(picture.height for picture in pictures)))
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    whole.quantize(16).save(path, optimize=True)


def _grab(path: Path) -> None:
    """The page in the real window, at the size of a small office screen."""
    from counter_assistant.ui.first_run.page import FirstRunPage
    from counter_assistant.ui.items.page import ItemsPage

    app = make_application()
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), read_index(), training=False)
        window = desk.window
        window.resize(1366, 768)
        desk.opening.office()
        for first in window.findChildren(FirstRunPage):
            first.finished.emit()
        window.show()
        window.show_page("items")
        page = window.stack.currentWidget()
        if not isinstance(page, ItemsPage):
            raise SystemExit("the page 事项 is not in the window")
        page.search.setText("B08")
        page.search.clear()
        for _ in range(5):
            app.processEvents()
        window.grab().save(str(path))
        window.close()
        desk.opening.close()


if __name__ == "__main__":
    main()

"""Draws the pictures of 牌证和公示 for the manual: the page, and what comes out of the printer.

    python packaging/docs/build_display_images.py      (in a checkout, with the development packages installed)

Writes docs/images/displays-1366.png and docs/images/displays-papers.png. People in them are invented.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image  # noqa: E402

from counter_assistant.domain.displays.display_kind import DisplayKind  # noqa: E402
from counter_assistant.domain.displays.rota import OnDuty  # noqa: E402
from counter_assistant.domain.revision.stoppable import run_through  # noqa: E402
from counter_assistant.operations.office import Office, open_office  # noqa: E402
from counter_assistant.operations.publications.displays.order import DisplayOrder, make_display  # noqa: E402
from counter_assistant.operations.publications.displays.promises import PromiseScope  # noqa: E402
from counter_assistant.ui.items.page import ItemsPage  # noqa: E402
from counter_assistant.ui.start import make_application  # noqa: E402
from tests.journeys.keys import TimedDesk  # noqa: E402
from tests.make import NOW, confirmed  # noqa: E402

IMAGES = ROOT / "docs" / "images"
WIDTH, HEIGHT, GAP = 300, 300, 16
ACROSS = 4
DAYS = tuple(
    OnDuty(NOW.date() + timedelta(days=at), name) for at, name in enumerate(("白秀英", "李秋霞") * 2 + ("白秀英",))
)
ORDERS = (
    DisplayOrder(DisplayKind.BADGES), DisplayOrder(DisplayKind.BADGES, "70x100"),
    DisplayOrder(DisplayKind.WINDOW_PLATE, second="ᥘᥣᥢᥑᥝᥖᥭ"), DisplayOrder(DisplayKind.DESK_PLATES, people=("0001",)),
    DisplayOrder(DisplayKind.STAFF_LIST), DisplayOrder(DisplayKind.ROTA, rota=DAYS),
    DisplayOrder(DisplayKind.PROMISES, scope=PromiseScope.ONE, item="B08"), DisplayOrder(DisplayKind.GUIDE_BOOK),
)  # fmt: skip


def main() -> None:
    """Draws everything into docs/images."""
    app = make_application()
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: NOW)
        office.decide_profile(replace(confirmed(office.profile), window="综合窗口 1"))
        _papers(office)
        desk = TimedDesk(Path(folder), office)
        window = desk.window
        window.resize(1366, 768)
        window.show()
        page = window.show_page("items")
        if not isinstance(page, ItemsPage):
            raise SystemExit("the page 事项 is not in the window")
        page.begin_displays(DisplayKind.BADGES)
        while (mode := page.displaying.mode) and mode.work.running:
            app.processEvents()
        for _ in range(5):
            app.processEvents()
        window.grab().save(str(IMAGES / "displays-1366.png"))
        window.close()
        office.close()


def _papers(office: Office) -> None:
    """The first sheet of each, side by side, as a printer without colour prints them."""
    rows = -(-len(ORDERS) // ACROSS)
    whole = Image.new("L", (ACROSS * (WIDTH + GAP) + GAP, rows * (HEIGHT + GAP) + GAP), 215)
    for at, order in enumerate(ORDERS):
        made = run_through(make_display(office, order))
        if made is None:
            raise SystemExit(f"{order.kind.label} is not made")
        page = pypdfium2.PdfDocument(made.pdf)[0]
        scale = min(WIDTH / page.get_width(), HEIGHT / page.get_height())
        picture = page.render(scale=scale * 2).to_pil().convert("L")
        picture = picture.resize((picture.width // 2, picture.height // 2), Image.Resampling.LANCZOS)
        left = GAP + at % ACROSS * (WIDTH + GAP) + (WIDTH - picture.width) // 2
        top = GAP + at // ACROSS * (HEIGHT + GAP) + (HEIGHT - picture.height) // 2
        whole.paste(picture, (left, top))
    whole.quantize(32).save(IMAGES / "displays-papers.png", optimize=True)


if __name__ == "__main__":
    main()

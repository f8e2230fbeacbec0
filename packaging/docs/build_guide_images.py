"""Draws the pictures of the page 事项 for the manual: two guides on paper, the page itself, and the review of the catalogue.

    python packaging/docs/build_guide_images.py      (in a checkout, with the development packages installed)

Writes docs/images/guide-*.png, docs/images/items-1366.png and docs/images/review-*.png.
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

from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from counter_assistant.domain.catalogue.sources import Source  # noqa: E402
from counter_assistant.domain.papers.sheet import Sheet  # noqa: E402
from counter_assistant.domain.revision.statements import newest, open_places  # noqa: E402
from counter_assistant.domain.revision.verdicts import Answer, Verdict  # noqa: E402
from counter_assistant.operations.catalogue.revising import Revising  # noqa: E402
from counter_assistant.operations.office import Office, open_office  # noqa: E402
from counter_assistant.operations.publications.guides import guide  # noqa: E402
from counter_assistant.operations.publications.revision_paper import revision_paper  # noqa: E402
from counter_assistant.ui.application import Desk  # noqa: E402
from counter_assistant.ui.start import make_application, read_index  # noqa: E402

IMAGES = ROOT / "docs" / "images"
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=timezone(timedelta(hours=8)))
GUIDES = ("B08", "D01")
WIDTH = 760
ANSWERS = {
    "申请时已连续足额缴存满3个月": (Answer.CHANGE, "申请时已连续足额缴存满6个月"),
    "本人及配偶无未结清的公积金贷款": (Answer.DROP, ""),
}


def main() -> None:
    """Draws everything into docs/images."""
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: NOW)
        for item in GUIDES:
            _draw(office, item, IMAGES / f"guide-{item}.png")
        office.close()
    _grab()


def _draw(office: Office, item: str, path: Path) -> None:
    """A guide."""
    _draw_sheet(office, guide(office, item, NOW.date()), path)


def _draw_sheet(office: Office, sheet: Sheet, path: Path) -> None:
    """A sheet, its pages one under the other."""
    document = pypdfium2.PdfDocument(office.program.typesetter.sheet(sheet))
    pictures = [page.render(scale=WIDTH / page.get_width()).to_pil().convert("L") for page in document]
    whole = pictures[0].resize((WIDTH, sum(picture.height for picture in pictures)))
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    whole.quantize(16).save(path, optimize=True)


def _review(office: Office) -> None:
    """The centre's answers to some sentences of B08: most agreed, one changed, one dropped."""
    revising = Revising(office)
    source = Source("centre", document="临住金〔2026〕18号", clause="第五条", day=NOW.date() - timedelta(days=3))
    of_item = [place.statement for place in open_places(newest(revising.working, "B08"))]
    for statement in of_item[:6]:
        answer, words = ANSWERS.get(statement.words, (Answer.AGREE, ""))
        revising.do(Verdict(statement, answer, source, words))
    progress = revising.progress
    told = f"待核定的 {progress.all} 句已核 {progress.answered} 句"
    paper = revision_paper(office, revising.base.version, revising.differences, told)
    _draw_sheet(office, paper, IMAGES / "review-paper.png")


def _grab() -> None:
    """The page in the real window, at the size of a small office screen: the guide, and the review."""
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
        _save(app, window, "items-1366.png")
        _review(desk.opening.office())
        page.search.setText("B08")
        page.begin_review()
        while (mode := page.reviewing.mode) and (mode.effects.work.running or mode.visiting.waiting):
            app.processEvents()
        _save(app, window, "review-1366.png")
        window.close()
        desk.opening.close()


def _save(app: QApplication, window: QWidget, name: str) -> None:
    for _ in range(5):
        app.processEvents()
    window.grab().save(str(IMAGES / name))


if __name__ == "__main__":
    main()

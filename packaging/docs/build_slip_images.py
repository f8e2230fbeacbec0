"""Draws the pages of the manual: one inquiry for each item, every paper of the code, and closer looks.

    python packaging/docs/build_slip_images.py       (in a checkout, with the development packages installed)

Writes docs/images/slips/*.png, docs/images/papers/*.png, docs/images/slip-*.png and docs/images/formats/*.png. People in them are invented.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from counter_assistant.domain.papers.formats import PaperFormat  # noqa: E402
from counter_assistant.operations.intake.request_json import read_request  # noqa: E402
from counter_assistant.operations.issuing.issue import issue_slip  # noqa: E402
from counter_assistant.operations.issuing.set_paper import pdf_of_slip  # noqa: E402
from counter_assistant.operations.office import Office, open_office  # noqa: E402
from counter_assistant.operations.publications.printer_page import printer_page  # noqa: E402
from counter_assistant.printing.media import Adjustment  # noqa: E402
from tests.decision_rows import ACCEPTED, COMPANY, FURTHER, PROMISE, REFERRAL, ROWS  # noqa: E402

IMAGES = ROOT / "docs" / "images"
NOW = datetime(2026, 11, 23, 10, 42, tzinfo=timezone(timedelta(hours=8)))
PERSON = {"name": "罗𠅤克", "phone": "13800000000"}
ANSWERS = {"who": "self", "marital": "married", "lease": "unregistered", "rent_by": "actual"}
CLOSER: dict[str, dict[str, Any]] = {
    "slip-B08": {"item": "B08", "answers": ANSWERS},
    "slip-B08-incomplete": {
        "item": "B08",
        "answers": ANSWERS | {"fund_loan_open": "no"},
        "received": ["id-card", "rent-invoice", "marriage-certificate"],
        "defects": [{"id": "rent-invoice", "why": "未盖发票专用章"}],
    },
    "slip-name": {
        "item": "B08", "answers": ANSWERS, "applicant": {"name": "王＿三", "phone": "13800000000"},
        "details": {"uncoded": "上鸟下甲，读 niè", "also_named": "王聂三"},
    },
}  # fmt: skip


LOAN = {
    "item": "C05", "applicant": PERSON | {"id_number": "11010519491231002X"}, **ACCEPTED,
    "answers": {"marital": "married", "house": "second_hand", "pay": "fund_loan", "owner_rel": "co_owner"},
}  # fmt: skip
PAPERS: dict[str, dict[str, Any]] = {
    "delay_notice": FURTHER["delay"],  # first: of a paper that this book does not know, so that it needs no case
    "guidance": ROWS["1-elsewhere"][0],
    "introduction": ROWS["2-colleague"][0],
    "custody_record": FURTHER["2-custody"],
    "return_notice": ROWS["6-not-eligible"][0],
    "return_notice-by-hand": FURTHER["6-condition-chosen-by-hand"],
    "supplement_notice": ROWS["8-promise-incomplete"][0],
    "promise_notice-answer": ROWS["9-undecided"][0],
    "referral_notice": REFERRAL | ACCEPTED | {"applicant": COMPANY},
    "promise_notice": PROMISE | ACCEPTED,
    "promise_notice-provisional": FURTHER["11-years-end"],
    "receipt": ROWS["13-not-on-the-spot"][0],
    "receipt-later": FURTHER["13-later-than-today"],
    "supplement_notice-long": {**LOAN, "received": [], "purpose": "apply"},
}

FORMATS: dict[str, tuple[dict[str, Any], PaperFormat]] = {
    "guidance-a4_halves": (ROWS["1-elsewhere"][0], PaperFormat.HALVES),
    "receipt-large_print": (ROWS["13-not-on-the-spot"][0], PaperFormat.LARGE),
    "notification_slip-a5": ({"item": "B08", "answers": ANSWERS}, PaperFormat.A5),
    "receipt-continuous": (ROWS["13-not-on-the-spot"][0], PaperFormat.CONTINUOUS),
}
PINS, GAP = 180, 8  # dots to the inch of a printer with pins; pixels between two sheets


def main() -> None:
    """Draws everything into docs/images."""
    (IMAGES / "slips").mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: NOW)
        for item in office.catalogue.items:
            _draw(office, {"item": item}, IMAGES / "slips" / f"{item}.png", width=620)
        (IMAGES / "papers").mkdir(exist_ok=True)
        for name, request in PAPERS.items():
            _draw(office, request, IMAGES / "papers" / f"{name}.png", width=760)
        (IMAGES / "formats").mkdir(exist_ok=True)
        for name, (request, which) in FORMATS.items():
            _draw_format(office, request, which, IMAGES / "formats" / f"{name}.png")
        page = printer_page(office, PaperFormat.A4, "窗口打印机", Adjustment())
        _picture(page, 620).quantize(16).save(IMAGES / "formats" / "printer-page.png", optimize=True)
        for name, request in CLOSER.items():
            _draw(office, request, IMAGES / f"{name}.png", width=900)
        office.close()


def _draw_format(office: Office, content: dict[str, Any], which: PaperFormat, path: Path) -> None:
    """One copy in a format, its sheets beside or below each other; that of a printer with pins in its own dots."""
    slip = issue_slip(office, read_request({"applicant": PERSON, **content})).slip
    if slip is None:
        raise SystemExit(f"no paper for {content}")
    pdf = pdf_of_slip(office, slip, which)
    if which is PaperFormat.CONTINUOUS:
        pages = [page.render(scale=PINS / 72).to_pil().convert("L") for page in pypdfium2.PdfDocument(pdf)]
        pages = [
            page.point(lambda grey: 255 * (grey > 127)).resize((page.width * 3 // 5, page.height * 3 // 5))
            for page in pages
        ]
        whole = Image.new("L", (pages[0].width, sum(page.height + GAP for page in pages)), 200)
        for at, page in enumerate(pages):
            whole.paste(page, (0, at * (page.height + GAP)))
    else:
        document = pypdfium2.PdfDocument(pdf)
        count = len(document) // 2 or 1
        pages = [_picture(pdf, 620, at) for at in range(len(document) - count, len(document))]
        whole = Image.new("L", (sum(page.width + GAP for page in pages), pages[0].height), 200)
        for at, page in enumerate(pages):
            whole.paste(page, (at * (page.width + GAP), 0))
    whole.quantize(16).save(path, optimize=True)


def _picture(pdf: bytes, width: int, at: int = 0) -> Image.Image:
    page = pypdfium2.PdfDocument(pdf)[at]
    picture: Image.Image = page.render(scale=width / page.get_width()).to_pil().convert("L")
    return picture


def _draw(office: Office, content: dict[str, Any], path: Path, width: int) -> None:
    """The applicant's copy, all its pages one under the other."""
    slip = issue_slip(office, read_request({"applicant": PERSON, **content})).slip
    if slip is None:
        raise SystemExit(f"no paper for {content}")
    document = pypdfium2.PdfDocument(office.program.typesetter.pdf(slip))
    pages = list(document)[len(document) // 2 :]
    pictures = [page.render(scale=width / page.get_width()).to_pil().convert("L") for page in pages]
    whole = pictures[0].resize((width, sum(picture.height for picture in pictures)))
    top = 0
    for picture in pictures:
        whole.paste(picture, (0, top))
        top += picture.height
    whole.quantize(16).save(path, optimize=True)


if __name__ == "__main__":
    main()

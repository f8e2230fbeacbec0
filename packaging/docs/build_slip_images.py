"""Draws the pages of the manual: one inquiry for each item, every paper of the code, and closer looks.

    python -m packaging.docs.build_slip_images      (in a checkout, with the development packages installed)

Writes docs/images/slips/*.png, docs/images/papers/*.png and docs/images/slip-*.png. People in them are invented.
"""

from __future__ import annotations

import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pypdfium2

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from counter_assistant.operations.intake.request_json import read_request  # noqa: E402
from counter_assistant.operations.issuing.issue import issue_slip  # noqa: E402
from counter_assistant.operations.office import Office, open_office  # noqa: E402
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
}


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
        for name, request in CLOSER.items():
            _draw(office, request, IMAGES / f"{name}.png", width=900)
        office.close()


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

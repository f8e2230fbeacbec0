"""Writes the dictionary that the payloads of entries are compressed with (docs/decisions/0022-compressed-payloads.md).

It is what a few papers look like when they are stored: nothing of a person, no number that anybody was given. A dictionary is never
changed, since books were written with it: a better one gets the next number.

    .venv/bin/python packaging/book/build_dictionary.py FILE
"""

from __future__ import annotations

import sys
import tempfile
from datetime import datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.storage.journal import chain

LARGEST = 32 << 10
"""What deflate looks back on."""

NOW = datetime.fromisoformat("2026-11-23T08:30:00+08:00")
# The commonest last: what stands nearest to the text costs least.
ITEMS = ("A05", "C01", "B15", "B05", "B01", "B12", "B08")


def dictionary() -> bytes:
    """The stored text of a notification slip for each of the items, as much of it as deflate looks back on."""
    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder), lambda: NOW)
        try:
            return "".join(_body(office, item) for item in ITEMS).encode()[-LARGEST:]
        finally:
            office.close()


def _body(office: Office, item: str) -> str:
    text = office.catalogue.item(item, NOW.date())
    assert text is not None
    answers = {asked.id: asked.question.options[0].code for asked in text.questions}
    issue_slip(
        office, read_request({"item": item, "answers": answers, "request_id": item, "applicant": {"name": "某某"}})
    )
    entry = office.book.find(item)
    assert entry is not None
    return chain.canonical(entry.payload)


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(dictionary())

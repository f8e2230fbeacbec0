"""Keeps a book that was moved to a server and back as this version writes it: `python -m tests.operations.moving.kept`.

Writes the folder `fixtures/moved-1` beside this file, for every later version to open. People and numbers are invented.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.safekeeping.moved_entry import BookMoved, MovedAct
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import open_office
from counter_assistant.paths import BOOK_NAME
from tests.make import PHONE, a_request
from tests.operations.moving.moved_books import clock

SERVER, PC = "postgresql://10.0.0.5/centre?schema=linxiang", "耿马-01 上的 D:\\柜台助手\\book.db"
FIXTURES = Path(__file__).parent / "fixtures"
NAME = "moved-1"


def keep(fixtures: Path) -> Path:
    """Writes the folder in place of an earlier try, and returns it."""
    with TemporaryDirectory() as place, closing(open_office(Path(place), clock)) as office:
        for to, whence, name in ((SERVER, PC, "岩温"), (PC, SERVER, "玉罕")):
            issue_slip(office, a_request(applicant={"name": name, "phone": PHONE}))
            for said in (BookMoved(MovedAct.LEFT, to, "0001"), BookMoved(MovedAct.ARRIVED, whence, "0001")):
                office.book.append(EntryKind.BOOK_MOVED, said.to_payload())
        kept = fixtures / NAME
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        shutil.copy(Path(place) / BOOK_NAME, kept)
    return kept


if __name__ == "__main__":
    print(keep(FIXTURES).name)

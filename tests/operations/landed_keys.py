"""Keeps a sealed book with its keys as this version writes them: `python -m tests.operations.landed_keys`.

Writes a folder `keys-<format of the file of keys>` beside the fixtures of the operations, for every later version to open. Its secrets are
those below; a guess costs next to nothing, so that tests are quick.
"""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from counter_assistant.domain.people import recovery
from counter_assistant.operations import sealing
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.sealing.key_refusals import NAME
from tests.make import an_office, confirmed
from tests.places import TESTS

FIXTURES = TESTS / "operations" / "fixtures"
OURS, THEIRS, SHEET = "san yue de yu luo zai gengma", "di yi ban duchuan 0630", bytes(range(16))


def keep(fixtures: Path) -> Path:
    """Writes the folder of today's format, in place of an earlier try, and returns it."""
    ciphers.COST = Cost(1, 8192)
    with TemporaryDirectory() as place:
        with closing(an_office(Path(place))) as office:
            office.decide_profile(confirmed(office.profile))
            one, two = (clerk.staff_number for clerk in office.profile.clerks[:2])
            sealing.seal(office, one, OURS, recovery.to_words(SHEET))
            sealing.add_passphrase(office, one, two, THEIRS)
        kept = fixtures / f"keys-{json.loads((Path(place) / NAME).read_text('utf-8'))['format']}"
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir(parents=True)
        for name in ("book.db", NAME):
            shutil.copy(Path(place) / name, kept)
    return kept


if __name__ == "__main__":
    print(keep(FIXTURES).name)

"""A book whose keys an earlier version wrote opens unchanged, and each way in is brought over when its secret is next typed."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from counter_assistant.domain.people.recovery import to_words
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations import sealing
from counter_assistant.operations.data_folder import keys_of
from counter_assistant.operations.office import open_office
from counter_assistant.operations.sealing import Opened
from counter_assistant.storage import ciphers
from counter_assistant.storage.ciphers import Cost
from counter_assistant.storage.sealing.key_refusals import NAME
from counter_assistant.storage.sealing.slots import Holder
from tests.make import clock
from tests.operations.landed_keys import FIXTURES, OURS, SHEET, THEIRS, keep

WORDS = to_words(SHEET)


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ciphers, "COST", Cost(1, 8192))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of a version whose keys were of format 1."""
    shutil.copytree(FIXTURES / "keys-1", tmp_path, dirs_exist_ok=True)
    return tmp_path


def enter(folder: Path, opened: Opened) -> None:
    with closing(open_office(folder, clock, key=opened.key)) as office:
        sealing.let_in(office, opened)
        assert office.book.check().ok


def test_each_is_brought_over_when_it_is_typed_and_the_others_stay_as_they_were(folder: Path) -> None:
    before = (folder / NAME).read_bytes()
    opened = sealing.by_passphrase(folder, "0001", OURS)
    assert (folder / NAME).read_bytes() == before, "a look changes nothing"
    assert (
        opened.key == sealing.by_passphrase(folder, "0002", THEIRS).key == sealing.by_sheet(folder, "0001", WORDS).key
    )
    enter(folder, opened)
    ring = keys_of(folder)
    assert json.loads((folder / NAME).read_bytes())["format"] == 2
    assert ring.slot(Holder.PERSON, "0001") == opened.access.slot
    assert [(wrap.holder, wrap.who) for wrap in ring.older] == [(Holder.SHEET, ""), (Holder.PERSON, "0002")]
    for again in (
        sealing.by_passphrase(folder, "0001", OURS),
        sealing.by_passphrase(folder, "0002", THEIRS),
        sealing.by_sheet(folder, "0001", WORDS),
    ):
        assert again.key == opened.key
        enter(folder, again)
    assert keys_of(folder).older == ()
    settled = (folder / NAME).read_bytes()
    enter(folder, sealing.by_passphrase(folder, "0001", OURS))
    assert (folder / NAME).read_bytes() == settled


def test_nothing_is_sealed_to_a_slot_of_before(folder: Path) -> None:
    opened = sealing.by_passphrase(folder, "0001", OURS)
    enter(folder, opened)
    with pytest.raises(Refusal) as refusal:
        keys_of(folder).under(opened.key)
    assert (refusal.value.code, refusal.value.sentence) == (
        "keys-of-before", "恢复单、工号 0002 还是旧格式的，封不进新钥匙。",
    )  # fmt: skip
    with pytest.raises(Refusal) as keeper:
        keys_of(folder).with_keeper("0002", bytes(range(32)))
    assert keeper.value.code == "keys-of-before"


def test_wrong_ones_are_refused_as_before_and_a_folder_that_cannot_be_written_opens(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guesses: tuple[tuple[str, Callable[[], Opened]], ...] = (
        ("wrong-passphrase", lambda: sealing.by_passphrase(folder, "0001", THEIRS)),
        ("wrong-sheet", lambda: sealing.by_sheet(folder, "0001", sealing.new_sheet())),
        ("no-passphrase-of", lambda: sealing.by_passphrase(folder, "0003", OURS)),
    )
    for code, act in guesses:
        with pytest.raises(Refusal) as refusal:
            act()
        assert refusal.value.code == code
    before = (folder / NAME).read_bytes()

    def full(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr("counter_assistant.storage.sealing.ring_file.write_atomic", full)
    enter(folder, sealing.by_passphrase(folder, "0001", OURS))
    assert (folder / NAME).read_bytes() == before


def test_the_keys_of_every_format_are_kept(tmp_path: Path) -> None:
    kept = keep(tmp_path)
    assert (FIXTURES / kept.name).is_dir(), "python -m tests.operations.landed_keys"
    enter(kept, sealing.by_sheet(kept, "0001", WORDS))

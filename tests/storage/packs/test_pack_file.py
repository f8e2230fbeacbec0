"""A pack file: what is wrong with it is told before anything of it is believed."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.packs import pack_file
from counter_assistant.storage.packs.pack_file import read_pack, write_pack
from tests.operations.catalogue.packing import a_pack, a_signer, few_items


def refused(path: Path) -> str:
    with pytest.raises(Refusal) as refusal:
        read_pack(path)
    return refusal.value.code


def test_what_is_written_is_read_the_same(tmp_path: Path) -> None:
    content, pack = write_pack(a_pack(few_items()), a_signer())
    path = tmp_path / "a.pack"
    path.write_bytes(content)
    read = read_pack(path)
    assert (read.centre, read.made, read.algorithm, read.key, read.id) == (
        pack.centre,
        pack.made,
        pack.algorithm,
        pack.key,
        pack.id,
    )
    assert read.edition.to_json() == pack.edition.to_json()
    assert write_pack(read, a_signer())[0] == content


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(tmp_path / "none.pack") == "pack-unreadable"
    assert refused(tmp_path) == "pack-unreadable"
    content, _ = write_pack(a_pack(few_items()), a_signer())
    path = tmp_path / "a.pack"
    path.write_bytes(content)
    monkeypatch.setattr(pack_file, "LARGEST", len(content) - 1)
    assert refused(path) == "pack-foreign"

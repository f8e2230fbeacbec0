"""What a file holds is told by its content, and read whole and strictly."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.edition import Edition, edition
from counter_assistant.domain.revision.pack import Pack
from counter_assistant.domain.revision.revision import ItemRetired, Revision
from counter_assistant.operations.program import program
from counter_assistant.storage.content.revision_file import NAME, write_revision
from counter_assistant.storage.packs import content_file
from counter_assistant.storage.packs.content_file import is_sheet, read_content
from tests.operations.catalogue.packing import a_pack, few_items, signed, written


def made() -> Edition:
    base = program().catalogue
    approval = Approval("临住金〔2026〕18号", date(2026, 12, 3), "主任办公会", date(2026, 12, 15))
    return edition(base, base, approval, "2026-12-15", ())


def write(folder: Path, value: Any) -> Path:
    path = folder / "edition.json"
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
    return path


def refused(path: Path) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        read_content(path)
    assert refusal.value.remedy
    return refusal.value


def test_an_edition_is_read_as_it_was_written(tmp_path: Path) -> None:
    edition = made()
    read = read_content(write(tmp_path, edition.to_json()))
    assert isinstance(read, Edition)
    assert read.to_json() == edition.to_json()
    assert read.catalogue.items["B08"] == edition.catalogue.items["B08"]


def test_a_fault_deep_in_a_text_is_found_at_once(tmp_path: Path) -> None:
    content = made().to_json()
    content["content"]["items"]["B08"][0]["promised"]["n"] = "three"
    refusal = refused(write(tmp_path, content))
    assert (refusal.code, "items.B08[1].promised.n" in refusal.sentence) == ("broken-content", True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"{", "broken-content"), (b"\xff", "broken-content"), (b"[]", "broken-content"), (b"[" * 100_000, "broken-content"),
        (b"{}", "broken-content"), (b'{"acts": 1}', "broken-content"), (b"PK\x03\x04", "content-sheet"),
        (b'{"kind": "counter-assistant-content"}', "pack-damaged"), (b'{"algorithm":', "pack-damaged"),
    ],
)  # fmt: skip
def test_what_is_no_edition_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "edition.json"
    path.write_bytes(content)
    assert refused(path).code == code


def test_a_pack_and_a_revision_are_known_by_what_stands_in_them(tmp_path: Path) -> None:
    pack = a_pack(few_items())
    path = tmp_path / "edition.json"
    path.write_bytes(signed(written(pack)))
    read = read_content(path)
    assert isinstance(read, Pack)
    assert read.to_json() == pack.to_json()
    revision = Revision("1", (ItemRetired("A18"),))
    write_revision(tmp_path, revision)
    assert read_content(tmp_path / NAME) == revision
    assert not is_sheet(path)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refused(tmp_path / "none.json").code == "no-content-file"
    assert refused(tmp_path).code == "no-content-file"
    assert refused(Path("a\0b")).code == "no-content-file"
    monkeypatch.setattr(content_file, "LARGEST", 10)
    assert refused(write(tmp_path, made().to_json())).code == "content-too-large"

"""A text comes in the encoding in which it was saved, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.content import pasted_file
from counter_assistant.storage.content.pasted_file import read_pasted

TEXT = "第一条　为了加强对住房公积金的管理"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_it_is_read_as_notepads_save_it(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "条例.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_pasted(path) == TEXT


@pytest.mark.parametrize("content", [b"\x00\x01", TEXT.encode("utf-16"), b"\xff\xff\xff", TEXT.encode() * 30])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasted_file, "LARGEST", 1000)
    path = tmp_path / "条例.docx"
    path.write_bytes(content)
    for refusing in (path, tmp_path, tmp_path / "none.txt"):
        with pytest.raises(Refusal) as refused:
            read_pasted(refusing)
        assert refused.value.code == "text-unreadable"

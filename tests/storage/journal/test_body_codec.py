"""What is packed is read back to the letter, small; what was never packed is refused."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant import paths
from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.journal import body_codec
from counter_assistant.storage.journal.body_codec import packed, unpacked


@given(st.text(st.characters(codec="utf-8"), max_size=400))
def test_whatever_is_packed_is_read_back_to_the_letter(body: str) -> None:
    assert unpacked(packed(body)) == body


def test_what_was_stored_before_there_were_codecs_is_read_as_it_is() -> None:
    assert unpacked('{"a":1}') == '{"a":1}'


def test_a_paper_takes_a_fifth_of_its_length() -> None:
    paper = (paths.resources() / "book" / "dictionary-1").read_text(encoding="utf-8", errors="ignore")[:8000]
    assert len(packed(paper)) * 5 < len(paper.encode())


@pytest.mark.parametrize(
    "stored",
    [
        b"", b"\x01", b"\x02" + packed("a")[1:], packed("a")[:-1], packed("a") + b"x", b"\x01" + zlib.compress(b"{}"),
        7, None,
    ],
)  # fmt: skip
def test_what_is_none_of_it_is_refused(stored: object) -> None:
    with pytest.raises(ValueError, match="the content"):
        unpacked(stored)  # type: ignore[arg-type]


def test_a_content_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = packed("a" * 5000)
    monkeypatch.setattr(body_codec, "LARGEST", 4000)
    with pytest.raises(ValueError, match="too early or too late"):
        unpacked(bomb)


def test_another_dictionary_is_never_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "dictionary-1").write_bytes(b"another")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)
    with pytest.raises(Refusal) as refusal:
        body_codec._dictionary.__wrapped__(1)
    assert refusal.value.code == "program-incomplete"
    (tmp_path / "book" / "dictionary-1").unlink()
    with pytest.raises(Refusal, match="程序文件不完整"):
        body_codec._dictionary.__wrapped__(1)

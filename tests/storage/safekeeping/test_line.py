"""One format for journal, bundle and export: to the letter there and back, and whatever was changed is no line any more."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.storage.journal import chain
from counter_assistant.storage.safekeeping.line import PLAIN, SEALED, Header, Line, Spelling
from counter_assistant.storage.sealing.book_key import BookKey
from tests.storage.desk import KEY

SPELLINGS = [Spelling(None), Spelling(KEY)]


def a_line(text: str = "罗𠅤克", uuid: str | None = "a", seq: int = 1, previous: bytes = chain.START) -> Line:
    request = {} if uuid is None else {"request": {"uuid": uuid, "digest": ""}}
    body, salt = chain.canonical({"name": text, **request}), bytes(range(chain.SALT_LENGTH))
    link = chain.Link(seq, "2026-11-23T08:30:00+08:00", "inquiry", "internal", chain.inner_digest(salt, body))
    return Line(
        seq, link.time, link.kind, link.visibility, link.algorithm, link.inner, link.hash(previous), uuid, salt, body
    )


@pytest.mark.parametrize("spelling", SPELLINGS)
@given(text=st.text(st.characters(exclude_categories=["Cs"])), uuid=st.none() | st.just("b"))
def test_a_line_is_read_as_it_was_written(spelling: Spelling, text: str, uuid: str | None) -> None:
    line = a_line(text, uuid)
    for each in (line, replace(line, salt=None, body=None)):
        written = spelling.write(each)
        assert b"\n" not in written
        assert b"\0" not in written
        assert spelling.read(written) == each
        assert each.follows(0, chain.START)


def test_the_names_of_a_plain_line_are_the_published_ones() -> None:
    assert list(json.loads(Spelling(None).write(a_line()))) == sorted(
        ("seq", "time", "kind", "visibility", "algorithm", "inner", "hash", "uuid", "salt", "body")
    )


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_changed_byte_is_noticed(spelling: Spelling) -> None:
    """GIVEN a line WHEN any byte of it is another THEN it is no line, or one that does not follow."""
    line = a_line()
    written = spelling.write(line)
    for place in range(len(written)):
        for other in {0, 10, 32, written[place] ^ 1, written[place] ^ 32}:
            changed = written[:place] + bytes([other]) + written[place + 1 :]
            if changed == written:
                continue
            try:
                read = spelling.read(changed)
            except ValueError:
                continue
            assert not read.follows(0, chain.START), (place, other)


def test_a_line_follows_its_predecessor_only() -> None:
    first = a_line()
    second = a_line("依旺", "b", 2, first.hash)
    assert second.follows(1, first.hash)
    assert not second.follows(1, chain.START)
    assert not second.follows(2, first.hash)
    assert not replace(second, uuid="c").follows(1, first.hash)
    assert not replace(second, algorithm="sha3").follows(1, first.hash)


def test_under_another_key_nothing_is_read() -> None:
    written = Spelling(KEY).write(a_line())
    assert "罗".encode() not in written
    for other in (Spelling(BookKey(bytes(32))), Spelling(None)):
        with pytest.raises(ValueError, match=r"line|utf|JSON|Expecting"):
            other.read(written)


def test_the_same_line_is_sealed_otherwise_each_time() -> None:
    assert len({Spelling(KEY).write(a_line()) for _ in range(10)}) == 10


def test_a_header_says_how_the_lines_are_written() -> None:
    sealed, plain = (Spelling(key).header("a book", 7) for key in (KEY, None))
    assert (sealed.algorithm, sealed.key, plain.algorithm, plain.key) == (SEALED, KEY.name.hex(), PLAIN, "")
    assert [Header.from_text(header.to_text()) for header in (sealed, plain)] == [sealed, plain]
    assert sealed.like == replace(sealed, erased=9).like != plain.like


@pytest.mark.parametrize("text", ["{}", "[]", "", '{"format":"counter-assistant-lines-2"}', "null"])
def test_anything_else_is_no_header(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Header.from_text(text)

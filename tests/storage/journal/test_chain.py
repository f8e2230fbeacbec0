from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from counter_assistant.domain.refusal import Refusal
from counter_assistant.storage.journal import chain

TEXT = st.text(st.characters(codec="utf-8"), max_size=6)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=8,
)
PAYLOADS = st.dictionaries(TEXT, VALUES, max_size=4)
LINK = chain.Link(7, "2026-11-23T08:30:00+08:00", "slip_issued", "public", bytes(32))


@given(PAYLOADS)
def test_canonical_json_comes_back_as_it_was(payload: dict[str, object]) -> None:
    text = chain.canonical(payload)
    assert chain.parse(text) == payload
    assert chain.canonical(chain.parse(text)) == text


@given(PAYLOADS)
def test_the_order_of_keys_does_not_matter(payload: dict[str, object]) -> None:
    assert chain.canonical(dict(reversed(payload.items()))) == chain.canonical(payload)


def test_canonical_json_is_what_the_book_says_it_is() -> None:
    assert (
        chain.canonical({"b": [1, None, True], "a": "罗𠅤克\n", "é": ()})
        == '{"a":"罗𠅤克\\n","b":[1,null,true],"é":[]}'
    )


@pytest.mark.parametrize("value", [1.5, float("nan"), {1: "a"}, b"bytes", {"a"}, 2**53])
def test_what_json_cannot_hold_exactly_is_not_written(value: object) -> None:
    with pytest.raises((TypeError, ValueError)):
        chain.canonical({"value": value})


@pytest.mark.parametrize("payload", [{"name": "岩\ud840"}, {"\ud840": "岩"}])
def test_half_a_character_is_refused_in_words(payload: dict[str, str]) -> None:
    with pytest.raises(Refusal, match="无法保存") as refused:
        chain.canonical(payload)
    assert refused.value.remedy


@pytest.mark.parametrize("body", ["[]", '{"a":1.5}', '{"a":NaN}', "罗", ""])
def test_what_was_never_written_is_not_read(body: str) -> None:
    with pytest.raises(ValueError, match=r"JSON|Expecting"):
        chain.parse(body)


def test_every_part_of_an_entry_is_bound_by_its_hash() -> None:
    changed = [
        replace(LINK, seq=8), replace(LINK, time="2026-11-23T08:30:01+08:00"), replace(LINK, kind="slip_voided"),
        replace(LINK, visibility="internal"), replace(LINK, inner=bytes(31) + b"\1"),
    ]  # fmt: skip
    hashes = {link.hash(chain.START) for link in [LINK, *changed]} | {LINK.hash(b"\1" + bytes(31))}
    assert len(hashes) == len(changed) + 2


def test_an_unknown_algorithm_is_never_taken_as_right() -> None:
    with pytest.raises(ValueError, match="sha256-9"):
        replace(LINK, algorithm="sha256-9").hash(chain.START)


def test_the_hash_can_be_computed_from_its_description_alone() -> None:
    """Another program, in another language, must be able to verify a book of ten years ago."""
    parts = [
        chain.START,
        b"sha256-1",
        (7).to_bytes(8, "big"),
        LINK.time.encode(),
        b"slip_issued",
        b"public",
        LINK.inner,
    ]
    described = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
    assert LINK.hash(chain.START) == hashlib.sha256(described).digest()


@given(st.text("ab"), st.text("ab"), st.text("ab"), st.text("ab"))
def test_two_lists_of_parts_never_run_together(a: str, b: str, c: str, d: str) -> None:
    assume((a, b) != (c, d))
    assert replace(LINK, time=a, kind=b).hash(bytes(32)) != replace(LINK, time=c, kind=d).hash(bytes(32))


def test_the_salt_hides_an_erased_name_from_guessing() -> None:
    assert chain.inner_digest(b"a" * 16, "{}") != chain.inner_digest(b"b" * 16, "{}")

"""What a branch says of its book: one shape to the byte; and which statements the centre does not sign after others."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_assistant.domain.closing.head_statement import (
    HeadStatement,
    HeadWitnessed,
    refuse_turned_back,
    signed_bytes,
)
from counter_assistant.domain.refusal import Refusal

STATEMENT = HeadStatement("0123456789abcdef" * 2, 1, "3cba40dd" * 8, "530926", "2026-11-23T17:30:00+08:00")


def hash_of(seq: int) -> str:
    """The hashes of an honest book."""
    return f"{seq:064x}"


def at(entries: int, head: str = "") -> HeadStatement:
    return replace(STATEMENT, entries=entries, head=head or hash_of(entries))


def test_it_is_canonical_json_and_comes_back() -> None:
    text = STATEMENT.text
    assert json.dumps(json.loads(text), sort_keys=True, separators=(",", ":")) == text
    assert HeadStatement.from_text(text) == STATEMENT
    assert signed_bytes(text) == b"counter-assistant-cosigned-head-1\0" + text.encode()
    assert STATEMENT.outside.fits(STATEMENT.head)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"entries":1', '"entries":0'), ('"entries":1', '"entries":01'), ('"entries":1', '"entries":"1"'),
        ('"entries":1', f'"entries":{10**15}'), (":", ": "), ("head-1", "head-2"), ("3cba", "3CBA"), ("530926", "53092"),
        ("530926", "５３０９２６"), ("+08:00", "Z"), ("17:30:00", "17:30:00.5"), ("}", "}\n"), ("{", '{"a":1,'),
    ],
)  # fmt: skip
def test_what_is_spelled_otherwise_is_none(old: str, new: str) -> None:
    assert old in STATEMENT.text
    with pytest.raises(ValueError, match="no statement"):
        HeadStatement.from_text(STATEMENT.text.replace(old, new))


def test_an_entry_says_it_to_the_letter() -> None:
    taken = HeadWitnessed(STATEMENT.text, "Ed25519", "ab" * 32, "cd" * 64, "0001")
    assert HeadWitnessed.from_payload({**taken.to_payload(), "schema": 1}) == taken


@pytest.mark.parametrize(
    ("signed", "new", "after", "code", "said"),
    [
        ([], at(7), 7, "", ""),
        ([at(3)], at(7), 3, "", ""),
        ([at(3)], at(7), 0, "", ""),
        ([at(7)], at(7), 7, "", ""),
        ([at(3), at(5)], at(7), 5, "", ""),
        ([at(3), at(9)], at(7), 0, "head-goes-back", "从第 8 条起没有了"),
        ([at(3), at(5)], at(7), 6, "head-unproven", "第 5 条起的记录链"),
        ([at(7, "0" * 64)], at(7), 7, "head-forks", "从第 1 条到第 7 条之间"),
        ([at(3), at(5, "0" * 64)], at(7), 0, "head-forks", "从第 4 条到第 5 条之间"),
        ([at(3, "0" * 64), at(5, "0" * 64)], at(7), 0, "head-forks", "从第 1 条到第 3 条之间"),
    ],
)
def test_what_goes_back_or_forks_is_refused_with_where(
    signed: list[HeadStatement], new: HeadStatement, after: int, code: str, said: str
) -> None:
    if not code:
        refuse_turned_back(signed, new, after, hash_of)
        return
    with pytest.raises(Refusal) as refusal:
        refuse_turned_back(signed, new, after, hash_of)
    assert (refusal.value.code, said in refusal.value.sentence) == (code, True)


@pytest.mark.parametrize(
    ("signed", "after", "sentence", "remedy"),
    [
        (
            at(9), 0,
            "中心签过这本台账的第 9 条，这份凭据只到第 7 条：从第 8 条起没有了，放回了旧的一份，或者末尾被截去。",
            "不要签。请网点保留原文件，用备份和流水恢复；确实恢复不了的，查明以后用 --anew 写明缘由再签。",
        ),
        (
            at(5), 6,
            "凭据里没有从第 5 条起的记录链，看不出是不是接着中心签过的。",
            "请网点办 archive head --since 5，把新的一份再送来。",
        ),
        (
            at(7, "0" * 64), 7,
            "与中心签过的不是一本：第 7 条与凭据不符：从第 1 条到第 7 条之间的一条起，台账不是原来的一份，另外写过或者被改过。",
            "不要签。请网点保留原文件，查明从哪一条起另外写过；查明以后用 --anew 写明缘由再签。",
        ),
    ],
)  # fmt: skip
def test_why_it_is_not_signed_is_said_in_these_words(
    signed: HeadStatement, after: int, sentence: str, remedy: str
) -> None:
    with pytest.raises(Refusal) as refusal:
        refuse_turned_back([signed], at(7), after, hash_of)
    assert (refusal.value.sentence, refusal.value.remedy) == (sentence, remedy)


def test_the_place_of_each_part_is_its_own() -> None:
    """GIVEN a statement whose parts all differ WHEN it is read THEN none stands for another."""
    read = HeadStatement.from_text(replace(STATEMENT, entries=4711).text)
    assert (read.book, read.entries, read.head) == (STATEMENT.book, 4711, STATEMENT.head)
    assert (read.installation, read.time) == ("530926", "2026-11-23T17:30:00+08:00")
    assert read.outside.seq == 4711

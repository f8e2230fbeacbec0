"""The service code's own words: what we offer and what we forbid is what it says, and nothing of ours is forbidden.

tests/fixtures/service-code-2012.txt is parts 二 and 三, to the letter, of 临沧市住房公积金管理中心工作人员规范化服务守则,
published by the centre on 2012-11-12 (政策法规 > 地方政策), as its site showed it on 2017-11-11.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_assistant import paths
from counter_assistant.domain.formatting import numeral
from counter_assistant.domain.wording.forbidden_phrase import ForbiddenPhrase
from counter_assistant.domain.wording.phrases import Phrase, PhraseChannel
from counter_assistant.storage.content.phrase_files import APPROVED_FILE, read_phrases
from tests.forbidden import FORBIDDEN, guard
from tests.places import GOLDEN, TESTS

CODE = (TESTS / "fixtures" / "service-code-2012.txt").read_text("utf-8")
POLITE, IMPOLITE = CODE.split("三 常见服务忌语")
LINE = re.compile(r"\(([一二三四五六七八九十]+)\)(.+)")
PHRASES = read_phrases(paths.resources() / "phrases")


def lines(part: str) -> list[tuple[str, str]]:
    return [(found[1], found[2].strip()) for found in LINE.finditer(part)]


def as_in_the_code(phrase: Phrase, line: str) -> str:
    """The phrase with the mark of its channel, as the line has it; the code itself ends one of them with 。"""
    mark = "(电话)" if phrase.channel is PhraseChannel.PHONE else ""
    return phrase.text + mark + ("。" if line.endswith("(电话)。") else "")


def test_the_twenty_five_phrases_are_those_of_the_code_in_its_order() -> None:
    expected = lines(POLITE)
    assert len(expected) == 25
    ours = [(numeral(p.number), as_in_the_code(p, line)) for p, (_, line) in zip(PHRASES, expected, strict=True)]
    assert ours == expected
    assert [phrase.clause for phrase in PHRASES] == [f"守则 二({number})" for number, _ in expected]
    assert [phrase.channel for phrase in PHRASES] == [PhraseChannel.PHONE] * 8 + [PhraseChannel.COUNTER] * 17
    assert not any(phrase.own or phrase.hidden for phrase in PHRASES)


def test_the_twenty_one_forbidden_phrases_are_those_of_the_code_in_its_order() -> None:
    expected = lines(IMPOLITE)
    assert len(expected) == 21
    assert [(numeral(phrase.number), phrase.text) for phrase in FORBIDDEN.phrases] == expected
    assert [phrase.clause for phrase in FORBIDDEN.phrases] == [f"守则 三({number})" for number, _ in expected]


@pytest.mark.parametrize("forbidden", FORBIDDEN.phrases, ids=lambda forbidden: forbidden.text)
def test_what_to_say_instead_is_approved_and_can_be_said_at_once(forbidden: ForbiddenPhrase) -> None:
    instead = next(phrase for phrase in PHRASES if phrase.text == forbidden.instead)
    assert instead.blanks == ()


def strings(value: Any) -> Iterator[str]:
    """Every text of a TOML value."""
    match value:
        case str():
            yield value
        case dict():
            yield from (text for inner in value.values() for text in strings(inner))
        case list():
            yield from (text for inner in value for text in strings(inner))


def content() -> list[Path]:
    resources = paths.resources()
    files = [*(resources / "catalogue").rglob("*.toml"), *(resources / "statutes").glob("*.toml")]
    return [*files, resources / "phrases" / APPROVED_FILE, *paths.forms().glob("*.txt")]


def texts_of(path: Path) -> Iterator[str]:
    text = path.read_text("utf-8")
    yield text
    if path.suffix == ".toml":
        yield from strings(tomllib.loads(text))


def test_nothing_that_we_print_is_taken_for_forbidden() -> None:
    texts = [text for path in content() for text in texts_of(path)]
    assert len(texts) > 5_000
    assert [(hit.text, text[:60]) for text in texts for hit in guard(text)] == []


def test_nothing_on_the_papers_of_the_golden_files_is_taken_for_forbidden() -> None:
    papers = list((GOLDEN).glob("*.txt"))
    assert papers
    assert [hit.text for paper in papers for hit in guard(paper.read_text("utf-8"))] == []


def test_the_rest_of_the_code_may_quote_what_it_forbids() -> None:
    sentence = "工作人员一律不得以“不知道”、“不清楚”等为由,敷衍问询推脱首问责任。"
    assert guard(sentence) == []
    assert guard(POLITE) == []
    assert [hit.forbidden for hit in guard(IMPOLITE)] == [phrase.text for phrase in FORBIDDEN.phrases]

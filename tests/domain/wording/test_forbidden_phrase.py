"""Which variants are looked for in a text: those of the phrases that can be in it."""

from __future__ import annotations

from tests.forbidden import FORBIDDEN


def looked_for(bare: str) -> list[tuple[int, str]]:
    return [(phrase.number, rule.pattern) for phrase, rule in FORBIDDEN.possible_in(bare)]


def test_only_phrases_one_of_whose_characters_is_in_the_text_are_looked_for() -> None:
    assert looked_for("|您好|") == []
    assert {number for number, _ in looked_for("|催一催|")} == {13}
    assert {number for number, _ in looked_for("|等|")} == {1, 15}


def test_variants_come_in_the_order_of_the_file() -> None:
    every = [(phrase.number, rule.pattern) for phrase in FORBIDDEN.phrases for rule in phrase.variants]
    assert looked_for("".join(key for phrase in FORBIDDEN.phrases for key in sorted(phrase.keys))) == every

"""服务忌语：守则 三的二十一句，每一句该换成的文明用语，和找出它的各种写法的规则.

They are data (`resources/phrases/forbidden.toml`); whoever calls the guard passes them to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from counter_assistant.domain.wording.variant_rule import VariantRule

FORBIDDEN = 21
"""How many phrases the service code forbids."""


@dataclass(frozen=True, slots=True)
class ForbiddenPhrase:
    """一句忌语，`text` 原文照录. `number` and `clause` are those of 守则 三.

    `instead` is the text of the approved phrase to say in its place. `keys` are characters of which every variant needs
    at least one.
    """

    number: int
    text: str
    clause: str
    instead: str
    keys: frozenset[str]
    variants: tuple[VariantRule, ...]


@dataclass(frozen=True, slots=True)
class ForbiddenPhrases:
    """All of them in the service code's order; `version` is that of the file."""

    version: str
    phrases: tuple[ForbiddenPhrase, ...]

    def possible_in(self, bare: str) -> Iterator[tuple[ForbiddenPhrase, VariantRule]]:
        """The variants that can occur in a bare text; a phrase none of whose key characters occurs is left out.

        Compiling all rules takes a tenth of a second, which a text without such characters need not wait for.
        """
        present = set(bare)
        for phrase in self.phrases:
            if not present.isdisjoint(phrase.keys):
                for variant in phrase.variants:
                    yield phrase, variant

"""身份证读卡器的三种回答：一张证、没有证、读不了.

Only what a paper asks for leaves a reader: name, number and kind of document, and until when it is valid. Address, nation,
sex, birth and photo are read past and never kept (个人信息保护法 第六条: no more than the purpose needs).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol, TypeAlias

from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.typed_text.id_type import IdType

MAY_BE_CUT = "卡内姓名可能不全，请对照卡面。"
NOT_HELD = "卡内姓名有存不下的字，请照卡面补全。"
NO_NAME = "卡内没有姓名，请照卡面填。"
_HOLE = re.compile("[？?□〓\ufffd\u3000\ue000-\uf8ff]|(?<=[\u3400-\u9fff]) +(?=[\u3400-\u9fff])")
"""What stands where the chip could not hold a character: a mark, a blank, a code that its issuer made up."""
ALSO_FOREIGN = "卡上另有外文姓名；账户登记的是外文姓名的，请改填。"


@dataclass(frozen=True, slots=True)
class IdentityCard:
    """What a card gives. `until` is the last day of its validity, None where it has none.

    `filled`: the name takes all the room that the chip has, so that it may be cut. `also_foreign`: the card bears a name in
    Latin letters beside the Chinese one. The person is not part of the card's repr, which may end in a log.
    """

    name: str = field(repr=False)
    number: str = field(repr=False)
    kind: IdType
    until: date | None = None
    filled: bool = False
    also_foreign: bool = False

    def doubts(self, today: date) -> list[str]:
        """What the clerk has to look at on the card itself, a sentence each. Whether it will do, the clerk decides."""
        told = [NO_NAME] if not self.name else []
        told += [MAY_BE_CUT] if self.filled else []
        told += [NOT_HELD] if _HOLE.search(self.name) else []
        told += [ALSO_FOREIGN] if self.also_foreign else []
        if self.until and self.until < today:
            told.append(f"证件有效期到{chinese_date(self.until)}，已经过期。")
        return told


@dataclass(frozen=True, slots=True)
class NoCard:
    """Nothing lies on the reader, or what lies there was read already and has to be laid on anew."""


@dataclass(frozen=True, slots=True)
class ReaderFault:
    """Why nothing could be read, and what to do, in one line."""

    sentence: str


ReaderAnswer: TypeAlias = IdentityCard | NoCard | ReaderFault


class IdentityReader(Protocol):
    """A reader of identity cards. It is used from one thread at a time, and never from the window's."""

    def read(self) -> ReaderAnswer:
        """Reads what lies on the reader. It may take seconds, and raises nothing."""

    def close(self) -> None:
        """Lets the device go, so that another program can use it; the next reading opens it again."""

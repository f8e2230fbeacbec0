"""来源：一句话出自哪条法规、守则哪一条，还是待核定的设想。"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from counter_assistant.domain.catalogue.statutes import ArticleRef
from counter_assistant.domain.formatting import STAR


@dataclass(frozen=True, slots=True)
class Source:
    """Where a statement comes from.

    One from a guide or an assumption prints 待核定 until the centre has approved it; its `kind` is then `centre`, and
    `document` the number of the approval (domain/catalogue/approval.py), `clause` the article of that document, where one
    was named, and `day` the day of the document.
    """

    kind: str
    article: ArticleRef | None = None
    clause: str = ""
    city: str = ""
    year: int = 0
    note: str = ""
    document: str = ""
    day: date | None = None

    @property
    def to_confirm(self) -> bool:
        """Whether it comes from a guide or an assumption, which the centre has not confirmed."""
        return self.kind in ("guide", "assumption")


TO_CONFIRM = "（待核定）"
"""How the catalogue's own texts mark what the centre has yet to confirm."""


def starred(text: str) -> str:
    """A text of the catalogue as papers print it: 以公布的为准（待核定）。 reads 以公布的为准＊。"""
    return text.replace(TO_CONFIRM, STAR)

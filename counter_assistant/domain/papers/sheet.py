"""单页：打印出来给人看的一张纸，不编号、不签名、不入档。

A guide or a count of days says what anybody may read and decides nothing, so it needs no record. It is made of the same
plain elements as a slip (domain/papers/slip.py), and every string of it is plain text as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_assistant.domain.papers.slip import Element, Signatures, lines_of, texts_of

UNSIGNED = Signatures((), ())


@dataclass(frozen=True, slots=True)
class Sheet:
    """A composed sheet. `mark` is printed beside the title, `notes` are the parts of the foot line.

    One that is to be signed has lines for it, and may have a code of digits beside them. `copies` are the labels of its copies.
    """

    unit: str
    branch: str
    title: str
    mark: str
    body: tuple[Element, ...]
    notes: tuple[str, ...]
    signatures: Signatures = UNSIGNED
    qr: str = ""
    copies: tuple[str, ...] = ("",)

    def texts(self) -> list[str]:
        """Every string that will be drawn, in the paper's order."""
        body = [text for element in self.body for text in texts_of(element)]
        return [self.unit, self.branch, self.title, self.mark, *body, *self._signed(), *self.notes, *self.copies]

    def lines(self) -> list[str]:
        """The paper as lines of plain text, a row of a table to a line."""
        head = [f"{self.unit}　{self.branch}", f"{self.title}（{self.mark}）" if self.mark else self.title]
        return [*head, *(line for element in self.body for line in lines_of(element)), *self._signed(), *self.notes]

    def _signed(self) -> list[str]:
        """What stands beside the lines to sign on."""
        lines = [line.text for line in (*self.signatures.left, *self.signatures.right)]
        return [*lines, self.signatures.caption] if self.signatures.caption else lines

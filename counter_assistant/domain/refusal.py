"""A refusal: one clear sentence that says what is wrong, and one that says what to do next."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 500
"""The most characters of one sentence; what is beyond is cut out of its middle, where the quotations are."""

_LONG_QUOTATION = re.compile("“([^“”]{60})[^“”]{20,}([^“”]{20})”")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LEFT_OUT = "……"


class Refusal(Exception):
    """Why something was not done, shown alike on the desk and on the command line. Nothing was changed.

    `code` is stable and in kebab-case, `sentence` says what is wrong, `remedy` what to do next. Both may quote what was
    typed, pasted or read from a file: they are made `readable`, whatever that is.
    """

    def __init__(self, code: str, sentence: str, remedy: str = "") -> None:
        self.code = code
        self.sentence = readable(sentence)
        self.remedy = readable(remedy)
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return self.sentence + self.remedy


def readable(sentence: str) -> str:
    """A sentence that may be shown anywhere: one line of bounded length, without control and hidden characters.

    Each control, format and bidi character and each half of a character is shown as �: a terminal would obey the first,
    a screen would reverse the text at the next, and no file could hold the last.
    """
    if not (sentence.isascii() and sentence.isprintable()):
        sentence = "".join("�" if unicodedata.category(char) in _UNSEEN else char for char in sentence)
    sentence = _LONG_QUOTATION.sub(rf"“\1{_LEFT_OUT}\2”", sentence)
    if len(sentence) > LONGEST:
        sentence = f"{sentence[: LONGEST - 100]}{_LEFT_OUT}{sentence[len(_LEFT_OUT) - 100 :]}"
    return sentence

"""A refusal: one clear sentence that says what is wrong, and one that says what to do next."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 500
"""Characters of one sentence; what goes beyond it is left out of its middle, where the quotations are."""

_LONG_QUOTATION = re.compile("“([^“”]{60})[^“”]{20,}([^“”]{20})”")
_UNSEEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_LEFT_OUT = "……"


class Refusal(Exception):
    """What the desk and the command line show alike when something is not done. Nothing was changed.

    `code` is stable and in kebab-case, `sentence` says what is wrong, `remedy` what to do next. Both may quote what was
    typed, pasted or read from a file: whatever that is, they come out readable.
    """

    def __init__(self, code: str, sentence: str, remedy: str = "") -> None:
        self.code = code
        self.sentence = readable(sentence)
        self.remedy = readable(remedy)
        super().__init__(self.sentence)

    def __str__(self) -> str:
        return self.sentence + self.remedy


def readable(sentence: str) -> str:
    """A sentence that may be shown anywhere: one line of bounded length, without characters that command or hide.

    A control, format or bidi character and half a character is shown as �: a terminal would obey the first, a screen
    turn the text around by the next, and no file could hold the last.
    """
    if not (sentence.isascii() and sentence.isprintable()):
        sentence = "".join("�" if unicodedata.category(char) in _UNSEEN else char for char in sentence)
    sentence = _LONG_QUOTATION.sub(rf"“\1{_LEFT_OUT}\2”", sentence)
    if len(sentence) > LONGEST:
        sentence = f"{sentence[: LONGEST - 100]}{_LEFT_OUT}{sentence[len(_LEFT_OUT) - 100 :]}"
    return sentence

"""A refusal: one clear sentence that says what is wrong, and one that says what to do next."""

from __future__ import annotations


class Refusal(Exception):
    """What the desk and the command line show alike when something is not done. Nothing was changed.

    `code` is stable and in kebab-case, `sentence` says what is wrong, `remedy` what to do next.
    """

    def __init__(self, code: str, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.remedy = remedy

    def __str__(self) -> str:
        return self.sentence + self.remedy

"""打进来、贴进来、扫进来、读出来的文字，当作什么。

Nothing that changes what a document shows is replaced in silence: the text is kept as it came, and what is wrong with it
is said beside it with a text that one key takes instead, or with the question whether the document really says so.
"""

from __future__ import annotations

from dataclasses import dataclass

from counter_assistant.domain.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is taken as.

    `value` is its one form; as typed where it is not understood. `fault` says what is wrong with it, None where nothing
    is. `instead` is a text that would be right and is only put in when somebody takes it; empty where none is known.
    `comparable`: the fault is a doubt, and goes away once a clerk has compared the text with the document.
    """

    value: str
    fault: Refusal | None = None
    instead: str = ""
    comparable: bool = False

    def accepted(self, *, compared: bool = False) -> str:
        """The value, if nothing is wrong with it, or if it is only doubtful and was compared with the document.

        Raises:
            Refusal: `fault`.
        """
        if self.fault and not (compared and self.comparable):
            raise self.fault
        return self.value

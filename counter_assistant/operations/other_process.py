"""另一个进程：窗口把要做的事和钥匙从管道交给它，它一行一行用 JSON 回答；钥匙从不写在命令和环境里."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from counter_assistant.domain.refusal import Refusal

PIPED = "--piped"
"""The option of a command that reads its task from standard input."""
_NICE = 10


def command(*words: str) -> list[str]:
    """What starts the other process for a command of the program."""
    door = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "counter_assistant"]
    return [*door, *words, PIPED]


def step_aside() -> None:
    """Lets whoever issues go first."""
    with suppress(OSError, AttributeError):
        os.nice(_NICE)


def refused(refusal: Refusal) -> dict[str, list[str]]:
    """A refusal as it is answered."""
    return {"refusal": [refusal.code, refusal.sentence, refusal.remedy]}

"""命令行的回答：文字或一个 JSON 值；写不出去时也说清办成了什么。"""

from __future__ import annotations

import errno
import json
import os
import sys
from argparse import Namespace
from contextlib import suppress
from pathlib import Path
from typing import Any

from counter_assistant.domain.refusal import Refusal
from counter_assistant.files import reason_of


def answer(options: Namespace, value: Any, text: list[str], done: str = "") -> None:
    """Writes the answer. `done` says what has been done already, in case the answer cannot be written.

    Raises:
        Refusal: `cannot-answer` (unless nothing was done and the reader has merely closed the pipe).
    """
    whole = (json.dumps(value, ensure_ascii=False) if options.json else "\n".join(text)) + "\n"
    try:
        if sys.stdout is None or sys.stdout.closed:
            raise OSError(errno.EBADF, "")
        sys.stdout.write(whole)
        sys.stdout.flush()
    except OSError as error:
        if done or error.errno != errno.EPIPE:  # a reader such as `head` has seen enough
            what = "这一步已经完成，不要重做：" if done else "请换一个地方输出再试。"
            raise Refusal("cannot-answer", f"结果没有写出去：{reason_of(error)}。", what + done) from error


def warn(text: str) -> None:
    """Says on stderr what is wrong and stopped nothing, if there is anywhere to say it."""
    if sys.stderr is not None:
        with suppress(OSError, ValueError):
            print(text, file=sys.stderr, flush=True)


def path_in_words(path: Path) -> str:
    """A path for people and for JSON, in its own characters, even where this PC's locale cannot decode them."""
    return os.fsencode(path.resolve()).decode("utf-8", "backslashreplace")

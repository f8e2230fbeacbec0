"""意外错误的记录：只记在哪里出的错，不记录入的内容。"""

from __future__ import annotations

import sys
from pathlib import Path
from types import TracebackType

UNEXPECTED = "程序遇到意外错误，刚才这一步没有完成；已录入的内容都在。请再试一次，还不行请记下时间告诉管理员。"


def note_error(folder: Path, kind: type[BaseException], trace: TracebackType | None) -> None:
    """Adds a line to the data folder's log: when, the error's class and its places in the code, nothing that was typed.

    Where the log cannot be written the line goes to stderr.
    """
    from datetime import datetime
    from traceback import extract_tb

    from counter_assistant.files import append_line
    from counter_assistant.storage.error_log import NAME

    places = [f"{Path(frame.filename).name}:{frame.lineno} {frame.name}" for frame in extract_tb(trace)]
    line = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S} {kind.__name__} {' > '.join(places)}\n"
    try:
        append_line(folder / NAME, line)
    except OSError:
        sys.stderr.write(line)

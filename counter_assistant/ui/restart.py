"""换一种方式重新打开：练习模式有自己的数据，所以换的时候整个程序重新启动。

Whoever shows a switch calls `restart(training=…)`: it starts this program anew with or without --training, and closes the
windows of this one, which write their drafts as they always do. A program that cannot be started closes nothing.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QProcess
from PySide6.QtWidgets import QApplication

from counter_assistant.domain.refusal import Refusal

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office

TRAINING, OFFLINE = "--training", "--offline"
RESTARTING = "restarting"


def command(training: bool, arguments: Sequence[str], *, frozen: bool, offline: bool = False) -> list[str]:
    """This program's command line in the other mode; everything else about it stays."""
    kept = [argument for argument in arguments if argument not in {TRAINING, OFFLINE}]
    door = [sys.executable] if frozen else [sys.executable, "-m", "counter_assistant"]
    return [*door, *kept, *([TRAINING] if training else []), *([OFFLINE] if offline else [])]


def restart(
    training: bool,
    start: Callable[[list[str]], bool] | None = None,
    *,
    office: Office | None = None,
    offline: bool = False,
) -> None:
    """Opens the other mode and closes this one. Training is done with the people and the profile of an `office`, if one is given; `offline`
    is worked in the place of a hall whose server is away.

    Raises:
        Refusal: `cannot-restart`.
    """
    if training and office is not None:
        from counter_assistant.operations.training.lending import lend_office

        with suppress(Refusal):  # somebody practises in another window: with what they have
            lend_office(office)
    line = command(training, sys.argv[1:], frozen=bool(getattr(sys, "frozen", False)), offline=offline)
    if not (start or _start)(line):
        raise Refusal("cannot-restart", "程序没有能重新启动。", "请关闭后从桌面图标再打开。")
    app = QApplication.instance()
    assert app is not None
    app.setProperty(RESTARTING, True)
    QApplication.closeAllWindows()
    app.setProperty(RESTARTING, False)


def is_restarting() -> bool:
    """Whether the windows are being closed only to be opened in another mode."""
    app = QApplication.instance()
    return app is not None and bool(app.property(RESTARTING))


def _start(line: list[str]) -> bool:
    return bool(QProcess.startDetached(line[0], line[1:])[0])

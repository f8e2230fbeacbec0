"""The panel of 文明用语: from a key press to the painted, filtered list, with 2,000 phrases. Offscreen; milliseconds."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from counter_assistant.operations.office import Office
    from counter_assistant.ui.phrases.panel import PhrasePanel

PHRASES, WARM_UP = 2000, 12
WORDS = ("bzbq", "qm", "补齐", "ztx", "kj", "zcbl", "退", "sl", "gjjjl", "办理", "q", "ywb")
_PARTS = (
    "您的业务已经登记，请留意短信通知。", "请出示身份证件，核对以后马上还给您。", "这一项可以在手机上办，我教您一遍。",
    "请到二号窗口继续办理，那里会优先叫您。", "您要的证明可以当场打印，请稍等片刻。", "材料请按清单备齐，缺的我帮您写下来。",
    "补缴和转移要分开办，先办转移更快一些。", "请您核对一下信息，没有问题就签名。", "退回的材料请收好，原因写在通知书上。",
)  # fmt: skip


def run() -> dict[str, float]:
    """The figures of this bench."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QEvent, QObject
    from PySide6.QtTest import QTest

    from counter_assistant.operations.office import open_office
    from counter_assistant.operations.wording.suggestions import CurrentMatter
    from counter_assistant.ui.phrases.panel import PhrasePanel
    from counter_assistant.ui.start import make_application

    application = make_application()

    class Painted(QObject):
        seen = 0

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
            self.seen += event.type() == QEvent.Type.Paint
            return False

    with tempfile.TemporaryDirectory() as folder:
        office = open_office(Path(folder))
        _fill(office)
        panel, painted = PhrasePanel(), Painted()
        panel.attach(office, CurrentMatter)
        panel.resize(380, 430)
        panel.list.viewport().installEventFilter(painted)
        panel.show()
        QTest.qWait(1000)  # somebody has opened it and reads
        taken: list[float] = []
        for _ in range(3):
            for word in WORDS:
                panel.start()
                application.processEvents()
                for character in word:
                    taken.append(_press(application, panel, lambda: painted.seen, character))
        assert panel.offering is not None
        assert len(panel.offering.index.phrases) >= PHRASES
        panel.close()
        office.close()
    cuts = quantiles(taken[WARM_UP:], n=20, method="inclusive")
    figures = {"panel_keys": float(len(taken) - WARM_UP), "panel_p50_ms": median(taken[WARM_UP:])}
    return {name: round(value, 1) for name, value in {**figures, "panel_p95_ms": cuts[-1]}.items()}


def _press(application: QApplication, panel: PhrasePanel, painted: Callable[[], int], character: str) -> float:
    """One key, or one committed Chinese character, until the list that follows from it is on screen."""
    from PySide6.QtGui import QInputMethodEvent
    from PySide6.QtTest import QTest

    before = painted()
    began = time.perf_counter()
    if character.isascii():
        QTest.keyClicks(panel.field, character)
    else:
        event = QInputMethodEvent()
        event.setCommitString(character)
        application.sendEvent(panel.field, event)
    panel.list.viewport().update()
    while painted() == before:
        application.processEvents()
    return (time.perf_counter() - began) * 1e3


def _fill(office: Office) -> None:
    """2,000 phrases of the office's own, no two alike."""
    from counter_assistant.domain.wording.phrases import APPROVED, Moment, PhraseChannel, own_phrase
    from counter_assistant.operations.wording.office_phrases import decide_phrases

    moments, size = list(Moment), len(_PARTS)
    own = [
        own_phrase(
            APPROVED + 1 + n,
            f"第{n}号提示：{_PARTS[n % size]}{_PARTS[n * 7 // size % size]}",
            PhraseChannel.COUNTER,
            moments[n % len(moments)],
        )
        for n in range(PHRASES)
    ]
    decide_phrases(office, own)

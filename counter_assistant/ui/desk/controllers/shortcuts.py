"""受理台的键：整页都管用的几个，和 Esc 一层一层往回。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from counter_assistant.ui.widgets.entry_edit import ENTER

if TYPE_CHECKING:
    from counter_assistant.ui.desk.controllers.session import Serving
    from counter_assistant.ui.desk.page import DeskPage

Keys = dict[int, Callable[[], object]]


def act_of(page: DeskPage, event: QKeyEvent) -> Callable[[], object] | None:
    """What a key does on this page now; None where it is nobody's. F9 held down is pressed once: it may have stopped with
    something to be read."""
    if event.key() == Qt.Key.Key_F9 and event.isAutoRepeat():
        return lambda: None
    if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
        return _with_control(page).get(event.key())
    return _plain(page).get(event.key())


def _plain(page: DeskPage) -> Keys:
    panels, serving = page.panels, page.serving
    if serving is None:
        return {}
    keys: Keys = {
        Qt.Key.Key_F1: panels.help.turn,
        Qt.Key.Key_F11: lambda: page.open_paper(not panels.paper_open),
        Qt.Key.Key_Escape: lambda: escape(page, serving),
    }
    if serving.served:
        return keys | dict.fromkeys(ENTER, serving.next_applicant)
    keys[Qt.Key.Key_F10] = page.hand.layers.turn_standing
    if page.state.begun:
        keys[Qt.Key.Key_F9] = serving.issue
    if page.state.item:
        keys |= {Qt.Key.Key_F7: page.hand.layers.turn_kinds, Qt.Key.Key_F8: page.hand.turn_purpose}
    return keys


def _with_control(page: DeskPage) -> Keys:
    preview, serving = page.panels.preview, page.serving
    keys: Keys = {Qt.Key.Key_PageDown: lambda: preview.turn(1), Qt.Key.Key_PageUp: lambda: preview.turn(-1)}
    if serving:
        keys |= {Qt.Key.Key_F9: serving.issue_orally, Qt.Key.Key_Z: serving.bring_back}
        keys[Qt.Key.Key_L] = page.panels.earlier.open
        if serving.served:
            keys[Qt.Key.Key_P] = serving.acts.print_again
    return keys


def escape(page: DeskPage, serving: Serving) -> None:
    """Closes the top layer; without one the next applicant comes."""
    panels = page.panels
    if panels.help.isVisible():
        panels.help.hide()
    elif (
        panels.bodies.close_layer()
        or panels.earlier.close()
        or page.hand.layers.close_layers()
        or page.open_paper(False)
        or panels.materials.close_reasons()
    ):
        return
    elif panels.search.close_results():
        panels.questions.setFocus()
    elif page.state.item and panels.details.holds_focus():
        panels.materials.list.setFocus()
    else:
        serving.next_applicant()

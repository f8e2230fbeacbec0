"""请评价从哪里来：受理台搜“请评价”，办完以后把屏幕转给办事的人；没有别的入口，也不自己弹出来。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.ui.focus_return import FocusReturn
from counter_assistant.ui.shell.page_spec import NamedAction, PageContext

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.operations.office import Office
    from counter_assistant.operations.wording.suggestions import CurrentMatter
    from counter_assistant.ui.ratings.visitor_page import VisitorPage
    from counter_assistant.ui.shell.main_window import MainWindow

NOT_YET = "先办完、把文书交给对方，再请评价。"
ONCE = "这一位已经评价过了，一次办事评价一次。"


class RatingOffer(QObject):
    """Turns the screen to the visitor who was served last. `at_hand` says what stands on the desk; `hide` takes away what floats beside the
    window, and gives what brings it back."""

    def __init__(
        self, office: Office, context: PageContext, window: MainWindow,
        at_hand: Callable[[], CurrentMatter], hide: Callable[[], Callable[[], object]],
    ) -> None:  # fmt: skip
        super().__init__(window)
        self._office, self._context, self._window = office, context, window
        self._at_hand, self._hide = at_hand, hide
        self._last: ServiceItem | None = None
        self._visit = self._rated = ""
        self._focus = FocusReturn()
        self.page: VisitorPage | None = None
        context.offer(NamedAction(("请评价", "好差评"), ("qpj", "hcp"), lambda _window: self.open()), self.open)

    def follow(self) -> None:
        """Something else is on the desk: of what was done there last a rating may be asked, until somebody else is served."""
        now = self._at_hand()
        if now.matter is not None:
            self._last = now.matter.item if now.issued else None
            self._visit = now.matter.request.request_id if now.issued else ""

    def open(self) -> None:
        """Shows the page over the whole screen, once what stands on the desk is done, and once for each visit."""
        self.follow()
        now = self._at_hand()
        try:
            self._office.foresee(Permission.KEEP_REGISTER)
        except Refusal as refusal:
            self._window.status.say(str(refusal))
            return
        if now.matter and not now.issued:
            self._window.status.say(NOT_YET)
        elif self._visit and self._visit == self._rated:
            self._window.status.say(ONCE)
        else:
            self._show()

    def _show(self) -> None:
        from counter_assistant.ui.ratings.visitor_page import VisitorPage

        item, visit = self._last, self._visit
        self._focus.keep()
        bring_back = self._hide()
        page = self.page = VisitorPage(self._office, item.id if item else "", item.name if item else "", self._window)
        page.rated.connect(lambda: self._is_rated(visit))
        page.finished.connect(lambda _how: self._closed(bring_back))
        page.showFullScreen()
        page.setFocus()

    def _is_rated(self, visit: str) -> None:
        self._rated = visit
        self._context.recorded.emit()

    def _closed(self, bring_back: Callable[[], object]) -> None:
        page, self.page = self.page, None
        if page is not None:
            page.deleteLater()
        bring_back()
        self._window.activateWindow()
        self._focus.give_back()

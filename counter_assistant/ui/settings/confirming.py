"""确认本单位资料：先在本页上逐项核对（Ctrl+回车），再按另一个键（F9）确认。还有示例的不能确认，指到要改的地方。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from counter_assistant import paths
from counter_assistant.domain.people.profile_review import ReviewLine, in_names, review
from counter_assistant.ui.appearance.screen_font import RareCharacters

if TYPE_CHECKING:
    from counter_assistant.ui.settings.page import SettingsPage

TITLE, HINT = "核对：纸上会印的每一项", "回车去改；← → 换一边"
NOT_CONFIRMED = (
    "示例，尚未确认",
    "现在用的是示例资料。请逐项改成本单位的，按 Ctrl+回车 核对，再按 F9 确认；此前印出的内容只能当示例。",
)
WAY_BACK = "改好以后按 Ctrl+回车 回到核对。"
NOTHING_NEW = "已经确认过，与台账里保存的一致。"


class Confirming(QObject):
    """The review of the settings page, and what follows from it."""

    def __init__(self, page: SettingsPage) -> None:
        super().__init__(page)
        self._page, self._rare = page, RareCharacters(paths.resources() / "fonts")
        page.confirm.clicked.connect(self.open)
        page.review.wanted.connect(self.lead)
        page.review.back.clicked.connect(self.close)
        page.review.agree.clicked.connect(self.agree)
        page.review.agree.unavailable.connect(self.refuse)

    @property
    def open_now(self) -> bool:
        """Whether the review stands in the place of the sections."""
        return self._page.stack.currentWidget() is self._page.review

    def open(self) -> None:
        """Shows what papers will print, as it is typed now; faults are shown beside their fields first."""
        page = self._page
        if not page.show_faults():
            return
        page.card.title.setText(TITLE)
        page.card.hint.setText(HINT)
        lines = review(page.draft.profile(page.office.profile), page.office.program.example_profile)
        self._rare.show("".join(line.text for line in lines))
        page.review.show_lines(lines)
        page.stack.setCurrentWidget(page.review)
        page.show_state()
        page.review.to_first()

    def close(self) -> None:
        """Back to the section that was open before."""
        self._page.go(self._page.list.currentRow())

    def lead(self, line: ReviewLine) -> None:
        """To the field where a line is changed."""
        field = next((part.field for part in line.parts if part.stops), line.parts[-1].field)
        self._page.places.go_to(line.group, line.key, field)
        self._page.say(WAY_BACK, "attention")

    def refuse(self) -> None:
        """F9 while examples remain: the sentence over the lists names them; the hand is put on the first."""
        self._page.say(f"还有 {len(self._page.review.examples)} 行是示例，先改标出来的，按回车就去改。", "error")
        self._page.review.to_first()

    def agree(self) -> None:
        """The second key: records what was reviewed as checked."""
        page = self._page
        if page.draft.confirmed and not page.dirty:
            self.close()
            page.say(NOTHING_NEW, "done")
        elif page.record(confirm=True):
            self.close()
            page.say("已确认，记入台账。纸上不再印“机构人员为示例”。", "done")

    def banner(self) -> tuple[str, str]:
        """Title and words of what stands over the sections; empty where nothing has to be said."""
        office = self._page.office
        if self.open_now:
            return "", ""
        if not office.profile.confirmed:
            return NOT_CONFIRMED
        if left := office.examples:
            return (
                "已确认的资料里还有示例",
                f"{in_names(left)}。纸上仍印“机构人员为示例”，请改成本单位的，按 Ctrl+S 保存。",
            )
        return "", ""

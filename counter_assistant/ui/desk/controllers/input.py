"""手上的动作：各卡片上做了什么，受理台的状态就怎样变。"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_assistant.ui.desk.controllers.overlays import Layers

if TYPE_CHECKING:
    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.domain.people.office_profile import Body
    from counter_assistant.ui.desk.page import DeskPage


class Hand:
    """Turns what is done on the panels into changes of the page's state, and moves the focus along the hand's path."""

    def __init__(self, page: DeskPage) -> None:
        self._page = page
        panels = page.panels
        panels.questions.digit.connect(self._digit)
        panels.questions.answered.connect(self._answer)
        panels.questions.went_back.connect(self._back)
        panels.questions.entered.connect(self._enter_questions)
        panels.questions.left.connect(panels.materials.list.setFocus)
        panels.questions.condition.connect(lambda id_: self._do(lambda: page.state.check(id_)))
        listed = panels.materials.list
        listed.ticked.connect(lambda id_: self._do(lambda: page.state.tick(id_, self._also(id_))))
        listed.mended.connect(lambda id_, why: self._do(lambda: page.state.mend(id_, why, self._also(id_))))
        listed.all_ticked.connect(self._tick_all)
        listed.done.connect(lambda: panels.applicant.go_to("name"))
        panels.applicant.edited.connect(self._edited)
        panels.applicant.field_left.connect(self._field_left)
        panels.applicant.finished.connect(self._applicant_finished)
        panels.details.edited.connect(self._detail_edited)
        panels.details.field_left.connect(self._field_left)
        panels.details.keep_wanted.connect(self._turn_quotation)
        panels.bodies.picked.connect(self._body_picked)
        listed.keep_wanted.connect(self._turn_quotation)
        panels.decision.purpose_turned.connect(self.turn_purpose)
        self.layers = Layers(page)

    def turn_purpose(self) -> None:
        """F8: 咨询 to 申请 and back."""
        self._do(self._page.state.turn_purpose)

    def _do(self, change: Callable[[], object]) -> None:
        change()
        self._page.changed()

    def choose(self, item_id: str, name: str) -> None:
        """An item is taken: its questions are asked, or where it has none its list is gone through."""
        page = self._page
        page.state.choose_item(item_id, name)
        if page.show_item():
            page.changed()
            asked = page.panels.questions.question_rows
            (page.panels.questions if asked else page.panels.materials.list).setFocus()

    def _digit(self, digit: int) -> None:
        item = self._page.item()
        if item and self._page.state.press_digit(item, digit):
            self._answered(item)

    def _answer(self, question_id: str, code: str) -> None:
        if item := self._page.item():
            self._page.state.answer(item, question_id, code)
            self._answered(item)

    def _answered(self, item: ServiceItem) -> None:
        self._page.changed(tint=True)
        if self._page.state.current(item) is None:
            self._page.panels.materials.list.setFocus()

    def _back(self) -> None:
        if (item := self._page.item()) and self._page.state.back(item):
            self._page.refresh()

    def _enter_questions(self) -> None:
        if item := self._page.item():
            self._page.state.enter_questions(item)
            self._page.refresh()

    def _tick_all(self) -> None:
        sight = self._page.sight
        rows = [row for row in sight.rows if row.tickable and not row.defect] if sight else []
        self._do(lambda: self._page.state.tick_all(id_ for row in rows for id_ in (row.id, *row.also)))
        self._page.panels.materials.list.go_to_mended()

    def _also(self, material_id: str) -> tuple[str, ...]:
        """The other materials that a line's document is."""
        rows = self._page.sight.rows if self._page.sight else ()
        return next((row.also for row in rows if row.id == material_id), ())

    def _edited(self, key: str, text: str) -> None:
        page = self._page
        setattr(page.state, key, text)
        page.told.discard("id_number" if key == "id_type" else key)
        page.rare.show(text)
        if key == "name":
            from counter_assistant.domain.people.identity import suggested_name

            page.panels.applicant.suggest(suggested_name(text))
        page.changed()

    def _applicant_finished(self) -> None:
        panels = self._page.panels
        if first := panels.details.first():
            panels.details.go_to(first)
        else:
            panels.buttons.primary.setFocus()

    def _detail_edited(self, key: str, text: str) -> None:
        page = self._page
        page.state.details[key] = text
        page.rare.show(text)
        page.told.discard(key)
        if key == "day":
            page.show_item()  # the item's text may have been another on that day
        page.changed()

    def _body_picked(self, body: Body) -> None:
        """All that is known of a body is filled in; the cursor goes to what is not, else to the button that issues."""
        page = self._page
        page.state.details |= {"refer_to": body.name, "refer_phone": body.phone, "refer_address": body.address}
        page.rare.show(body.name + body.address)
        page.changed()
        unknown = next((key for key in ("refer_phone", "refer_address") if not page.state.details[key]), "")
        if unknown:
            page.panels.details.go_to(unknown)
        else:
            page.panels.buttons.primary.setFocus()

    def _turn_quotation(self) -> None:
        """Ctrl+U: what is forbidden is a quotation and its reason is asked for; once more takes that back."""
        page, asked = self._page, [entry.key for entry in self._page.sight.asked] if self._page.sight else []
        if "quoted" in asked:
            self._do(lambda: page.state.details.pop("quoted", None))
        else:
            self._do(lambda: page.state.details.setdefault("quoted", ""))
            page.panels.details.go_to("quoted")

    def _field_left(self, key: str) -> None:
        self._page.told.add(key)
        if self._page.serving:
            self._page.show_faults()
            self._page.place()
            self._page.serving.drafting.flush()

"""各卡片上做了什么，台上的就怎样变；光标顺着往下走。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.typed_text.person_line import split_person

if TYPE_CHECKING:
    from collections.abc import Mapping

    from counter_assistant.domain.catalogue.items import ServiceItem
    from counter_assistant.domain.people.office_profile import Body
    from counter_assistant.ui.desk.card_set import CardSet
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.overlays.usual_bodies import UsualBodies


PASTED = 6
"""So many characters more at once come from no key."""


class Input:
    """Turns what is done on the cards into changes of the model's state, and moves the focus along."""

    def __init__(self, model: DeskModel, cards: CardSet, bodies: UsualBodies) -> None:
        self._model, self._cards = model, cards
        self._connect_questions()
        self._connect_materials()
        self._connect_fields()
        bodies.picked.connect(self._take_body)
        cards.decision.purpose_toggled.connect(lambda: model.change(model.state.toggle_purpose))

    def _connect_questions(self) -> None:
        questions, model = self._cards.questions, self._model
        questions.digit.connect(self._press_digit)
        questions.answered.connect(self._answer)
        questions.went_back.connect(self._go_back)
        questions.entered.connect(self._enter_questions)
        questions.left.connect(self._cards.materials.list.setFocus)
        questions.condition.connect(lambda id_: model.change(lambda: model.state.check(id_)))

    def _connect_materials(self) -> None:
        listed, model = self._cards.materials.list, self._model
        listed.ticked.connect(lambda id_: model.change(lambda: model.state.tick(id_, self._also(id_))))
        listed.mended.connect(lambda id_, why: model.change(lambda: model.state.mend(id_, why, self._also(id_))))
        listed.all_ticked.connect(self._tick_all)
        listed.done.connect(lambda: self._cards.applicant.go_to("name"))
        listed.keep_wanted.connect(self._toggle_quotation)

    def _connect_fields(self) -> None:
        applicant, paper_fields = self._cards.applicant, self._cards.paper_fields
        applicant.edited.connect(self._edit_applicant)
        applicant.field_left.connect(self._leave_field)
        applicant.finished.connect(self._finish_applicant)
        applicant.offers.taken.connect(self.take_offer)
        applicant.offers.kept.connect(self.keep_typed)
        paper_fields.edited.connect(self._edit_paper_field)
        paper_fields.field_left.connect(self._leave_field)
        paper_fields.keep_wanted.connect(self._toggle_quotation)

    def choose(self, item_id: str, name: str) -> None:
        """An item is taken: its questions are asked, or where it has none its list is gone through."""
        model, cards = self._model, self._cards
        model.state.choose_item(item_id, name)
        if model.ask_item():
            model.changed()
            (cards.questions if cards.questions.question_rows else cards.materials.list).setFocus()

    def ask_elsewhere(self, asked: str) -> None:
        """A question that is none of our items, in the visitor's words; while something is on the desk already, nothing happens."""
        state = self._model.state
        if not state.begun:
            state.duty = "elsewhere"
            state.details["asked"] = asked
            self._model.changed()
            self._cards.paper_fields.go_to("refer_to" if asked else "asked")

    def ask_other_forms(self) -> None:
        """How other systems write the name is asked for; while nobody stands at the desk, nothing happens."""
        if self._model.state.begun:
            self._model.state.details.setdefault("also_named", "")
            self._model.changed()
            self._cards.paper_fields.go_to("also_named")

    # The situation

    def _press_digit(self, digit: int) -> None:
        item = self._model.item()
        if item and self._model.state.press_digit(item, digit):
            self._show_answer(item)

    def _answer(self, question_id: str, code: str) -> None:
        if item := self._model.item():
            self._model.state.answer(item, question_id, code)
            self._show_answer(item)

    def _show_answer(self, item: ServiceItem) -> None:
        self._model.changed(tint=True)
        if self._model.state.current(item) is None:
            self._cards.materials.list.setFocus()

    def _go_back(self) -> None:
        if (item := self._model.item()) and self._model.state.back(item):
            self._model.refresh()

    def _enter_questions(self) -> None:
        if item := self._model.item():
            self._model.state.enter_questions(item)
            self._model.refresh()

    # The materials

    def _tick_all(self) -> None:
        model, presented = self._model, self._model.presented
        rows = [row for row in presented.rows if row.tickable and not row.defect] if presented else []
        model.change(lambda: model.state.tick_all(id_ for row in rows for id_ in (row.id, *row.also)))
        self._cards.materials.list.go_to_mended()

    def _also(self, material_id: str) -> tuple[str, ...]:
        """The other materials that a line's document is."""
        rows = self._model.presented.rows if self._model.presented else ()
        return next((row.also for row in rows if row.id == material_id), ())

    # The fields

    def _edit_applicant(self, key: str, text: str) -> None:
        model = self._model
        if len(text) - len(getattr(model.state, key)) >= PASTED and self._take_line(key, text):
            return
        setattr(model.state, key, text)
        model.flagged.discard("id_number" if key == "id_type" else key)
        model.fonts.show(text)
        model.changed()

    def _take_line(self, key: str, text: str) -> bool:
        """A pasted line with a name and a number falls into the fields that are empty, that of `key` among them."""
        state, whose = self._model.state, "agent_" if key.startswith("agent_") else ""
        line = split_person(text, self._model.office.today())
        if line is None:
            return False
        parts = {"name": line.name, "phone": line.phone, "id_number": line.id_number}
        taken = {whose + part: value for part, value in parts.items() if value}
        free = {field: value for field, value in taken.items() if field == key or not getattr(state, field).strip()}
        free.setdefault(key, "")
        if not whose and free.get("id_number"):
            state.id_type = line.id_type.value
        self._put_in(free)
        return True

    def _put_in(self, values: Mapping[str, str]) -> None:
        """Fills in fields of the person; what is wrong with them is said at once."""
        model = self._model
        for field, value in values.items():
            setattr(model.state, field, value)
            model.fonts.show(value)
        self._cards.applicant.put(model.state)
        model.flagged.update(values)
        model.changed()

    def take_offer(self) -> None:
        """Ctrl+Enter: what is offered about a field of the person is taken; without another text, what was typed is kept."""
        offer = self._model.offer()
        if offer and offer.instead:
            self._put_in({offer.field: offer.instead})
        else:
            self.keep_typed()

    def keep_typed(self) -> None:
        """Ctrl+Shift+Enter: what stands in the doubtful field is as the document has it."""
        model, offer = self._model, self._model.offer()
        if offer and offer.comparable:
            model.state.compared[offer.field] = getattr(model.state, offer.field)
            model.changed()

    def _finish_applicant(self) -> None:
        if first := self._cards.paper_fields.first():
            self._cards.paper_fields.go_to(first)
        else:
            self._cards.buttons.primary.setFocus()

    def _edit_paper_field(self, key: str, text: str) -> None:
        model = self._model
        model.state.details[key] = text
        model.fonts.show(text)
        model.flagged.discard(key)
        if key == "day":
            model.ask_item()  # the item's text may have been another on that day
        model.changed()

    def _leave_field(self, key: str) -> None:
        self._model.flag(key)

    def take_read(self, values: dict[str, str]) -> None:
        """What a card says goes the way of what is typed."""
        for key, text in values.items():
            self._edit_applicant(key, text)

    def _take_body(self, body: Body) -> None:
        """All that is known of a body is filled in; the cursor goes to what is not, else to the button that issues."""
        model = self._model
        model.state.details |= {"refer_to": body.name, "refer_phone": body.phone, "refer_address": body.address}
        model.fonts.show(body.name + body.address)
        model.changed()
        unknown = next((key for key in ("refer_phone", "refer_address") if not model.state.details[key]), "")
        if unknown:
            self._cards.paper_fields.go_to(unknown)
        else:
            self._cards.buttons.primary.setFocus()

    def _toggle_quotation(self) -> None:
        """Ctrl+U: what is forbidden is a quotation and its reason is asked for; once more takes that back."""
        model = self._model
        if model.quoting:
            model.change(lambda: model.state.details.pop("quoted", None))
        else:
            model.change(lambda: model.state.details.setdefault("quoted", ""))
            self._cards.paper_fields.go_to("quoted")

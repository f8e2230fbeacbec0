"""免填单：打开、问、看、打印，问到的随办件留着；空白的可以跟着告知单一起打。"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.counter_forms.keeping import values_of_case
from counter_assistant.operations.counter_forms.of_matter import (
    ROWS,
    FormsOfMatter,
    fault_of,
    filled,
    forms_needed,
    forms_of,
    preview_pdf,
)
from counter_assistant.ui.desk.counter_forms.form_printing import FormPrinting

if TYPE_CHECKING:
    from counter_assistant.domain.counter_forms.form import CounterForm
    from counter_assistant.ui.desk.card_set import CardSet
    from counter_assistant.ui.desk.controllers.desk_model import DeskModel
    from counter_assistant.ui.desk.controllers.session import Session
    from counter_assistant.ui.desk.counter_forms.layer import FormsLayer

NO_FORMS = "这件事没有要填的表。"
NOBODY = "先选一个事项，再填它的表。"
BY_HAND = "再按 F9，空着的留给当事人手写。"


class FormFilling(QObject):
    """Runs the layer for what stands on the desk."""

    status_message = Signal(str)

    def __init__(self, model: DeskModel, cards: CardSet, session: Session) -> None:
        super().__init__(model)
        self._model, self._cards, self._session = model, cards, session
        self._layer: FormsLayer | None = None
        self._forms: FormsOfMatter | None = None
        self._left_out: set[str] = set()
        self._shown = ""
        self._blank = self._asked_once = self._asked_before = False
        self.printing = FormPrinting(model.office, self)
        self.printing.said.connect(self._say)
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._show_paper)
        for card in (cards.materials, cards.issued):
            card.forms_wanted.connect(self.toggle)
        model.presented_changed.connect(self._offer)
        model.restarted.connect(self._begin)
        session.recorded.connect(self._keep)
        session.recorded.connect(self._print_along)

    def _offer(self) -> None:
        """The way there is seen where there is something to fill in."""
        presented = self._model.presented
        needed = (
            presented is not None and presented.matter.item.ours and forms_needed(self._model.office, presented.matter)
        )
        for card in (self._cards.materials, self._cards.issued):
            card.forms.setVisible(bool(needed))

    # Opening

    def toggle(self) -> None:
        """Ctrl+T: shows the forms of what is on the desk, or closes them."""
        if self.close_layer():
            return
        forms = self._read()
        if forms is None or not forms.forms:
            self.status_message.emit(NOBODY if forms is None else NO_FORMS)
            return
        self._layer = self._layer or self._make()
        self._forms = forms  # what the cursor comes to is looked for on these, and not on those of the visitor before
        self._left_out, self._shown, self._asked_once = set(), forms.forms[0].number, False
        self._blank = not self._model.state.applying and not self._session.served
        matter = self._session.matter
        assert matter is not None
        who = "　".join(part for part in (matter.applicant.name, matter.item.name) if part)
        self._layer.show_forms(f"免填单　{who}", forms.forms, forms.asked)
        self._layer.put(self._model.state.form_values)
        self._layer.begin(self._first_empty(forms))
        self._refresh()

    def close_layer(self) -> bool:
        """Closes it; False where it was not open."""
        return self._layer is not None and self._layer.close_overlay()

    def _make(self) -> FormsLayer:
        from counter_assistant.ui.desk.counter_forms.layer import FormsLayer

        layer = FormsLayer(self._cards.page)
        layer.edited.connect(self._edit)
        layer.field_left.connect(self._show_faults)
        layer.turned.connect(self._turn)
        layer.looked_at.connect(self._look_at)
        layer.reached.connect(self._reach)
        layer.blank_wanted.connect(self._turn_blank)
        layer.print_wanted.connect(self._print)
        layer.closed.connect(self._timer.stop)
        return layer

    def _first_empty(self, forms: FormsOfMatter) -> str:
        keys = list(self._layer.fields) if self._layer else []
        typed = self._model.state.form_values
        return next((key for key in keys if not typed.get(key)), keys[0] if keys else "")

    # While it is open

    def _edit(self, key: str, text: str) -> None:
        values = self._model.state.form_values
        values.pop(key, None)
        if text.strip():
            values[key] = text
            self._blank = False  # what is typed is to stand on the form
        self._asked_once = False
        if self._layer:
            self._layer.say("")  # what was said of it before may hold no more
        self._refresh()
        if self._session.served:
            self._keep()
        else:
            self._model.edited.emit()

    def _refresh(self) -> None:
        """What was typed is read anew, and the paper set once no key is waiting."""
        self._forms = self._read()
        if self._forms and self._layer:
            self._layer.show_chosen([form.number for form in self._chosen()], blank=self._blank)
            self._timer.start()

    def _show_faults(self) -> None:
        if self._layer and self._forms:
            self._layer.show_faults(self._forms.faults)

    def _turn(self, number: str) -> None:
        self._left_out ^= {number}
        if number not in self._left_out:
            self._shown = number
        self._refresh()

    def _turn_blank(self) -> None:
        self._blank = not self._blank
        if self._layer:
            self._layer.say("")  # a blank one needs nothing of what was said to be wrong
        self._refresh()

    def _look_at(self, step: int) -> None:
        if self._forms:
            numbers = [form.number for form in self._forms.forms]
            self._shown = numbers[(numbers.index(self._shown) + step) % len(numbers)]
            self._timer.start()

    def _reach(self, key: str) -> None:
        """The form that asks for the field is to be seen."""
        if self._forms and not _asks(self._forms, self._forms.form(self._shown), key):
            asking = [form.number for form in self._forms.forms if _asks(self._forms, form, key)]
            self._shown = next(iter(asking), self._shown)
            self._timer.start()

    def _show_paper(self) -> None:
        if self._layer is None or self._forms is None or self._layer.isHidden():
            return
        form, office = self._forms.form(self._shown), self._model.office
        try:
            self._layer.show_pdf(preview_pdf(office, self._forms, form, blank=self._blank))
        except Refusal as refusal:
            self._layer.say(str(refusal), "error")

    # Printing

    def _print(self) -> None:
        """F9: prints the chosen forms; what cannot be right is to be mended first, what is needed and empty is said once."""
        if self._forms is None or self._layer is None:
            return
        chosen = self._chosen()
        if not self._blank and self._stopped(chosen):
            return
        try:
            self.printing.send(self._forms, chosen, blank=self._blank)
        except Refusal as refusal:
            self._layer.say(str(refusal), "error")

    def _stopped(self, chosen: Sequence[CounterForm]) -> bool:
        """Whether something is to be mended or filled in before these forms are printed."""
        assert self._forms is not None
        assert self._layer is not None
        forms, layer = self._forms, self._layer
        self._show_faults()
        wrong = next((key for form in chosen for key in forms.faults if _asks(forms, form, key)), "")
        if wrong:
            layer.say(str(forms.faults[wrong]), "error")
            layer.go_to(wrong)
            return True
        for form in chosen:
            if fault := fault_of(self._model.office, form, forms.case):
                layer.say(f"{form.title}：{fault}", "error")
                return True
        missing = list(dict.fromkeys(key for form in chosen for key in filled(self._model.office, forms, form).missing))
        if missing and not self._asked_once:
            self._asked_once = True
            labels = {one.key: one.label for one in forms.asked}
            layer.say(f"还空着：{'、'.join(labels[key] for key in missing)}。{BY_HAND}", "attention")
            layer.go_to(missing[0])
            return True
        return False

    def turn_along(self) -> None:
        """Ctrl+B: blank forms are printed with the paper that is issued, or no more; after it, at once."""
        forms = self._read()
        if forms is None or not forms.forms:
            self.status_message.emit(NOBODY if forms is None else NO_FORMS)
            return
        names = "、".join(form.title for form in forms.forms)
        if self._session.served:
            self._print_blank(forms)
            return
        state = self._model.state
        state.blank_forms = not state.blank_forms
        along = f"出具时一起打空白表 {len(forms.forms)} 张：{names}；再按 Ctrl+B 不打。"
        self.status_message.emit(along if state.blank_forms else "空白表不打了。")
        self._model.edited.emit()

    def _print_along(self) -> None:
        forms = self._read() if self._model.state.blank_forms else None
        if forms and forms.forms:
            self._print_blank(forms)

    def _print_blank(self, forms: FormsOfMatter) -> None:
        try:
            self.printing.send(forms, forms.forms, blank=True)
        except Refusal as refusal:
            self.status_message.emit(str(refusal))

    def _say(self, sentence: str, role: str) -> None:
        if self._layer and not self._layer.isHidden():
            self._layer.say(sentence, role)
        else:
            self.status_message.emit(sentence)

    # What is kept

    def _begin(self) -> None:
        """Another state is on the desk: what was asked for its case before is there again."""
        self.close_layer()
        self._offer()
        state = self._model.state
        if state.case and not state.form_values:
            try:
                state.form_values.update(values_of_case(self._model.office, state.case))
            except Refusal as refusal:
                self.status_message.emit(str(refusal))
        self._asked_before = bool(state.form_values)

    def _keep(self) -> None:
        """What was asked stays with the case once something is recorded of it; where nothing ever was, nothing is written."""
        state = self._model.state
        if not (state.form_values or self._asked_before):
            return
        self._asked_before = True
        try:
            self._model.office.drafts.forms.save(state.case or state.uuid, state.form_values)
        except Refusal as refusal:
            self.status_message.emit(str(refusal))

    def _chosen(self) -> list[CounterForm]:
        return [form for form in self._forms.forms if form.number not in self._left_out] if self._forms else []

    def _read(self) -> FormsOfMatter | None:
        matter, issuing = self._session.matter, self._session.issuing
        if matter is None or not matter.item.ours:
            return None
        number = issuing.sending.shown if self._session.served else ""
        return forms_of(self._model.office, matter, self._model.state.form_values, number)


def _asks(forms: FormsOfMatter, form: CounterForm, key: str) -> bool:
    """Whether a form asks for what is typed under a key."""
    asked = form.asked_keys(forms.case.item, forms.case.answers)
    return key in asked or key == ROWS + form.number

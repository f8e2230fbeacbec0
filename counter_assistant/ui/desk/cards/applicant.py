"""申请人：姓名、电话、证件号码，代办时加代办人。错在哪一栏，话就说在哪一栏旁边。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from counter_assistant.ui.appearance import theme
from counter_assistant.ui.desk.cards.agent_fields import AgentFields
from counter_assistant.ui.widgets.action_button import SinglePress
from counter_assistant.ui.widgets.card import Card
from counter_assistant.ui.widgets.chip import Chip
from counter_assistant.ui.widgets.fields.choice import name_choice
from counter_assistant.ui.widgets.fields.entry_edit import EntryEdit
from counter_assistant.ui.widgets.fields.number_edit import IdEdit, PhoneEdit, RestingEdit
from counter_assistant.ui.widgets.labels import PlainLabel

if TYPE_CHECKING:
    from counter_assistant.domain.refusal import Refusal
    from counter_assistant.ui.desk.presentation.applicant_fields import Offer
    from counter_assistant.ui.desk.presentation.state import DeskState


COMPARED = {"name": "姓名与证件一致", "phone": "电话没有错", "id_number": "已与证照核对一致"}
"""What keeping the text of a field says."""

OPTIONAL_NUMBER = "证件号码（可不填）"
QWIDGETSIZE_MAX = 16777215
PHONE_WIDTH, NUMBER_WIDTH = 124, 166
"""What eleven digits in groups and eighteen digits take; the name has the rest."""


class OfferRow(QWidget):
    """Two buttons beneath the sentence that says what is wrong. Their keys are the page's, wherever the focus is."""

    taken = Signal()
    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("建议")
        self.take, self.keep = SinglePress("采用建议"), SinglePress("已核对")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        for button, name, pressed in ((self.take, "take_offer", self.taken), (self.keep, "keep_typed", self.kept)):
            button.setObjectName(name)
            button.setAccessibleName(button.text())
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(pressed)
            row.addWidget(button)
        row.addStretch(1)
        self.hide()

    def show_offer(self, offer: Offer | None) -> None:
        """Says what the two keys do about a field."""
        self.setVisible(offer is not None)
        if offer is None:
            return
        self._name(self.take, f"改为 {offer.instead}　Ctrl+回车", shown=bool(offer.instead))
        key = "Ctrl+Shift+回车" if offer.instead else "Ctrl+回车"
        self._name(self.keep, f"{COMPARED[offer.field.removeprefix('agent_')]}　{key}", shown=offer.comparable)

    @staticmethod
    def _name(button: SinglePress, text: str, *, shown: bool) -> None:
        button.setText(text)
        button.setAccessibleName(text)
        button.setVisible(shown)


class ApplicantCard(Card):
    """The card 申请人. `edited` names a field and its new text; `finished` is Enter in the last field."""

    edited = Signal(str, str)
    field_left = Signal(str)
    finished = Signal()
    card_wanted = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("申请人", "", parent)
        self.name, self.phone = EntryEdit("姓名", "姓名　难字 Ctrl+N"), PhoneEdit("电话")
        self.id_number, self.agent_id_number = (
            IdEdit("证件号码", OPTIONAL_NUMBER),
            IdEdit("代办人证件号码", OPTIONAL_NUMBER),
        )
        self.agent = AgentFields(
            EntryEdit("代办人姓名", "代办人"), PhoneEdit("代办人电话", "电话"), self.agent_id_number
        )
        self.fields: dict[str, EntryEdit] = {
            "name": self.name, "phone": self.phone, "id_number": self.id_number, **self.agent.fields,
        }  # fmt: skip
        self.id_type = QComboBox()
        self.id_type.setObjectName("id_type")
        name_choice(self.id_type, "证件类型")
        self.id_type.setProperty("quiet", True)
        self.id_type.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.head.addWidget(self.id_type)
        self.offers, self.error = OfferRow(), PlainLabel("", "error", wrap=True)
        self.error.setObjectName("applicant_error")
        self.beside = PlainLabel("", "attention", wrap=True)
        self.beside.setObjectName("beside")
        self._arrange()
        self._connect()
        self.show_agent(False)
        for hidden in (self.error, self.beside):
            hidden.hide()
        self._add_card_reading()

    def _add_card_reading(self) -> None:
        """The button in the head, and beneath the fields what came of reading a card."""
        self.read_card, self.card_words = Chip("", "读卡 F12"), PlainLabel("", "attention", wrap=True)
        self.read_card.setAccessibleName("读身份证，F12")
        self.card_words.setObjectName("card_words")
        self.head.addWidget(self.read_card)
        self.rows.insertWidget(2, self.card_words)
        self.read_card.clicked.connect(lambda _=False: self.card_wanted.emit())
        for hidden in (self.read_card, self.card_words):
            hidden.hide()

    def fill_id_types(self, labels: dict[str, str]) -> None:
        """Offers the kinds of identity document by code and label."""
        with QSignalBlocker(self.id_type):
            self.id_type.clear()
            for code, label in labels.items():
                self.id_type.addItem(label, code)

    def put(self, state: DeskState) -> None:
        """Shows what a state holds, without saying that it was edited."""
        for key, field in self.fields.items():
            text = getattr(state, key)
            if isinstance(field, RestingEdit):
                field.put(text)
            elif field.text() != text:
                field.setText(text)
                field.home(False)  # a long name is read from its beginning
        with QSignalBlocker(self.id_type):
            self.id_type.setCurrentIndex(max(self.id_type.findData(state.id_type), 0))

    def typed(self) -> dict[str, str]:
        """What stands in the fields, as it was typed."""
        whole = {
            key: field.whole if isinstance(field, RestingEdit) else field.text() for key, field in self.fields.items()
        }
        return {key: text for key, text in whole.items() if text}

    def start(self, state: DeskState) -> None:
        """Another person is on the desk."""
        self.put(state)
        self.show_offer(None)
        self.show_agent(False)
        self.show_faults({})
        self.ask_number("", needed=False, of_agent=False)

    def show_agent(self, on: bool, relation: str = "", offered: tuple[str, ...] = ()) -> None:
        """Shows the agent's fields where somebody else than the applicant stands at the window."""
        self.agent.relation.offer(relation, offered)
        if on is self.agent.isHidden():
            self.agent.setVisible(on)
            self.resized.emit()

    def ask_number(self, hint: str, *, needed: bool, of_agent: bool) -> None:
        """Whether the paper in hand needs a whole identity number, of the agent too, and how that is said."""
        self.hint.setText(hint)
        for field, asked in ((self.id_number, needed), (self.agent_id_number, of_agent)):
            field.setPlaceholderText("证件号码" if asked else OPTIONAL_NUMBER)

    def show_offer(self, offer: Offer | None) -> None:
        """Offers what one key does about a field."""
        before = self.offers.isHidden()
        self.offers.show_offer(offer)
        if before != self.offers.isHidden():
            self.resized.emit()

    def offer_card(self, on: bool) -> None:
        """Offers to read an identity card, where this PC can."""
        self.read_card.setVisible(on)

    def say_of_card(self, words: str) -> None:
        """Says what came of reading a card; nothing takes the words back."""
        self._say(self.card_words, words)

    def say_beside(self, words: str) -> None:
        """Says who else has this visitor open, or nothing."""
        self._say(self.beside, words)

    @property
    def composing(self) -> bool:
        """Whether the input method holds text for one of these fields, which filling it in would lose."""
        return any(field.composing for field in self.fields.values())

    @property
    def in_hand(self) -> bool:
        """Whether the cursor is in one of these fields."""
        return any(field.hasFocus() for field in self.fields.values())

    @property
    def agent_in_hand(self) -> bool:
        """Whether the cursor is in one of the agent's fields."""
        return any(field.hasFocus() for field in self.agent.fields.values())

    def show_faults(self, faults: dict[str, Refusal]) -> None:
        """Marks the fields that cannot be right and says so beneath them."""
        for key, field in self.fields.items():
            field.mark_wrong(key in faults)
        shown = [str(refusal) for key, refusal in faults.items() if key in self.fields]
        self._say(self.error, "\n".join(shown))

    def go_to(self, key: str) -> None:
        """Puts the cursor into a field."""
        self.fields[key].setFocus()
        self.fields[key].selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        QTimer.singleShot(0, self, self._place_name)  # the page that gave it this size is not done with it yet

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._place_name)

    def _place_name(self) -> None:
        """A name that is longer than its place beside the numbers has a line of its own, so that the whole of it is seen."""
        if not self.isVisible():
            return  # it has no width of its own yet
        beside = self.width() - theme.px(PHONE_WIDTH + NUMBER_WIDTH + 40)
        long = self.name.fontMetrics().horizontalAdvance(self.name.text()) + theme.px(24) > beside
        if long is not (self._line_of_name.indexOf(self.name) >= 0):
            (self._line_of_name if long else self._line).insertWidget(0, self.name, 1)
            self._share_line(numbers_alone=long)
            self.resized.emit()

    def _share_line(self, *, numbers_alone: bool) -> None:
        """The numbers are as wide as they must be, and the name has the rest; alone on a line they share it."""
        for field, width in ((self.phone, PHONE_WIDTH), (self.id_number, NUMBER_WIDTH)):
            field.setMinimumWidth(theme.px(width))
            field.setMaximumWidth(QWIDGETSIZE_MAX if numbers_alone else theme.px(width))

    def _arrange(self) -> None:
        self._line_of_name, self._line = QHBoxLayout(), QHBoxLayout()
        self._line.setSpacing(theme.px(8))
        self._line.addWidget(self.name, 1)
        for field in (self.phone, self.id_number):
            self._line.addWidget(field)
        self._share_line(numbers_alone=False)
        for line in (self._line_of_name, self._line):
            self.rows.addLayout(line)
        for widget in (self.beside, self.agent, self.error, self.offers):
            self.rows.addWidget(widget)

    def _connect(self) -> None:
        for key, field in self.fields.items():
            field.setObjectName(key)
            field.textEdited.connect(lambda text, key=key: self.edited.emit(key, text))
            field.left.connect(lambda key=key: self.field_left.emit(key))
            field.entered.connect(lambda key=key: self._next(key))
        self.name.textChanged.connect(lambda _text: self._place_name())
        self.agent.relation.chosen.connect(lambda text: self.edited.emit("agent_relation", text))
        self.id_type.currentIndexChanged.connect(lambda _: self.edited.emit("id_type", self.id_type.currentData()))

    def _next(self, key: str) -> None:
        order = [k for k, field in self.fields.items() if not (k.startswith("agent") and self.agent.isHidden())]
        following = order[order.index(key) + 1 :]
        if following:
            self.go_to(following[0])
        else:
            self.finished.emit()

    def _say(self, label: PlainLabel, text: str) -> None:
        before = (label.isHidden(), label.text())
        label.say(text)
        if before != (label.isHidden(), label.text()):
            self.resized.emit()

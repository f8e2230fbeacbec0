"""一句用语怎么写：用语、在哪里说、什么时候说；有忌语的，就地给出该说的一句（守则 三）。"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from counter_assistant.domain.wording.phrases import Moment, Phrase, PhraseChannel, shown
from counter_assistant.ui.appearance import theme
from counter_assistant.ui.widgets.fields.choice import FormChoice
from counter_assistant.ui.widgets.fields.guarded import Guarded
from counter_assistant.ui.widgets.fields.labelled_field import LabelledField
from counter_assistant.ui.widgets.labels import PlainLabel

APPROVED_NOTE = "守则和本中心的用语只看，不能改；可以按 Ctrl+P 置顶。要另外的说法，按 Ctrl+N 添加本单位的。"
OWN_NOTE = "空处写 XX，用的时候再填"
EMPTY_NOTE = "写好一句，按回车往下；选好什么时候说，再按回车就记入。"


class PhraseForm(QWidget):
    """The fields of one phrase. An approved one is shown and takes nothing. `finished`: Enter in the last field."""

    typed = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._showing, self._refused = False, ""
        self._phrase: Phrase | None = None
        self.text = LabelledField("phrase_text", "用语", OWN_NOTE)
        self.guarded = Guarded(self.text.edit, quotable=False)
        self.channel, self.moment = FormChoice("在哪里说"), FormChoice("什么时候说")
        for channel in (PhraseChannel.COUNTER, PhraseChannel.PHONE):
            self.channel.addItem(channel.label, channel.value)
        for moment in Moment:
            self.moment.addItem(moment.label, moment.value)
        self.note = PlainLabel("", "secondary", wrap=True)
        self.fault = PlainLabel("", "error", wrap=True)
        self.note.setObjectName("note")
        self.fault.setObjectName("fault")
        self._lay_out()
        self.text.edit.textChanged.connect(lambda _text: self._take())
        self.channel.currentIndexChanged.connect(lambda _n: self._take())
        self.moment.currentIndexChanged.connect(lambda _n: self._take())
        self.channel.entered.connect(self.moment.setFocus)
        self.moment.entered.connect(self.finished)
        self.guarded.sentence_changed.connect(lambda _sentence: self._show_notes())

    def _lay_out(self) -> None:
        fields = QHBoxLayout()
        fields.setSpacing(theme.px(10))
        fields.addWidget(self.text, 1)
        for choice in (self.channel, self.moment):
            under = QVBoxLayout()
            under.setSpacing(theme.px(4))
            under.addWidget(PlainLabel(choice.accessibleName(), "secondary"))
            under.addWidget(choice)
            choice.setMinimumWidth(theme.px(116))
            fields.addLayout(under)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addLayout(fields)
        rows.addWidget(self.fault)
        rows.addWidget(self.note)

    def show_phrase(self, phrase: Phrase, refused: str) -> None:
        """Shows a phrase as it is typed now, and why it was refused, if it was."""
        self._phrase, self._refused, self._showing = phrase, refused, True
        self.text.edit.setReadOnly(not phrase.own)
        self.text.edit.setText(phrase.text)
        self.text.edit.setCursorPosition(0)
        self.channel.setCurrentIndex(self.channel.findData(phrase.channel.value))
        self.moment.setCurrentIndex(self.moment.findData(phrase.moment.value))
        for choice in (self.channel, self.moment):
            choice.setEnabled(phrase.own)
        self._showing = False
        self._show_notes()

    def became(self, phrase: Phrase) -> None:
        """Takes the phrase that was made of what is typed; the fields stay as they are."""
        self._phrase, self._refused = phrase, ""
        self._show_notes()

    def words(self) -> tuple[str, PhraseChannel, Moment]:
        """What stands in the fields."""
        return (
            self.text.edit.text(),
            PhraseChannel(self.channel.currentData()),
            Moment(self.moment.currentData()),
        )

    def write(self) -> None:
        """Puts the cursor into the text: at what is forbidden, else at its end."""
        self.text.edit.setFocus()
        self.text.edit.end(False)
        self.guarded.select()

    def _take(self) -> None:
        if not self._showing and self._phrase and self._phrase.own:
            self.typed.emit()

    def _show_notes(self) -> None:
        """Shows under the fields, whole, a fault with what to say instead, or how the panel shows the phrase."""
        phrase = self._phrase
        if phrase is None or self._showing:
            return
        fault = (self.guarded.sentence or self._refused) if phrase.own else ""
        self.fault.say(fault)
        saying = f"面板里显示：{shown(phrase)}" if phrase.text else EMPTY_NOTE
        self.note.say("" if fault else saying if phrase.own else APPROVED_NOTE)
        self.text.edit.mark_wrong(bool(fault))
        self.text.edit.setAccessibleDescription(fault or self.note.text())

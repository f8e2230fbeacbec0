"""样式表：what Qt's own widgets look like. What is painted by hand takes its colours from theme.py."""

from __future__ import annotations

from collections.abc import Callable
from string import Template
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from counter_assistant.ui.appearance.palette import Palette

_SHEET = Template("""
QMainWindow, QWidget#page { background: $ground; }
QLabel { background: transparent; color: $text; }
QLabel[role="title"] { font-weight: bold; }
QLabel[role="loud"] { font-size: ${s16}px; font-weight: bold; }
QLabel[role="number"] { font-size: ${s24}px; font-weight: bold; color: $accent; }
QLabel[role="asked"] { font-size: ${s32}px; font-weight: bold; }
QLabel[role="dense"] { font-size: ${s13}px; }
QLabel[role="secondary"] { font-size: ${s13}px; color: $secondary; }
QLabel[role="hint"] { font-size: ${s12}px; color: $hint; }
QLabel[role="done"] { font-size: ${s13}px; color: $done; }
QLabel[role="attention"] { font-size: ${s13}px; color: $attention; }
QLabel[role="error"] { font-size: ${s13}px; color: $overdue; }
QFrame#card { background: $card; border: 1px solid $line; border-radius: ${s6}px; }
QFrame#card[attention="true"] { background: $attention_soft; border-left: ${s4}px solid $attention; }
QFrame#card[done="true"] { background: $done_soft; border-left: ${s4}px solid $done; }
QFrame#sentence { background: $card; border: 1px solid $field_line; border-radius: ${s4}px; }
QFrame#sentence[here="true"] { border: 2px solid $focus; }
QLineEdit, QComboBox, QPlainTextEdit, QSpinBox, QDateEdit { background: $card; color: $text;
  border: 1px solid $field_line; border-radius: ${s4}px; padding: 0 ${s8}px; min-height: ${s32}px;
  selection-background-color: $focus; selection-color: $card;
  placeholder-text-color: $hint; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QSpinBox:focus, QDateEdit:focus { border: 2px solid $focus;
  padding: 0 ${s7}px; min-height: ${s30}px; }
QLineEdit[wrong="true"] { border: 2px solid $overdue; padding: 0 ${s7}px; min-height: ${s30}px; }
QComboBox[wrong="true"] { border: 2px solid $overdue; }
QLineEdit[small="true"] { min-height: ${s20}px; font-size: ${s12}px; }
QComboBox { min-height: ${s24}px; }
QComboBox[quiet="true"] { border: 0; background: transparent; color: $secondary; font-size: ${s12}px;
  min-height: ${s24}px; padding: 0 ${s4}px; }
QComboBox[quiet="true"]:focus { border: 2px solid $focus; padding: 0 ${s2}px; }
QComboBox QAbstractItemView { background: $card; color: $text; border: 1px solid $field_line;
  selection-background-color: $chosen; selection-color: $text; }
QPushButton { background: $card; color: $text; border: 1px solid $field_line; border-radius: ${s4}px;
  padding: 0 ${s12}px; min-height: ${s28}px; }
QPushButton:hover { border-color: $focus; }
QPushButton:focus { border: 2px solid $focus; padding: 0 ${s11}px; min-height: ${s26}px; }
QPushButton:pressed { background: $chosen; }
QPushButton[link="true"] { background: transparent; border: 0; color: $hint; font-size: ${s12}px; padding: 0;
  min-height: ${s24}px; }
QPushButton[fits="true"] { color: $done; }
QPushButton[fails="true"] { color: $overdue; }
QPushButton[link="true"]:hover { color: $accent; text-decoration: underline; }
QPushButton[loud="true"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: bold;
  font-size: ${s15}px; }
QPushButton[loud="true"]:focus { border: 2px solid $on_accent; outline: none; }
QPushButton:disabled, QPushButton[loud="true"]:disabled { background: $ground; color: $hint; border-color: $line; }
QPushButton[link="true"]:disabled { background: transparent; color: $field_line; text-decoration: none; }
QPushButton[level="true"] { font-size: ${s24}px; border-radius: ${s6}px; padding: 0 ${s4}px;
  min-height: ${s120}px; }
QPushButton[level="true"]:checked { background: $chosen; border: ${s4}px solid $focus; font-weight: bold; }
QPushButton[finger="true"], QLineEdit[finger="true"] { font-size: ${s16}px; min-height: ${s48}px; }
QListView, QTableView { background: $card; border: 0; outline: 0; color: $text; }
QScrollArea, QScrollArea > QWidget > QWidget#inside { background: transparent; border: 0; }
QScrollBar:vertical { background: transparent; width: ${s8}px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: ${s8}px; margin: 0; }
QScrollBar::handle { background: $field_line; border-radius: ${s4}px; min-height: ${s24}px; min-width: ${s24}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QWidget#top_bar { background: $bar; }
QWidget#top_bar QLabel { color: $on_bar; }
QWidget#top_bar QLabel[role="title"] { font-size: ${s16}px; }
QWidget#top_bar QPushButton { background: transparent; border: 1px solid transparent; color: $on_bar; }
QWidget#top_bar QPushButton:hover { border-color: $on_bar; }
QWidget#top_bar QLabel#training_words { background: $attention_soft; color: $attention; border-radius: ${s4}px;
  padding: ${s4}px ${s8}px; font-weight: bold; font-size: ${s13}px; }
QWidget#navigation { background: $card; border-right: 1px solid $line; }
QWidget#status_line { background: $card; border-top: 1px solid $line; }
QWidget#status_line QLabel { font-size: ${s12}px; color: $secondary; }
QWidget#status_line QLabel#mode { color: $done; }
QWidget#status_line QLabel[attention="true"] { color: $attention; }
QWidget#status_line QLabel#second_place, QWidget#status_line QLabel#backup { color: $attention; }
QWidget#status_line QLabel#second_place[astray="true"] { color: $overdue; font-weight: bold; }
QWidget#status_line QLabel#mode[attention="true"] { color: $attention; font-weight: bold; }
QFrame#remark { background: $attention_soft; border: 0; border-left: ${s4}px solid $attention; }
QPlainTextEdit#inline { min-height: 0; padding: 0; font-size: ${s13}px; border: 2px solid $focus; }
QPushButton#word { background: transparent; border: 0; border-bottom: 1px dashed $focus; border-radius: 0; padding: 0 ${s2}px;
  min-height: ${s24}px; color: $accent; font-weight: bold; font-size: ${s13}px; }
QPushButton#quiet_word { background: transparent; border: 0; padding: 0 ${s4}px; min-height: ${s24}px; color: $focus;
  font-size: ${s12}px; }
QPushButton#word:focus, QPushButton#quiet_word:focus { background: $chosen; border-bottom: 2px solid $focus; }
QFrame#phrases { background: $card; border: 1px solid $accent; }
QFrame#foot { background: $card; border: 0; border-top: 1px solid $line; }
QFrame#layer { background: $card; border: 2px solid $focus; border-radius: ${s6}px; }
QMenu { background: $card; color: $text; border: 1px solid $field_line; }
QMenu::item:selected { background: $chosen; color: $text; }
QToolTip { background: $card; color: $text; border: 1px solid $field_line; }
""")


def style_sheet(palette: Palette, px: Callable[[float], int]) -> str:
    """The sheet in a palette's colours; every ${sN} is N pixels in the user's size."""
    sizes = {f"s{n}": px(n) for n in (2, 4, 6, 7, 8, 11, 12, 13, 15, 16, 20, 24, 26, 28, 30, 32, 48, 120)}
    return _SHEET.substitute(palette._asdict(), **sizes)

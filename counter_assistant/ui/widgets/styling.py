"""样式表按属性挑样子：属性改了，样式要重新套一遍。"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget


def set_style(widget: QWidget, **properties: str | bool) -> None:
    """Sets properties by which the style sheet chooses, such as `role` or `wrong`, and restyles the widget if one changed.

    A property that was never set counts as False.
    """
    changed = {name: value for name, value in properties.items() if (widget.property(name) or False) != value}
    for name, value in changed.items():
        widget.setProperty(name, value)
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)

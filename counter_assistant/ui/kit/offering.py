"""备用单从哪里来：受理台搜“停电备用单”“补录备用单”，输入或者扫一份的编号，今天一行里的“备用单要换”."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import NamedAction, PageContext

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.sealing.card_page import CardPage


def offer_kits(office: Office, context: PageContext, show: Callable[[CardPage], object]) -> None:
    """Lets kits be asked for by name, and a blank by its number; `show` shows their pages."""

    def open_kits() -> None:
        from counter_assistant.ui.kit.kit_page import KitPage

        page = KitPage(office)
        page.record_asked.connect(open_recording)
        page.recorded.connect(context.recorded)
        show(page)

    def open_recording(number: str = "") -> None:
        from counter_assistant.ui.kit.recording_page import RecordingPage

        page = RecordingPage(office, number)
        page.recorded.connect(context.recorded)
        show(page)

    context.kit_asked.connect(lambda number: open_recording(number) if number else open_kits())
    context.offer(NamedAction(("停电备用单", "备用单"), ("tdbyd", "byd"), lambda _window: open_kits()), open_kits)
    recording = NamedAction(("补录备用单", "补录"), ("blbyd", "bl"), lambda _window: open_recording())
    context.offer(recording, open_recording)

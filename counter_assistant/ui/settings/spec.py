"""设置页的登记。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import PageContext, PageSpec

if TYPE_CHECKING:
    from counter_assistant.ui.settings.page import SettingsPage


def build(context: PageContext) -> SettingsPage:
    """The page over the office. Raises Refusal where the office cannot be opened."""
    from counter_assistant.ui.settings.page import SettingsPage

    page = SettingsPage(context.office())
    page.profile_changed.connect(context.office_changed)
    page.calendar_changed.connect(context.calendar_changed)
    page.phrases_changed.connect(context.phrases_changed)
    return page


SPEC = PageSpec("settings", "设置", "", build, {})

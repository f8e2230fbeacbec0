"""窗口里的页，按侧栏的次序；第一页是打开时的那一页。A page that is not finished is not in this list."""

from __future__ import annotations

from typing import Any

from counter_assistant.ui.archive import spec as archive
from counter_assistant.ui.cases import spec as cases
from counter_assistant.ui.desk import spec as desk
from counter_assistant.ui.items import spec as items
from counter_assistant.ui.lead import spec as lead
from counter_assistant.ui.registers import spec as registers
from counter_assistant.ui.settings import spec as settings
from counter_assistant.ui.shell.page_spec import PageSpec

PAGES: tuple[PageSpec[Any], ...] = (
    desk.SPEC, cases.SPEC, archive.SPEC, registers.SPEC, items.SPEC, lead.SPEC, settings.SPEC,
)  # fmt: skip

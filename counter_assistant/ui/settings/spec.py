"""设置页的登记。"""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.ui.settings.places import MACHINE
from counter_assistant.ui.shell.page_spec import NamedAction, PageContext, PageSpec
from counter_assistant.ui.shell.requests import ShowMachine

if TYPE_CHECKING:
    from counter_assistant.ui.settings.page import SettingsPage


def build(context: PageContext) -> SettingsPage:
    """The page over the office. Raises Refusal where the office cannot be opened."""
    from counter_assistant.ui.settings.page import SettingsPage

    page = SettingsPage(context.office())
    page.give_way(context.banded)
    context.band_shown.connect(page.give_way)
    page.profile_changed.connect(context.office_changed)
    page.calendar_changed.connect(context.calendar_changed)
    page.phrases_changed.connect(context.phrases_changed)
    page.machine.sealing_asked.connect(context.sealing_asked)
    page.machine.backup.asked.connect(context.backup_asked)
    page.machine.restored.confirmed.connect(context.recorded)
    page.machine.restored.confirmed.connect(context.backup_asked)
    page.exchange.setVisible(not page.office.training)
    page.exchange.clicked.connect(context.exchange_asked)
    page.checkup.clicked.connect(context.checkup_asked)
    page.about.clicked.connect(context.about_asked)
    page.place.clicked.connect(context.place_asked)
    context.backup_told.connect(page.machine.backup.show_state)
    page.machine.backup.follow(context.is_copying)
    return page


def section(place: int, *names: str, initials: tuple[str, ...]) -> NamedAction:
    """To go to a section of the settings, by what it is called and by what is set there."""
    return NamedAction(names, initials, lambda page: page.go(place), f"Alt+{(place + 1) % 10}")


SPEC = PageSpec(
    "settings", "设置", "", build, {ShowMachine: lambda page, _request: page.go(MACHINE)},
    (
        NamedAction(("设置",), ("sz",), lambda page: page.go(max(page.list.currentRow(), 0))),
        section(0, "本单位资料", "文书用的纸", initials=("bdwzl", "wsydz")),
        section(1, "岗位", initials=("gw",)),
        section(2, "经办人名单", initials=("jbrmd",)),
        section(3, "数据共享", initials=("sjgx",)),
        section(4, "编号与承诺", "起始编号", initials=("bhycn", "qsbh")),
        section(5, "放假日历", "节假日", initials=("fjrl", "jjr")),
        section(6, "本单位的用语", initials=("bdwdyy",)),
        section(7, "打印机和字号", "打印机", "字号", "流水", "打印位置", initials=("dyjhzh", "dyj", "zh", "ls", "dywz")),
        section(8, "常去的单位", initials=("cqddw",)),
        section(9, "到哪里办", initials=("dnlb",)),
        NamedAction(("本中心的表样", "表样"), ("bzxdby", "by"), lambda page: page.open_own_forms()),
        NamedAction(("确认恢复以后都对",), ("qrhfyhdd",), lambda page: page.go(MACHINE)),
        NamedAction(("核对并确认本单位资料",), ("hdbqrbdwzl",), lambda page: page.open_review(), "Ctrl+回车"),
    ),
)  # fmt: skip

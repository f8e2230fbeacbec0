"""整个窗口都能做的事，各有一个名字：换人、文明用语、练习模式、柜台上的标识、结账。"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.papers.counter_sign import SignKind
from counter_assistant.ui.shell.page_spec import NamedAction

SIGNS = {
    SignKind.SUSPENDED: (("暂停服务", "本窗口暂停服务"), ("ztfw", "bckztfw")),
    SignKind.AWAY: (("留言告示", "暂时离开"), ("lygs", "zslk")),
    SignKind.MODEL_POST: (("共产党员示范岗",), ("gcdysfg",)),
    SignKind.LEADER_ON_DUTY: (("带班领导",), ("dbld",)),
}
CLOSINGS = {
    Period.DAY: (("日结", "结账"), ("rj", "jz")),
    Period.MONTH: (("月结", "月度结账"), ("yj", "ydjz")),
    Period.YEAR: (("年结", "年度结账"), ("nj", "ndjz")),
}


def window_actions(
    *,
    switch_clerk: Callable[[], object],
    lock: Callable[[], object],
    choose_pin: Callable[[], object],
    show_phrases: Callable[[], object],
    open_signs: Callable[[SignKind], object],
    seal: Callable[[], object],
    close: Callable[[Period], object],
    back_up: Callable[[], object],
    restart: Callable[[], object],
    training: bool,
) -> Iterator[NamedAction]:
    """The actions that belong to no page. `restart` opens training, or while `training` the real desk."""
    yield NamedAction(("换经办人", "换人"), ("hjbr", "hr"), lambda _window: switch_clerk(), "Ctrl+K")
    yield NamedAction(("锁屏", "暂时离开窗口"), ("sp", "zslkck"), lambda _window: lock(), "Ctrl+Shift+L")
    yield NamedAction(("设PIN", "换PIN"), ("spin", "hpin"), lambda _window: choose_pin())
    yield NamedAction(("文明用语",), ("wmyy",), lambda _window: show_phrases(), "Ctrl+J")
    for kind, (names, initials) in SIGNS.items():
        yield NamedAction(names, initials, partial(lambda kind, _window: open_signs(kind), kind))
    for period, (names, initials) in CLOSINGS.items():
        yield NamedAction(names, initials, partial(lambda period, _window: close(period), period))
    if not training:
        yield NamedAction(("密封台账", "台账口令"), ("mftz", "tzkl"), lambda _window: seal())
        yield NamedAction(("备份台账", "现在备份"), ("bftz", "xzbf"), lambda _window: back_up())
    names, initials = (("练习模式", "进入练习模式", "上岗练习"), ("lxms", "jrlxms", "sglx"))
    if training:
        names, initials = (("退出练习模式", "练习模式"), ("tclxms", "lxms"))
    yield NamedAction(names, initials, lambda _window: restart())

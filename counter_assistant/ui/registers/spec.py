"""登记页的登记。"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from counter_assistant.ui.shell.page_spec import NamedAction, PageContext, PageSpec
from counter_assistant.ui.shell.requests import FindCase, RecordComplaint, ShowRegisters

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.ui.registers.page import RegisterPage


def build(context: PageContext) -> RegisterPage:
    """The page over the office. Raises Refusal where the office cannot be opened."""
    from counter_assistant.ui.registers.page import RegisterPage

    office = context.office()
    page = RegisterPage(office)
    page.case_wanted.connect(lambda case_id: _show_case(context, office, case_id))
    page.handover_actions.recorded.connect(lambda _kind, _seq: context.recorded.emit())
    page.register_actions.recorded.connect(lambda _kind, _seq: context.recorded.emit())
    page.complaint_actions.recorded.connect(lambda _number: context.recorded.emit())
    return page


def _show_case(context: PageContext, office: Office, case_id: str) -> None:
    case = office.cases.get(case_id)
    if case is not None:
        context.ask(FindCase(case.papers[-1] if case.papers else case.applicant, case_id))


def show_list(page: RegisterPage, asked: ShowRegisters) -> None:
    """Shows what waits, what presses first; or the complaints, to their keepers."""
    from counter_assistant.domain.registers.register_kind import RegisterKind
    from counter_assistant.operations.registers.lists import RegisterList

    page.refresh()
    if asked.seq:
        page.finder.show_line(RegisterKind(asked.which), asked.seq)
    else:
        page.finder.lists.choose(RegisterList(asked.which))


def record_complaint(page: RegisterPage, asked: RecordComplaint) -> None:
    """Opens the line for a complaint, of a category (a value of `Category`) where that is known."""
    page.complaint_actions.begin(asked.category)


def begin(kind: str, page: RegisterPage) -> None:
    """Opens the line for a register (a value of `RegisterKind`, which the first paint does not import)."""
    from counter_assistant.domain.registers.register_kind import RegisterKind

    page.begin(RegisterKind(kind))


def overdue(office: Office) -> int:
    """How many lines wait by themselves and are late; what waits for a case is counted there."""
    from counter_assistant.operations.registers.keeping import lines_of

    return lines_of(office).overdue(office.today())


SPEC = PageSpec(
    "registers", "登记", "F5", build, {ShowRegisters: show_list, RecordComplaint: record_complaint},
    (
        NamedAction(("登记",), ("dj",), lambda page: page.refresh(), "F5"),
        NamedAction(("登记意见", "登记建议"), ("djyj", "djjy"), partial(begin, "opinion")),
        NamedAction(("意见箱开箱",), ("yjxkx",), partial(begin, "box_opened")),
        NamedAction(("登记误解",), ("djwj",), partial(begin, "misunderstanding")),
        NamedAction(("登记延时", "延时服务"), ("djys", "ysfw"), partial(begin, "overtime")),
        NamedAction(("登记离岗", "登记误时"), ("djlg", "djws"), partial(begin, "absence")),
        NamedAction(("工作交接", "AB角交接"), ("gzjj", "abjjj"), lambda page: page.handover_actions.begin()),
        NamedAction(("打印交接单",), ("dyjjd",), lambda page: page.handover_actions.print_sheet()),
        NamedAction(("登记上报",), ("djsb",), partial(begin, "reported_upward")),
        NamedAction(("登记评价",), ("djpj",), partial(begin, "rating")),
        NamedAction(("登记投诉", "投诉登记"), ("djts", "tsdj"), lambda page: page.complaint_actions.begin()),
        NamedAction(("补充投诉",), ("bcts",), lambda page: page.complaint_actions.add()),
        NamedAction(("打印投诉回执",), ("dytshz",), lambda page: page.complaint_actions.print_receipt()),
        NamedAction(("打印投诉案卷", "投诉立卷"), ("dytsaj", "tslj"), lambda page: page.print_volume()),
        NamedAction(("打印年度投诉案卷", "年度投诉案卷"), ("dyndtsaj", "ndtsaj"), lambda page: page.complaint_actions.ask_volume()),
        NamedAction(("打印评价条", "评价条"), ("dypjt", "pjt"), lambda page: page.print_rating_slips()),
        NamedAction(("打印登记簿",), ("dydjb",), lambda page: page.print_book()),
        NamedAction(("登记咨询", "登记来电"), ("djzx", "djld"), partial(begin, "inquiry")),
    ),
    overdue,
)  # fmt: skip

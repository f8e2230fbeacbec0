"""报告的纸、电子表格：都是同一份数，与屏幕上的、JSON 里的一样."""

from __future__ import annotations

from typing import TYPE_CHECKING

from counter_assistant.domain.formatting import chinese_time, listed
from counter_assistant.domain.report.printed import PrintedReport
from counter_assistant.operations.report.access import may_look
from counter_assistant.storage.spreadsheets.report_sheet import write_report

if TYPE_CHECKING:
    from counter_assistant.domain.report.report import Report
    from counter_assistant.operations.office import Office

SIGNATURES = ("带班领导：", "日期：")
NO_PEOPLE = "只按事项、钟点、期限和材料数，不列人"


def printed(office: Office, report: Report) -> PrintedReport:
    """The report with what stands around it on paper."""
    profile, span = office.profile, report.span
    kind = "月报告" if span.month else "年报告"
    unfinished = f"数到 {chinese_time(office.clock())}，这一期还没有过完" if report.unfinished else ""
    return PrintedReport(
        report, listed((profile.unit, profile.branch), "　"), f"窗口{kind}", "示例" if office.is_example else "",
        listed((span.in_words, f"与{span.turned(-1).in_words}对照", unfinished), "，"), SIGNATURES,
        (NO_PEOPLE, f"{chinese_time(office.clock())} 从台账数出"),
    )  # fmt: skip


def report_pdf(office: Office, report: Report) -> bytes:
    """The PDF of a report, marked 样本 in training.

    Raises:
        Refusal: `missing-glyph`; what `may_look` refuses.
    """
    from counter_assistant.paper.charts.report_pages import set_report  # with reportlab's graphics, once a month

    may_look(office)
    return set_report(office.program.typesetter, printed(office, report), office.watermark)


def report_sheet(office: Office, report: Report) -> bytes:
    """The file of a report for a spreadsheet: a sheet for each of its tables, with texts and numbers and nothing else.

    Raises:
        Refusal: what `may_look` refuses.
    """
    may_look(office)
    return write_report(printed(office, report))

"""报告印出来的样子：哪个单位、哪一期、谁签名；它是一张表，不编号、不入档."""

from __future__ import annotations

from dataclasses import dataclass

from counter_assistant.domain.report.report import Report


@dataclass(frozen=True, slots=True)
class PrintedReport:
    """A report with what stands around it. `mark` is printed beside the title, `extent` says which days it is of; `notes` are the parts of
    the foot line."""

    report: Report
    unit: str
    title: str
    mark: str
    extent: str
    signatures: tuple[str, ...]
    notes: tuple[str, ...]

    def texts(self) -> list[str]:
        """Every string that will be drawn."""
        cells = [str(cell) for section in self.report.sections for row in section.rows for cell in row]
        heads = [column.head for section in self.report.sections for column in section.columns]
        titles = [text for section in self.report.sections for text in (section.title, section.words)]
        around = [self.unit, self.title, self.mark, self.extent, *self.signatures, *self.notes]
        return [*around, *titles, *heads, *cells, "第页共件…0123456789%（先看）"]

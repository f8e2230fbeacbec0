"""How far a paper's printing has come, by what the printing system said of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.papers.print_state import JobReport, PaperPrint, PrintState

NUMBER, AT, LATER = "临公积金示一告〔2026〕1号", "2026-11-23T10:42:00+08:00", "2026-11-23T10:43:00+08:00"
NEW = PaperPrint(NUMBER, 7)
REPORTS = st.builds(JobReport, st.sampled_from(PrintState), st.text(), st.text(), st.booleans())
PAPERS = st.builds(
    PaperPrint, st.text(), st.integers(0), st.sampled_from(PrintState), st.integers(0), st.text(), st.integers(0), st.text(),
    st.text(), st.text(), st.booleans(), st.integers(0), st.booleans(),
)  # fmt: skip


def sent(report: JobReport) -> PaperPrint:
    return NEW.begin(0, AT).sent("hp", 3, report, AT)


@pytest.mark.parametrize(
    ("paper", "label", "missing", "may_come_out", "words"),
    [
        (NEW, "未打印", True, False, "这份文书没有打出，还没有送过打印机。"),
        (
            NEW.begin(0, AT).refused("打印机“甲”现在不接收任务", AT),
            "未打印", True, False, "这份文书没有打出，送了 1 次，没有送出去：打印机“甲”现在不接收任务。",
        ),
        (NEW.begin(0, AT), "正在送", False, True, "这份文书正在送打印机。"),
        (sent(JobReport(PrintState.QUEUED)), "排队中", False, True, "这份文书排队中。"),
        (sent(JobReport(PrintState.PRINTING, began=True)), "打印中", False, True, "这份文书打印中。"),
        (
            sent(JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出", began=True)),
            "未打印", True, True, "这份文书停在打印队列里：缺纸；放好纸后会自动打出，不要重复出具。可能已经打出一部分，先看一眼出纸口。",
        ),
        (
            sent(JobReport(PrintState.ENDED, "任务被取消")),
            "未打印", True, False, "这份文书没有打完：任务被取消，不会再打出来了。",
        ),
        (
            sent(JobReport(PrintState.ENDED, "打印中断", began=True)),
            "未打印", True, True, "这份文书没有打完：打印中断，不会再打出来了。可能已经打出一部分，先看一眼出纸口。",
        ),
        (
            sent(JobReport(PrintState.UNKNOWN, "打印服务里没有这个任务了")),
            "不知道", True, True, "不知道这份文书打出来没有：打印服务里没有这个任务了。请看一眼出纸口。",
        ),
        (
            NEW.told(JobReport(PrintState.RESTORED), AT),
            "打印情况不明", False, True, "这份文书是恢复以前出的，打印情况不明。手边没有存档联的，请补打。",
        ),
        (sent(JobReport(PrintState.OUT)), "已打出", False, True, "这份文书已打出。"),
    ],
)  # fmt: skip
def test_every_state_is_told_apart(
    paper: PaperPrint, label: str, missing: bool, may_come_out: bool, words: str
) -> None:
    assert (paper.state.label, paper.missing, paper.may_come_out) == (label, missing, may_come_out)
    assert paper.in_words == words


def test_a_reprint_that_failed_is_no_missing_paper() -> None:
    reprint = PaperPrint(NUMBER, 7, out=True).begin(2, AT).refused("缺打印机", AT)
    assert not reprint.missing
    assert reprint.in_words.startswith("第 2 次补打没有打出，")


def test_each_try_of_the_same_sheets_is_counted() -> None:
    twice = NEW.begin(0, AT).refused("甲", AT).begin(0, LATER)
    assert (twice.tries, twice.trouble, twice.at) == (2, "", LATER)
    assert twice.refused("甲", LATER).begin(1, LATER).tries == 1


def test_what_began_stays_begun_and_a_time_is_that_of_the_change() -> None:
    printing = sent(JobReport(PrintState.PRINTING, began=True))
    assert printing.told(JobReport(PrintState.PRINTING), LATER).at == AT
    held = printing.told(JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出"), LATER)
    assert (held.began, held.at, held.is_open) == (True, LATER, True)
    assert not held.told(JobReport(PrintState.OUT), LATER).is_open


@given(PAPERS)
def test_what_is_written_is_read(paper: PaperPrint) -> None:
    assert PaperPrint.from_json(paper.to_json()) == paper


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"state": "sent", "number": "", "seq": 1},
        {"state": "out", "number": 1, "seq": 1},
        {"state": "out", "other": 1},
    ],
)
def test_what_was_never_written_is_refused(values: dict[str, object]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        PaperPrint.from_json(values)


@given(PAPERS, REPORTS)
def test_nothing_that_may_come_out_is_free_to_be_sent(paper: PaperPrint, report: JobReport) -> None:
    """GIVEN any report THEN only what was never taken, or ended before it began, may be sent without asking."""
    told = paper.told(report, AT)
    free = told.state is PrintState.UNSENT or (told.state is PrintState.ENDED and not (paper.began or report.began))
    assert told.may_come_out is not free or (told.state is PrintState.UNSENT and told.began)


def test_what_each_step_leaves_is_all_that_is_known() -> None:
    begun = PaperPrint(NUMBER, 7, PrintState.SENDING, at=AT, tries=1)
    assert NEW.begin(0, AT) == begun
    waiting = JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出", began=True)
    held = PaperPrint(NUMBER, 7, PrintState.HELD, 0, "hp", 3, LATER, "缺纸", "放好纸后会自动打出", began=True, tries=1)
    assert begun.sent("hp", 3, waiting, LATER) == held
    assert held.refused("不接收任务", AT) == PaperPrint(
        NUMBER, 7, PrintState.UNSENT, 0, "hp", 3, AT, "不接收任务", "", tries=1
    )
    assert begun.sent("hp", 3, JobReport(PrintState.QUEUED), LATER).at == AT, "it is no other state than it was sent in"
    assert PaperPrint(NUMBER, 7, out=True).begin(2, AT) == PaperPrint(
        NUMBER, 7, PrintState.SENDING, 2, at=AT, tries=1, out=True
    )


def test_a_reprint_of_what_was_issued_before_a_restore_is_waited_for_by_nobody() -> None:
    """GIVEN a paper of before a restore WHEN a reprint of it does not come out THEN it does not count as unprinted; any other does."""
    before = NEW.told(JobReport(PrintState.RESTORED), AT)
    assert (before.is_of_before, NEW.is_of_before) == (True, False)
    assert not before.begin(1, AT).refused("缺纸", AT).missing
    assert NEW.begin(1, AT).refused("缺纸", AT).missing

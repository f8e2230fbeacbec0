"""What is known of papers' printing outlives the window, a kill and a restored book; nothing is sent twice unasked."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.print_state import JobReport, PrintState
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.safekeeping.restored_entry import Restored, RestoredAct
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.archive.unprinted import sheets_of, to_print
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import closing as closings
from counter_assistant.operations.safekeeping.checkup.checkup import unprinted_line
from counter_assistant.paths import BOOK_NAME
from counter_assistant.printing.jobs import Asked, PrintJob, Told
from counter_assistant.storage.print_file import NAME
from tests.make import a_request
from tests.ui.counter import Clock

REJECTS = Refusal("printer-rejects", "打印机“惠普”现在不接收任务，没有打出。", "请换一台。")


def opened(folder: Path, clock: Clock | None = None) -> Office:
    """An office whose window has been open before."""
    office = open_office(folder, clock or Clock())
    office.prints.unprinted()
    return office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with closing(opened(tmp_path)) as made:
        yield made


def issued(office: Office, name: str) -> str:
    slip = issue_slip(office, a_request(request_id=name)).slip
    assert slip
    return slip.number


def job(n: int, state: PrintState, **report: object) -> PrintJob:
    return PrintJob("hp", n, "", report=JobReport(state, **report))  # type: ignore[arg-type]


def missing(office: Office) -> list[str]:
    return [one.paper.number for one in office.prints.unprinted()]


def test_what_was_issued_is_unprinted_until_its_job_is_seen_at_its_end(office: Office) -> None:
    number = issued(office, "甲")
    assert missing(office) == [number]
    office.prints.begin(number)
    assert (missing(office), office.prints.asked()) == ([], [])
    office.prints.sent(number, job(3, PrintState.QUEUED))
    assert office.prints.asked() == [Asked(number, "hp", 3)]
    office.prints.told({number: Told("hp", 3, JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出"))})
    assert missing(office) == [number]
    office.prints.told({number: Told("hp", 3, JobReport(PrintState.OUT))})
    assert (missing(office), office.prints.of(number), office.prints.asked()) == ([], None, [])


def test_it_is_still_known_when_the_window_opens_again(office: Office, tmp_path: Path) -> None:
    first, second, third, fourth = (issued(office, name) for name in "甲乙丙丁")
    office.prints.begin(first)
    office.prints.sent(first, job(1, PrintState.OUT))
    office.prints.begin(second)
    office.prints.refused(second, REJECTS)
    office.prints.begin(third)  # and the program is killed while it sends
    office.close()
    with closing(opened(tmp_path)) as again:
        assert missing(again) == [second, fourth]
        assert "不接收任务" in again.prints.all()[second].in_words
        assert again.prints.asked() == [Asked(third, "", 0)]
        again.prints.told({third: Told("hp", 9, JobReport(PrintState.PRINTING, began=True))})
        assert again.prints.asked() == [Asked(third, "hp", 9)]
        assert to_print(again) == ((second, fourth), ())


def test_only_what_cannot_come_out_is_printed_at_once(office: Office) -> None:
    held, ended, begun, unknown, new = (issued(office, name) for name in "甲乙丙丁戊")
    for n, (number, report) in enumerate(
        {
            held: JobReport(PrintState.HELD, "缺纸", "放好纸后会自动打出"),
            ended: JobReport(PrintState.ENDED, "任务被取消"),
            begun: JobReport(PrintState.ENDED, "打印中断", began=True),
            unknown: JobReport(PrintState.UNKNOWN, "没有这个任务了"),
        }.items(),
        1,
    ):
        office.prints.begin(number)
        office.prints.sent(number, PrintJob("hp", n, "", report=report))
    assert to_print(office) == ((ended, new), (held, begun, unknown))


def test_a_job_of_another_try_says_nothing_of_this_one(office: Office) -> None:
    number = issued(office, "甲")
    office.prints.begin(number)
    office.prints.sent(number, job(1, PrintState.QUEUED))
    office.prints.begin(number)
    late = {number: Told("hp", 1, JobReport(PrintState.ENDED, "任务被取消"))}
    office.prints.told(late)
    office.prints.sent(number, job(2, PrintState.QUEUED))
    office.prints.told(late)
    assert office.prints.all()[number].state is PrintState.QUEUED


def test_a_reprint_that_did_not_come_out_is_the_same_sheets_and_no_missing_paper(office: Office) -> None:
    number = issued(office, "甲")
    office.prints.settle([number])
    pdf, count = reprint_and_void.reprint(office, number)
    office.prints.begin(number, count)
    office.prints.refused(number, REJECTS)
    paper = office.prints.of(number)
    assert paper
    assert (missing(office), sheets_of(office, paper)) == ([], pdf)
    assert office.archive.show(number).row.reprints == 1


def test_void_and_settled_papers_leave_the_list(office: Office) -> None:
    void, settled, left = (issued(office, name) for name in "甲乙丙")
    reprint_and_void.void(office, void, "写错")
    office.prints.settle([settled])
    assert missing(office) == [left]


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"format": 9}', b'{"format": 1, "through": "x"}', b"\xff" * 9])
def test_a_lost_file_makes_the_day_unknown_and_never_printed(office: Office, tmp_path: Path, damage: bytes) -> None:
    number = issued(office, "甲")
    office.prints.settle([number])
    office.close()
    (tmp_path / NAME).write_bytes(damage)
    with closing(opened(tmp_path)) as again:
        assert missing(again) == [number]
        assert again.prints.all()[number].state is PrintState.UNKNOWN
        assert to_print(again).send == ()


def test_a_lost_file_leaves_what_the_last_closing_says_and_what_came_after(tmp_path: Path) -> None:
    clock = Clock()
    with closing(opened(tmp_path, clock)) as office:
        left, printed = issued(office, "甲"), issued(office, "乙")
        office.prints.settle([printed])
        closed, _ = closings.close(office, Period.DAY, office.today().isoformat())
        assert closed.unprinted == (left,)
        clock.now += timedelta(days=1)
        after = issued(office, "丙")
    (tmp_path / NAME).unlink()
    with closing(opened(tmp_path, clock)) as again:
        assert missing(again) == [left, after]


def test_yesterday_is_no_longer_asked_about_where_the_file_is_new(tmp_path: Path) -> None:
    clock = Clock()
    with closing(open_office(tmp_path, clock)) as office:
        issued(office, "甲")
        clock.now += timedelta(days=1)
        assert missing(office) == []


def test_an_older_copy_of_the_book_takes_nothing_from_a_newer_file(tmp_path: Path) -> None:
    """GIVEN a copy that is restored WHEN its numbers are given to other papers THEN none of them counts as printed."""
    clock, copy = Clock(), tmp_path / "copy.db"
    with closing(opened(tmp_path, clock)) as office:
        book = office.folder / BOOK_NAME
        issued(office, "甲")
        shutil.copy(book, copy)
        lost = issued(office, "乙")
        office.prints.settle([lost])
    shutil.copy(copy, book)
    with closing(opened(tmp_path, clock)) as again:
        other = issued(again, "丙")
        assert other == lost
        assert other in missing(again)


def test_a_command_beside_the_window_is_heard(office: Office, tmp_path: Path) -> None:
    number = issued(office, "甲")
    assert missing(office) == [number]
    with closing(opened(tmp_path)) as command:
        command.prints.settle([number])
    assert missing(office) == []


def test_a_folder_that_cannot_be_written_keeps_nobody_from_printing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "")

    monkeypatch.setattr("counter_assistant.storage.print_file.write_atomic", full)
    number = issued(office, "甲")
    office.prints.begin(number)
    office.prints.sent(number, job(1, PrintState.HELD))
    assert missing(office) == [number]


class Ear:
    def __init__(self) -> None:
        self.heard = 0

    def hear(self) -> None:
        self.heard += 1


def test_who_listens_hears_of_changes_as_long_as_they_live(office: Office) -> None:
    number, ear, gone = issued(office, "甲"), Ear(), Ear()
    office.prints.listen(ear.hear)
    office.prints.listen(gone.hear)
    del gone
    office.prints.begin(number)
    office.prints.sent(number, job(1, PrintState.QUEUED))
    before = ear.heard
    assert before >= 2
    office.prints.told({number: Told("hp", 1, JobReport(PrintState.QUEUED))})
    assert ear.heard == before


@pytest.mark.parametrize("confirmed", [False, True])
def test_what_was_issued_before_a_restore_is_not_called_unprinted_on_the_new_pc(
    tmp_path: Path, confirmed: bool
) -> None:
    """GIVEN a book of two papers restored where nothing was printed WHEN the window opens THEN how they were printed is not clear, and nobody
    is asked to print them; what is issued afterwards is, and stays so if the file is lost once more."""
    clock = Clock()
    with closing(open_office(tmp_path, clock)) as office:
        left, other = issued(office, "甲"), issued(office, "乙")
        office.book.append(EntryKind.RESTORED, Restored(RestoredAct.RESTORED, "1").to_payload())
    with closing(opened(tmp_path, clock)) as office:
        assert (missing(office), to_print(office)) == ([], ((), ()))
        assert {number: paper.state for number, paper in office.prints.all().items()} == dict.fromkeys(
            (left, other), PrintState.RESTORED
        )
        assert office.prints.of_before() == 2
        since = issued(office, "丙")
        assert missing(office) == [since]
        assert unprinted_line(office).sentence == "有 1 份文书未打印。"
        office.prints.settle([since])
        assert unprinted_line(office).sentence == "2 份恢复来的，打印情况不明。"
        office.prints.begin(other)
        office.prints.sent(other, PrintJob("p", 1, "", report=JobReport(PrintState.OUT)))
        assert office.prints.of_before() == 1
        if confirmed:
            office.book.append(EntryKind.RESTORED, Restored(RestoredAct.CONFIRMED, "1").to_payload())
    (tmp_path / NAME).unlink()
    with closing(opened(tmp_path, clock)) as office:
        assert missing(office) == [since]
        assert office.prints.all()[left].is_of_before

"""No wrong clock is believed: one second back, a day, 1970, 2009, a year or ten ahead, another zone, the roll of a year."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from counter_assistant import paths
from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.numbering import read_number
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.safekeeping import closing
from counter_assistant.operations.safekeeping.backing_up import Task, back_up
from counter_assistant.operations.safekeeping.backup_state import full_copy_is_due
from tests.make import BEIJING, NOW, a_request, request_file
from tests.portion import Portion

NUMBER = "临公积金示一告〔2026〕1号"
WRONG: dict[str, datetime] = {
    "-1 s": NOW - timedelta(seconds=1), "-1 d": NOW - timedelta(days=1), "1970": datetime(1970, 1, 1, 8, tzinfo=BEIJING),
    "2009": datetime(2009, 1, 1, tzinfo=BEIJING), "+1 y": NOW + timedelta(days=365), "+10 y": NOW + timedelta(days=3652),
    "zone": NOW.astimezone(UTC) + timedelta(minutes=1), "1 y back": NOW - timedelta(days=365),
    "half a day of zone": NOW.astimezone(timezone(timedelta(hours=-4))) + timedelta(minutes=1),
}  # fmt: skip
ACTS: dict[str, Callable[[Office], object]] = {
    "issue": lambda office: issue_slip(office, a_request(request_id="one", on=NOW.date().isoformat())),
    "oral": lambda office: issue_slip(office, a_request(request_id="two", delivery="oral", on=NOW.date().isoformat())),
    "void": lambda office: reprint_and_void.void(office, NUMBER, "录错"),
    "reprint": lambda office: reprint_and_void.reprint(office, NUMBER),
    "close": lambda office: closing.close(office, Period.DAY, "2026-11-23"),
    "profile": lambda office: office.decide_profile(office.profile),
    "reveal": lambda office: reveal(office, NUMBER, "核对"),
    "series": lambda office: office.book.start_series("notification_slip/2026/LC01", 100, "李某", "恢复以后"),
}  # fmt: skip


class Set:
    """A clock that somebody sets."""

    def __init__(self, time: datetime) -> None:
        self.time = time

    def __call__(self) -> datetime:
        return self.time


@pytest.fixture
def office_of(tmp_path: Path) -> tuple[Office, Set]:
    clock = Set(NOW)
    office = open_office(tmp_path / "data", clock)
    issue_slip(office, a_request(request_id="first"))
    return office, clock


@pytest.mark.parametrize("wrong", WRONG)
@pytest.mark.parametrize("act", ACTS)
def test_nothing_is_written_at_a_wrong_time_until_somebody_says_that_it_is_right(
    office_of: tuple[Office, Set], act: str, wrong: str
) -> None:
    office, clock = office_of
    before, clock.time = office.book.head(), WRONG[wrong]
    with pytest.raises(Refusal) as refused:
        ACTS[act](office)
    assert refused.value.code == "clock-doubtful"
    assert office.book.head() == before
    confirmed = office.confirm_clock()
    assert confirmed
    assert confirmed.payload["last"] == NOW.isoformat()
    assert datetime.fromisoformat(confirmed.payload["now"]) == WRONG[wrong]
    assert office.clock_doubt() is None
    assert office.book.check().ok
    office.close()


def test_without_the_watch_a_wrong_clock_is_believed(tmp_path: Path) -> None:
    """The control: what these tests ask for is what the watch does."""
    clock = Set(NOW)
    office = open_office(tmp_path / "data", clock, training=True)
    issue_slip(office, a_request(request_id="first"))
    clock.time = WRONG["-1 d"]
    assert issue_slip(office, a_request(request_id="one")).slip
    office.close()


class Rolling:
    """A clock that is in the next year from the reading `at` on."""

    def __init__(self, at: int) -> None:
        self.at, self.read = at, 0

    def __call__(self) -> datetime:
        self.read += 1
        last = datetime(2026, 12, 31, 23, 59, 59, tzinfo=BEIJING)
        return last + timedelta(seconds=self.read >= self.at)


def test_the_year_of_a_number_is_that_of_its_own_time_wherever_the_year_rolls(tmp_path: Path) -> None:
    """GIVEN a clock that rolls between any two readings THEN number, printed time and series are of one year."""
    known, years = Rolling(10**6), set[int]()
    office = open_office(tmp_path / "0", known)
    issue_slip(office, a_request())
    readings = known.read
    office.close()
    for at in range(1, readings + 2):
        office = open_office(tmp_path / f"{at}", Rolling(at))
        issued = issue_slip(office, a_request())
        assert issued.slip
        entry = office.book.latest(EntryKind.SLIP_ISSUED)
        assert entry
        assert read_number(issued.slip.number, office.profile).year == issued.slip.issued_at.year == entry.time.year, at
        years.add(entry.time.year)
        office.close()
    assert years == {2026, 2027}
    print(f"{readings} readings")


def test_a_copy_from_the_future_does_not_have_another_made_without_end(office_of: tuple[Office, Set]) -> None:
    """GIVEN a copy that was made while the clock was ahead WHEN the clock is right again THEN one copy is made, and no more."""
    office, _ = office_of
    folder = office.folder
    back_up(Task(folder, NOW + timedelta(days=3652)))
    assert full_copy_is_due(office, NOW)
    back_up(Task(folder, NOW))
    assert not full_copy_is_due(office, NOW + timedelta(minutes=10))
    assert full_copy_is_due(office, NOW + timedelta(days=1))
    office.close()


# --- the whole process

FAKETIME = shutil.which("faketime")
MOMENTS = {
    "-1 s": "2026-11-23 10:41:59", "-1 d": "2026-11-22 10:42:30", "1970": "1970-01-02 08:00:00", "2009": "2009-01-01 00:00:00",
    "+1 y": "2027-11-23 10:42:30", "+10 y": "2036-11-23 10:42:30",
}  # fmt: skip


def _at(moment: str, *arguments: str, zone: str = "Asia/Shanghai") -> subprocess.CompletedProcess[str]:
    """The program as the system would run it at a moment."""
    assert FAKETIME
    environment = os.environ | {"PYTHONPATH": str(paths.root()), "TZ": zone, "PYTHONUTF8": "1"}
    return subprocess.run(
        [FAKETIME, "-f", f"@{moment}", sys.executable, "-m", "counter_assistant", *arguments],
        env=environment, capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip


@pytest.mark.nightly("clocks")
@pytest.mark.skipif(
    not FAKETIME, reason="needs libfaketime (faketime), which nothing here installs: the whole process was NOT TRIED"
)
@pytest.mark.slow
def test_the_whole_process_at_a_wrong_time(tmp_path: Path, portion: Portion) -> None:
    """GIVEN a book of one slip WHEN the program is run at each wrong time THEN it writes nothing, says why, and does with the option."""
    request, data, out = str(request_file(tmp_path)), str(tmp_path / "data"), str(tmp_path / "out")
    issue = ("issue", request, "--out", out, "--json", "--data-dir", data)
    first = _at("2026-11-23 10:42:00", *issue)
    assert first.returncode == 0, first.stderr
    number = json.loads(first.stdout)["number"]
    acts = (
        ("archive", "void", number, "--reason", "录错", "--data-dir", data),
        ("archive", "reprint", number, "--out", out, "--data-dir", data),
        issue,
    )
    later = json.loads((tmp_path / "request.json").read_text("utf-8")) | {"applicant": {"name": "玉罕"}}
    (tmp_path / "request.json").write_text(json.dumps(later, ensure_ascii=False), encoding="utf-8")
    wrong = [(moment, "Asia/Shanghai") for moment in MOMENTS.values()]
    wrong += [
        ("2026-11-23 02:43:00", "UTC"),
        ("2026-11-23 11:43:00", "Asia/Tokyo"),
        ("2026-11-22 22:43:00", "America/New_York"),
    ]
    for moment, zone in portion.of(wrong, sample=1):
        for act in acts:
            done = _at(moment, *act, zone=zone)
            assert done.returncode == 1, (moment, act, done)
            assert "电脑时间是" in done.stderr, (moment, act, done)
    entries = json.loads(_at("2026-11-23 10:50:00", "archive", "check", "--json", "--data-dir", data).stdout)["entries"]
    assert entries == 2
    assert _at(MOMENTS["+1 y"], *issue, "--clock-confirmed").returncode == 0

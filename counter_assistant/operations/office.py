"""一个开着的网点：台账、目录、日历、单位档案与排版，合在一起，不需要窗口。"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from datetime import date, datetime
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from counter_assistant import paths
from counter_assistant.domain.calendar.system_clock import BEIJING, ClockDoubt, ClockFault
from counter_assistant.domain.calendar.workdays import WorkCalendar
from counter_assistant.domain.catalogue.approval import ApprovedCatalogue, lay_over
from counter_assistant.domain.catalogue.approval_entry import approvals_in_force
from counter_assistant.domain.catalogue.items import Catalogue
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.identity import check_text
from counter_assistant.domain.people.office_profile import OfficeProfile, from_payload, to_payload
from counter_assistant.domain.people.profile_review import ReviewLine, examples, refuse_examples
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.calendars.adopt import calendar_of
from counter_assistant.storage.book import Book
from counter_assistant.storage.content.calendar_files import read_calendars
from counter_assistant.storage.content.catalogue_files import read_catalogue
from counter_assistant.storage.drafts import Drafts
from counter_assistant.storage.engines.sqlite.database import Database
from counter_assistant.storage.engines.sqlite.errors import reason_of
from counter_assistant.storage.views.archive import Archive
from counter_assistant.storage.views.cases import Cases

if TYPE_CHECKING:
    from counter_assistant.paper.templates import Forms
    from counter_assistant.paper.typesetter import Typesetter

UNNAMED = "示例"
"""How the first entry names the installation, before the office has given it a code in its profile."""

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The PC's time with its offset."""
    return datetime.now().astimezone()


class Office:
    """The parts that a clerk's acts work with. Used by one thread. The clock is read once per act.

    What sets a paper is imported when the first paper is set, because the desk and a search should not wait for it.
    """

    def __init__(self, database: Database, clock: Clock, training: bool) -> None:
        self.clock = clock
        self.training = training
        self._looked: tuple[OfficeProfile, tuple[ReviewLine, ...]] | None = None
        self.database = database
        self.book = Book.open(database, installation=UNNAMED, doubts_clock=not training)
        self.archive = Archive(database)
        self.cases = Cases(database)
        self.drafts = Drafts(database)

    @cached_property
    def catalogue(self) -> ApprovedCatalogue:
        """The items of the files, with the approvals that the book holds laid over them."""
        kinds = (EntryKind.ITEM_APPROVED, EntryKind.APPROVAL_WITHDRAWN)
        acts = sorted((entry for kind in kinds for entry in self.book.entries(kind)), key=lambda entry: entry.seq)
        return lay_over(self._item_files, approvals_in_force(acts))

    @cached_property
    def _item_files(self) -> Catalogue:
        return read_catalogue(paths.resources())

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The years that came with the program, with what the book holds laid over them."""
        shipped = read_calendars(paths.resources() / "calendars")
        return calendar_of(shipped, self.book.entries(EntryKind.CALENDAR))

    @cached_property
    def forms(self) -> Forms:
        from counter_assistant.paper.templates import Forms

        return Forms(paths.forms())

    @cached_property
    def typesetter(self) -> Typesetter:
        from counter_assistant.paper.typesetter import Typesetter

        return Typesetter(paths.resources() / "fonts")

    @cached_property
    def profile(self) -> OfficeProfile:
        """The profile that the book's last entry of its kind holds; the example until there is one."""
        entry = self.book.latest(EntryKind.OFFICE_PROFILE)
        return from_payload(entry.payload) if entry else example_profile()

    @property
    def examples(self) -> tuple[ReviewLine, ...]:
        """What papers print of the profile and is still the example's; looked for once, because every key asks."""
        if self._looked is None or self._looked[0] is not self.profile:
            self._looked = (self.profile, examples(self.profile, example_profile()))
        return self._looked[1]

    @property
    def stands_as_example(self) -> bool:
        """Whether papers must say that people are an example: until the office is confirmed, and while any of it is one."""
        return not self.profile.confirmed or bool(self.examples)

    @property
    def watermark(self) -> str:
        """样本 across every page while training."""
        return "样本" if self.training else ""

    def today(self) -> date:
        """The day that the clock says."""
        return self.clock().date()

    def clock_doubt(self) -> ClockDoubt | None:
        """What is doubtful about the clock. A confirmed office is asked about a zone of before its first entry, too.

        That one stops nothing: everything in the book is of the same zone.
        """
        if doubt := self.book.clock_doubt():
            return doubt
        now = self.database.now()
        if self.training or not self.profile.confirmed or now.utcoffset() == BEIJING:
            return None
        latest = self.book.latest(EntryKind.CLOCK_CONFIRMED)
        asked = latest is not None and latest.time.utcoffset() == now.utcoffset()
        return None if asked else ClockDoubt(ClockFault.ZONE, now, None)

    def confirm_clock(self) -> Entry | None:
        """Records that somebody looked at a doubtful time and found it right; None where nothing is doubtful."""
        doubt = self.clock_doubt()
        if doubt is None:
            return None
        payload = {
            "fault": doubt.fault.value, "now": doubt.now.isoformat(), "last": doubt.last.isoformat() if doubt.last else "",
            "clerk": self.profile.clerk("").staff_number,
        }  # fmt: skip
        return self.book.append(EntryKind.CLOCK_CONFIRMED, payload)

    def decide_profile(self, profile: OfficeProfile) -> None:
        """Records a new profile in the book.

        Raises:
            Refusal: one that cannot be printed; profile-example: one that is confirmed and holds example values.
        """
        check_profile(profile)
        refuse_examples(profile, example_profile(), self.profile)
        self.book.append(EntryKind.OFFICE_PROFILE, to_payload(profile))
        self.__dict__.pop("profile", None)

    def forget_catalogue(self) -> None:
        """An approval was recorded: the catalogue is laid together anew when it is next asked for."""
        self.__dict__.pop("catalogue", None)

    def close(self) -> None:
        self.database.close()


def open_office(data_dir: Path | None = None, clock: Clock = system_clock, *, training: bool = False) -> Office:
    """The office of a data folder, made where there is none. Refuses a folder or book that cannot be used."""
    folder = data_dir / paths.TRAINING if data_dir and training else data_dir or paths.data_dir(training)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise Refusal(
            "no-data-folder", f"无法使用数据文件夹 {folder}：{reason_of(error)}。", "请换一个可以写入的文件夹。"
        ) from error
    return Office(Database.open(folder / paths.BOOK_NAME, clock), clock, training)


MOST_SUPPLEMENT_DAYS = 365


@cache
def example_profile() -> OfficeProfile:
    """The profile that a fresh data folder starts with; every field of it is 示例."""
    path = paths.resources() / "office" / "example.toml"
    return from_payload(tomllib.loads(path.read_text(encoding="utf-8")))


def check_profile(profile: OfficeProfile) -> None:
    """Refuses a profile with a missing or unprintable field, naming it."""
    needed = {
        "单位名称": profile.unit,
        "网点名称": profile.branch,
        "机关简称": profile.short_name,
        "窗口": profile.window,
        "监督电话": profile.supervision_phone,
        "经办人": profile.current_clerk,
    }
    for what, text in needed.items():
        if not check_text(text, what, 50).strip():
            raise Refusal("profile-incomplete", f"{what}不能为空。", "请填写后再保存。")
    if not (profile.installation_code.isdecimal() and len(profile.installation_code) == 6):
        raise Refusal("bad-installation-code", "安装点代码应为 6 位数字。", "请按本中心分配的代码填写，每台电脑不同。")
    if not 0 <= profile.supplement_days <= MOST_SUPPLEMENT_DAYS:
        sentence = f"补齐材料的期限 {profile.supplement_days} 日不对。"
        raise Refusal("bad-supplement-days", sentence, f"请填 0（不定日期）到 {MOST_SUPPLEMENT_DAYS} 之间的天数。")
    for clerk in profile.clerks:
        for text in (clerk.name, clerk.staff_number, clerk.department, clerk.title, clerk.duty, clerk.phone):
            check_text(text, f"经办人 {clerk.staff_number} 的信息", 50)
    for body in profile.bodies:
        for text in (body.name, body.what_for, body.address, body.phone):
            check_text(text, f"常去的单位“{body.name}”", 50)
    numbers = [clerk.staff_number for clerk in profile.clerks]
    if len(set(numbers)) < len(numbers):
        twice = next(number for number in numbers if numbers.count(number) > 1)
        raise Refusal("staff-number-twice", f"有两位经办人用了工号 {twice}。", "工号每人一个，请改正。")
    if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", profile.closing_time):
        raise Refusal("bad-closing-time", f"下班时间“{profile.closing_time}”无法识别。", "请写成 17:30 这样。")
    profile.clerk("")

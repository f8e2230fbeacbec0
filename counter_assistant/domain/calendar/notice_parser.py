"""放假通知：把粘贴进来的国务院办公厅通知读成一年的日历，前后矛盾的不收。

The wording is that of the notices for 2014 to 2026:
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。 Every weekday in brackets, every 共N天 and
every worked day is compared with the calendar, so that a day that was mistyped or lost in copying is found here and not
by an applicant.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date

from counter_assistant.domain.calendar.workdays import ONE_DAY, UNVERIFIED, CalendarDay, YearCalendar
from counter_assistant.domain.calendar.year_validation import FESTIVALS, YEARS, belongs, faults_of
from counter_assistant.domain.formatting import WEEKDAYS, chinese_date
from counter_assistant.domain.refusal import Refusal

MOST_BYTES = 100_000
SPRING = "春节"

_NAMES = "|".join(FESTIVALS)
_TITLE = re.compile(r"国务院办公厅关于(\d{4})年部分节假日安排的通知")
_OPENING = re.compile(r"现将(\d{4})年元旦")
_NUMBER = re.compile(r"国办发明电[〔\[【(](\d{4})[〕\]】)](\d{1,3})号")
_SIGNED = re.compile(r"国务院办公厅(\d{4})年(\d{1,2})月(\d{1,2})日")
_SECTION = re.compile(rf"[一二三四五六七八九十]、((?:{_NAMES})(?:[、和](?:{_NAMES}))*)(?:\([^()]*\))?:")
_END = re.compile(r"节假日期间|国务院办公厅\d{4}年")
# A remark holds no bracket: if a closing one is lost, all up to the next would be swallowed, worked days included.
DAY = r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:\([^()]*\))?"
_OFF = re.compile(
    rf"({DAY})(?:至({DAY}))?放假(?:调休)?(?:(\d{{1,3}})天)?(?:,与周末连休|,不调休)?(?:,共(\d{{1,3}})天)?(?:,({DAY})补休)?"
)
_WORKED = re.compile(rf"({DAY}(?:[、和,]{DAY})*)上班")
_EXTENDED = re.compile(rf"延长(\d{{4}})年春节假期至({DAY}),({DAY})起?正常上班")
_ONE_DAY = re.compile(r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:\(([^()]*)\))?")
_WEEKDAY = re.compile(r"(?:周|星期)([一二三四五六日天])")


def read_notice(text: str) -> YearCalendar:
    """The year that a notice arranges.

    Raises:
        Refusal: `not-a-notice`, `notice-too-large`; `bad-notice` for every contradiction, quoting its sentence.
    """
    plain = plain_text(text)
    year = _year_of(plain)
    reader = NoticeReader(year)
    for names, body in _sections(plain):
        reader.read(names, body)
    extensions = list(_EXTENDED.finditer(plain))
    if len(extensions) < plain.count("春节假期至"):
        raise bad_notice("看不懂延长春节假期的那一句。")
    for extension in extensions:
        reader.extend(extension)
    numbers = [f"国办发明电〔{a}〕{n}号" for a, n in _NUMBER.findall(plain) if int(a) in (year - 1, year)]
    found = YearCalendar(
        year,
        published=True,
        papers=(f"国务院办公厅关于{year}年部分节假日安排的通知",),
        days=dict(sorted(reader.days.items())),
        number="、".join(dict.fromkeys(numbers)) or UNVERIFIED,
        issued=_issued(plain, year),
    )
    if faults := faults_of(found):
        raise bad_notice(f"{year}年的通知{faults[0]}。")
    return found


def plain_text(text: str) -> str:
    """The text of a notice without blanks and line ends, in one form of each character (NFKC).

    Raises:
        Refusal: `notice-too-large` (more than `MOST_BYTES`).
    """
    if len(text.encode("utf-8", errors="replace")) > MOST_BYTES:
        raise Refusal("notice-too-large", "粘贴的文字太长，不是一份放假通知。", "请只粘贴通知的正文。")
    return "".join(unicodedata.normalize("NFKC", text).split())


def bad_notice(sentence: str) -> Refusal:
    """The refusal of a notice that contradicts itself or cannot be read."""
    return Refusal("bad-notice", sentence, "请对照通知原文核对，重新粘贴完整的正文。")


def _year_of(plain: str) -> int:
    """The year that the notice is about: that of its opening sentence, even where the page names other notices."""
    if not _TITLE.search(plain):
        raise Refusal(
            "not-a-notice",
            "这段文字不是国务院办公厅关于某年部分节假日安排的通知。",
            "请从中国政府网复制通知的标题和全文，再粘贴到这里。",
        )
    years = sorted(set(_OPENING.findall(plain)) or set(_TITLE.findall(plain)))
    if len(years) > 1:
        raise bad_notice(f"这段文字里有{'、'.join(years)}年的放假安排，不知道要哪一年。")
    year = int(years[0])
    if year not in YEARS:
        raise bad_notice(f"{year}年不在 {YEARS[0]} 到 {YEARS[-1]} 年之间。")
    return year


def _issued(plain: str, year: int) -> date:
    """The date under the notice; the later one where a later notice changed the year."""
    signed = [date_of(int(y), int(m), int(d), f"国务院办公厅{y}年{m}月{d}日") for y, m, d in _SIGNED.findall(plain)]
    dated = [day for day in signed if day.year in (year - 1, year)]
    if not dated:
        raise bad_notice(f"找不到{year}年放假通知的落款日期。")
    return max(dated)


def _sections(plain: str) -> list[tuple[str, str]]:
    """Each festival with what is said of it."""
    heads = list(_SECTION.finditer(plain))
    if not heads:
        return []
    end = _END.search(plain, heads[0].end())
    last = end.start() if end else len(plain)
    heads = [head for head in heads if head.start() < last]
    ends = [*(head.start() for head in heads[1:]), last]
    return [(head[1].replace("和", "、"), plain[head.end() : stop]) for head, stop in zip(heads, ends, strict=True)]


@dataclass
class NoticeReader:
    """Collects the days of one notice in `days`."""

    year: int
    days: dict[date, CalendarDay] = field(default_factory=dict)

    def read(self, names: str, body: str) -> None:
        """Reads one section, sentence by sentence. A sentence about days that cannot be read is refused, not skipped.

        Raises:
            Refusal: `bad-notice`.
        """
        for sentence in filter(None, body.split("。")):
            if off := _OFF.fullmatch(sentence):
                self._off(names, sentence, off)
            elif worked := _WORKED.fullmatch(sentence):
                for text in re.findall(DAY, worked[1]):
                    self.add(self.day(text, sentence), CalendarDay(names, off=False), sentence)
            elif re.search(r"放假|上班|补休|\d日", sentence) and not sentence.startswith("鼓励"):
                raise bad_notice(f"看不懂“{excerpt(sentence)}”这一句。")

    def _off(self, names: str, sentence: str, found: re.Match[str]) -> None:
        first = self.day(found[1], sentence)
        last = self.day(found[2], sentence, first) if found[2] else first
        if last < first:
            raise bad_notice(f"“{excerpt(sentence)}”：止于{chinese_date(last)}，早于{chinese_date(first)}。")
        length = (last - first).days + 1
        for said in (found[3], found[4]):
            if said and int(said) != length:
                raise bad_notice(f"“{excerpt(sentence)}”：写的是{said}天，算下来是{length}天。")
        for i in range(length):
            self.add(first + ONE_DAY * i, CalendarDay(names, off=True), sentence)
        if found[5]:
            self.add(self.day(found[5], sentence), CalendarDay(names, off=True), sentence)

    def add(self, day: date, named: CalendarDay, sentence: str) -> None:
        """Adds a day.

        Raises:
            Refusal: `bad-notice` (it was named before, or is to be worked and is no weekend day).
        """
        earlier = self.days.get(day)
        if earlier and earlier.off is not named.off:
            raise bad_notice(f"“{excerpt(sentence)}”：{chinese_date(day)}既放假又上班。")
        if earlier:
            raise bad_notice(f"“{excerpt(sentence)}”：{chinese_date(day)}写了两次。")
        if not named.off and day.weekday() < 5:
            raise bad_notice(f"“{excerpt(sentence)}”：{chinese_date(day)}是周{WEEKDAYS[day.weekday()]}，本来就上班。")
        self.days[day] = named

    def extend(self, found: re.Match[str]) -> None:
        """Applies a later notice that extended 春节 (2020): days that were to be worked within it become days off.

        Raises:
            Refusal: `bad-notice` (it does not fit the year's own 春节).
        """
        sentence = found[0]
        last, back = self.day(found[2], sentence), self.day(found[3], sentence)
        spring = [day for day, named in self.days.items() if named.off and named.name == SPRING]
        if int(found[1]) != self.year or not spring or last < max(spring) or back != last + ONE_DAY:
            raise bad_notice(f"“{excerpt(sentence)}”与{self.year}年春节的安排对不上。")
        for i in range(1, (last - max(spring)).days + 1):
            self.days[max(spring) + ONE_DAY * i] = CalendarDay(SPRING, off=True)

    def day(self, text: str, sentence: str, first: date | None = None) -> date:
        """A day as the notice writes it. Without a month it is in that of `first`, without a year in the notice's own.

        Raises:
            Refusal: `bad-notice` (no such day, not of this year, or on another weekday).
        """
        year, month, number, remark = _ONE_DAY.fullmatch(text).groups()  # type: ignore[union-attr]
        if month is None and first is None:
            raise bad_notice(f"“{excerpt(sentence)}”：{number}日没有写月份。")
        in_month = int(month) if month else first.month if first else 0
        in_year = int(year) if year else self.year
        day = date_of(in_year, in_month, int(number), excerpt(sentence))
        if not belongs(day, self.year):
            raise bad_notice(f"“{excerpt(sentence)}”：{chinese_date(day)}不是{self.year}年的日期。")
        weekday = _WEEKDAY.search(remark or "")
        if weekday and weekday[1].replace("天", "日") != WEEKDAYS[day.weekday()]:
            raise bad_notice(
                f"“{excerpt(sentence)}”：{chinese_date(day)}是周{WEEKDAYS[day.weekday()]}，不是周{weekday[1]}。"
            )
        return day


def date_of(year: int, month: int, day: int, sentence: str) -> date:
    """The date.

    Raises:
        Refusal: `bad-notice` where there is no such day.
    """
    try:
        return date(year, month, day)
    except ValueError as error:
        raise bad_notice(f"“{sentence}”：没有{year}年{month}月{day}日这一天。") from error


def excerpt(sentence: str) -> str:
    """The beginning of a sentence, in full-width punctuation, to be quoted in a refusal."""
    return sentence[:60].translate(str.maketrans("():,", "（）：，"))

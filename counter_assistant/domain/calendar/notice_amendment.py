"""改动通知：只改一年里某几天的放假通知，铺在已有的一年之上，两个文号都留着。

It reads the kinds that have occurred so far: one festival rearranged (2019年劳动节), 春节 extended (2020), and a single
day off (2015年9月3日, 抗战胜利70周年). A sentence that cannot be read is refused and quoted, never skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from counter_assistant.domain.calendar.notice_parser import DAY, NoticeReader, bad_notice, date_of, excerpt, plain_text
from counter_assistant.domain.calendar.workdays import ONE_DAY, UNVERIFIED, CalendarDay, YearCalendar
from counter_assistant.domain.calendar.year_validation import FESTIVALS, YEARS, faults_of
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal

_LONGEST_NAME = 40
_TITLE = re.compile(r"国务院(?:办公厅)?关于((?:(?!国务院).){2,60}?)的通知")
_WHOLE_YEAR = re.compile(r"(?:关于|现将)\d{4}年(?:部分节假日|元旦)")
_NUMBER = re.compile(r"(国办?发明电)[〔\[【(](\d{4})[〕\]】)](\d{1,3})号")
_SIGNED = re.compile(r"国务院(?:办公厅)?(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEAR = re.compile(r"(\d{4})年")
_NUMBERING = re.compile(r"^[一二三四五六七八九十]、")
_BESIDE_THE_NAME = re.compile(r"^(?:调整|延长)?(?:\d{4}年)?|(?:调休|放假|假期|安排|调整)+$")
_EXTENDED = re.compile(rf"延长(?:\d{{4}}年)?(.{{2,4}}?)假期至({DAY})")
_OFF = re.compile(
    rf"({DAY})(?:至({DAY}))?(?:全国)?(?:调休放假|放假调休|放假|调休)(?:(\d{{1,3}})天)?(?:,共(\d{{1,3}})天)?"
)
_WORKED = re.compile(rf"({DAY}(?:[、和,]{DAY})*)(?:起)?(?:正常)?上班")


@dataclass(frozen=True, slots=True)
class Amendment:
    """What a notice changes in one year. `names` are the festivals whose days it rearranges."""

    year: int
    names: frozenset[str]
    title: str
    number: str
    issued: date
    sentences: tuple[str, ...]


def is_amendment(text: str) -> bool:
    """Whether a text is a notice that changes a year, not one that arranges a whole year."""
    plain = plain_text(text)
    return bool(_TITLE.search(plain)) and not _WHOLE_YEAR.search(plain)


def read_amendment(text: str) -> Amendment:
    """The change that a notice makes.

    Raises:
        Refusal: `not-a-notice` (without a title or a date of issue), `notice-too-large`, `bad-notice` (it names no year
            or no day).
    """
    plain = plain_text(text)
    title = _TITLE.search(plain)
    signed = list(_SIGNED.finditer(plain))
    if title is None or not signed:
        raise Refusal(
            "not-a-notice", "这段文字不是国务院改动放假安排的通知，或者没有落款日期。", "请复制通知的标题、全文和落款，再粘贴到这里。"
        )  # fmt: skip
    body = plain[title.end() : signed[-1].start()]
    named = _YEAR.search(title[1]) or _YEAR.search(_NUMBER.sub("", body))
    if named is None or int(named[1]) not in YEARS:
        raise bad_notice("看不出通知改的是哪一年。")
    year, month, day = map(int, signed[-1].groups())
    issued = date_of(year, month, day, excerpt(signed[-1][0]))
    number = _NUMBER.search(plain)
    subject = _BESIDE_THE_NAME.sub("", title[1])[:_LONGEST_NAME]
    names = frozenset(name for name in FESTIVALS if name in title[1]) or frozenset((subject,))
    sentences = tuple(_NUMBERING.sub("", part) for part in body.split("。") if re.search(r"\d日", part))
    if not sentences:
        raise bad_notice("通知里没有放假或者上班的日期。")
    return Amendment(
        int(named[1]), names, title[0], f"{number[1]}〔{number[2]}〕{number[3]}号" if number else UNVERIFIED, issued, sentences
    )  # fmt: skip


def apply_amendment(known: YearCalendar, amendment: Amendment) -> YearCalendar:
    """The year with the change applied; both notices are named.

    Raises:
        Refusal: `amendment-without-year` (the year's own notice has not been imported), `bad-notice` (the change does
            not fit the year).
    """
    if not known.published:
        what = f"{known.year}年的放假通知还没有导入，改动通知没有可以改的安排。"
        raise Refusal("amendment-without-year", what, "请先导入这一年的放假通知。")
    reader = NoticeReader(known.year)
    extending = [found for sentence in amendment.sentences if (found := _EXTENDED.search(sentence))]
    kept = {day: named for day, named in known.days.items() if extending or named.name not in amendment.names}
    for sentence in amendment.sentences:
        _read(reader, "、".join(sorted(amendment.names)), sentence)
    changes = {**dict(_extension(known, reader, extending)), **reader.days}
    for day, named in changes.items():
        if day in kept and kept[day].off is not named.off and not extending:
            raise bad_notice(f"{chinese_date(day)}在{known.year}年的通知里另有安排（{kept[day].name}），对不上。")
    numbers = [part for part in known.number.split("、") if part] + [amendment.number]
    amended = replace(
        known,
        days=dict(sorted({**kept, **changes}.items())),
        papers=tuple(dict.fromkeys((*known.papers, amendment.title))),
        number="、".join(dict.fromkeys(numbers)),
        issued=max(filter(None, (known.issued, amendment.issued))),
    )
    if faults := faults_of(amended):
        raise bad_notice(f"按改动后的安排，{faults[0]}。")
    return amended


def _read(reader: NoticeReader, name: str, sentence: str) -> None:
    """Reads one sentence, clause by clause. A day named as off twice counts once; what cannot be read is refused."""
    rest = _EXTENDED.sub("", sentence)
    for worked in _WORKED.finditer(rest):
        for text in re.findall(DAY, worked[1]):
            day = reader.day(text, sentence)
            if day.weekday() >= 5:
                reader.add(day, CalendarDay(name, off=False), sentence)
    rest = _WORKED.sub("", rest)
    for off in _OFF.finditer(rest):
        _take_off(reader, name, sentence, off)
    if re.search(r"\d日", _OFF.sub("", rest)):
        raise bad_notice(f"看不懂“{excerpt(sentence)}”这一句。")


def _take_off(reader: NoticeReader, name: str, sentence: str, found: re.Match[str]) -> None:
    first = reader.day(found[1], sentence)
    last = reader.day(found[2], sentence, first) if found[2] else first
    length = (last - first).days + 1
    if length < 1 or any(said and int(said) != length for said in (found[3], found[4])):
        raise bad_notice(f"“{excerpt(sentence)}”：天数与日期对不上。")
    for i in range(length):
        day = first + ONE_DAY * i
        if not (known := reader.days.get(day)) or not known.off:
            reader.add(day, CalendarDay(name, off=True), sentence)


def _extension(
    known: YearCalendar, reader: NoticeReader, extending: list[re.Match[str]]
) -> list[tuple[date, CalendarDay]]:
    """The days that an extended holiday gains; days that were to be worked among them become days off."""
    gained: list[tuple[date, CalendarDay]] = []
    for found in extending:
        off = [day for day, named in known.days.items() if named.off and found[1] in named.name]
        last = reader.day(found[2], found[0])
        if not off or last <= max(off):
            raise bad_notice(f"“{excerpt(found[0])}”与{known.year}年{found[1]}的安排对不上。")
        gained += [
            (max(off) + ONE_DAY * i, CalendarDay(found[1], off=True)) for i in range(1, (last - max(off)).days + 1)
        ]
    return gained

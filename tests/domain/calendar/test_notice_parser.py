"""A notice that is pasted in: every real wording is read, and every contradiction is told with its sentence."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.calendar.notice_parser import MOST_BYTES, read_notice
from counter_assistant.domain.calendar.workdays import UNVERIFIED, CalendarDay, YearCalendar
from counter_assistant.domain.calendar.year_validation import FESTIVALS, doubts_of, faults_of
from counter_assistant.domain.refusal import Refusal
from tests.domain.published import CALENDAR, PUBLISHED
from tests.places import NOTICES

FOLDER = NOTICES


def notice(year: int) -> str:
    """The text of a year's notice in its own wording (2020 with the notice that lengthened 春节)."""
    return (FOLDER / f"{year}.txt").read_text("utf-8")


@pytest.mark.parametrize("year", range(2020, 2027))
def test_a_notice_gives_the_year_as_it_is_shipped(year: int) -> None:
    read, shipped = read_notice(notice(year)), CALENDAR.years[year]
    assert replace(read, papers=()) == replace(shipped, papers=())
    assert read.papers == (f"国务院办公厅关于{year}年部分节假日安排的通知",)
    assert list(read.days) == sorted(read.days)


@pytest.mark.parametrize("said", ["放假调休，共9天", "放假9天，共9天"])
def test_a_number_of_days_that_no_year_has_is_not_understood(said: str) -> None:
    """Python takes no number of more than 4,300 digits: such a one is a fault of the text like any other."""
    text = notice(2026).replace("放假调休，共9天", said.replace("9", "9" * 5000))
    with pytest.raises(Refusal, match="看不懂"):
        read_notice(text)


def test_every_published_year_has_a_notice_here() -> None:
    assert [int(path.stem) for path in sorted(FOLDER.glob("20[2-9]*.txt"))] == [
        year for year in PUBLISHED if year <= 2026
    ]


@pytest.mark.parametrize(
    ("of", "to"),
    [("（", "("), ("：", ":"), ("，", ","), ("〔2025〕", "[2025]"), ("1月", "１月"), ("。", "。 \u3000\n"), ("周", "星期"), ("周日", "周天")],
)  # fmt: skip
def test_marks_and_spaces_of_another_width_make_no_difference(of: str, to: str) -> None:
    assert read_notice(notice(2026).replace(of, to)) == read_notice(notice(2026))


def test_what_stands_around_a_notice_on_its_page_does_no_harm() -> None:
    page = f"首页 > 政策\n{notice(2026)}\n上一篇：国务院办公厅关于2025年部分节假日安排的通知\n国办发明电〔2018〕15号"
    assert read_notice(page) == read_notice(notice(2026))


def test_without_the_usual_ending_the_signature_ends_the_last_section() -> None:
    short = notice(2026).split("　　鼓励单位")[0] + "国务院办公厅\n2025年11月4日"
    assert read_notice(short) == read_notice(notice(2026))


def test_a_number_that_does_not_stand_there_is_marked_unverified() -> None:
    text = notice(2026).replace("国办发明电〔2025〕7号", "")
    assert read_notice(text).number == UNVERIFIED


def test_earlier_wordings_are_read_too() -> None:
    """The notice for 2014: 清明节：4月5日放假，4月7日（星期一）补休。"""
    text = notice(2026).replace("4月4日（周六）至6日（周一）放假，共3天", "4月5日放假，4月6日（星期一）补休")
    days = read_notice(text).days
    assert days[date(2026, 4, 6)] == CalendarDay("清明节", off=True)
    assert date(2026, 4, 4) not in days
    joined = notice(2023).replace("中秋节、国庆节：", "中秋节和国庆节（9月29日）：")
    assert read_notice(joined) == read_notice(notice(2023))


SPRING = "2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天"


@pytest.mark.parametrize(
    ("of", "to", "sentence"),
    [
        ("1月1日（周四）至", "1月1日（周五）至", "“1月1日（周五）至3日（周六）放假调休，共3天”：2026年1月1日是周四，不是周五。"),
        ("1月4日（周日）上班", "1月4日（周六）上班", "“1月4日（周六）上班”：2026年1月4日是周日，不是周六。"),
        ("共9天", "共8天", f"“{SPRING.replace('9天', '8天')}”：写的是8天，算下来是9天。"),
        ("5月9日（周六）上班", "5月5日（周二）上班", "“5月5日（周二）上班”：2026年5月5日既放假又上班。"),
        ("5月9日（周六）上班", "5月6日上班", "“5月6日上班”：2026年5月6日是周三，本来就上班。"),
        ("9月20日（周日）、10月10日", "10月10日（周六）、10月10日", "“10月10日（周六）、10月10日（周六）上班”：2026年10月10日写了两次。"),
        ("6月19日（周五）至21日", "6月21日（周日）至19日", "“6月21日（周日）至19日（周日）放假，共3天”：2026年6月19日是周五，不是周日。"),
        ("6月19日（周五）至21日（周日）", "6月21日至19日", "“6月21日至19日放假，共3天”：止于2026年6月19日，早于2026年6月21日。"),
        ("6月19日（周五）至21日（周日）", "6月31日至32日", "“6月31日至32日放假，共3天”：没有2026年6月31日这一天。"),
        ("6月19日（周五）", "19日（周五）", "“19日（周五）至21日（周日）放假，共3天”：19日没有写月份。"),
        ("6月19日（周五）", "2025年6月19日", "“2025年6月19日至21日（周日）放假，共3天”：2025年6月19日不是2026年的日期。"),
        ("5月9日（周六）上班", "5月9日（周六）照常工作", "看不懂“5月9日（周六）照常工作”这一句。"),
        ("五、端午节：6月19日（周五）至21日（周日）放假，共3天。", "", "2026年的通知没有端午节的放假安排。"),
        ("1月1日（周四）至3日（周六）放假调休，共3天", "1月2日至3日放假，共2天", "2026年的通知元旦1月1日没有放假。"),
        ("2025年11月4日", "", "找不到2026年放假通知的落款日期。"),
        ("2025年11月4日", "2024年11月4日", "找不到2026年放假通知的落款日期。"),
        ("2025年11月4日", "2025年11月31日", "“国务院办公厅2025年11月31日”：没有2025年11月31日这一天。"),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_with_its_sentence(of: str, to: str, sentence: str) -> None:
    text = notice(2026)
    assert of in text
    with pytest.raises(Refusal) as refused:
        read_notice(text.replace(of, to))
    assert (refused.value.code, refused.value.sentence) == ("bad-notice", sentence)
    assert refused.value.remedy


@pytest.mark.parametrize("year", range(2020, 2027))
def test_a_text_that_lost_any_one_bracket_is_refused(year: int) -> None:
    """A remark that does not close would swallow the next worked day, and every date after it would be wrong."""
    text, whole = notice(year), read_notice(notice(year))
    places = [i for i, mark in enumerate(text) if mark in "（）"]
    read = [outcome(text[:place] + text[place + 1 :]) for place in places]
    assert sum(isinstance(found, Refusal) for found in read) >= len(places) - 4, "all but those of an advice"
    assert all(found.days == whole.days for found in read if isinstance(found, YearCalendar))


def test_a_number_of_thousands_of_digits_is_no_day_and_no_error() -> None:
    for mark in ("共3天", "1月1日", "〔2025〕7号"):
        with pytest.raises(Refusal) if mark != "〔2025〕7号" else nullcontext():
            read_notice(notice(2026).replace(mark, mark[0] + "9" * 4300 + mark[1:]))


def test_a_notice_without_sections_lacks_every_holiday() -> None:
    text = "国务院办公厅关于2027年部分节假日安排的通知 国务院办公厅 2026年11月3日"
    with pytest.raises(Refusal, match="2027年的通知没有元旦的放假安排"):
        read_notice(text)


@pytest.mark.parametrize("year", ["0000", "2013", "2101", "9999"])
def test_a_year_far_away_is_refused(year: str) -> None:
    far = notice(2026).replace("2026", year) + f"延长{year}年春节假期至12月31日，1月1日起正常上班"
    with pytest.raises(Refusal, match="不在 2014 到 2100 年之间"):
        read_notice(far)
    assert faults_of(replace(CALENDAR.years[2026], year=int(year))) == [f"{int(year)}年不在 2014 到 2100 年之间"]


def test_two_years_in_one_text_are_refused() -> None:
    with pytest.raises(Refusal, match="2025、2026年的放假安排，不知道要哪一年"):
        read_notice(notice(2025) + notice(2026))


@pytest.mark.parametrize(
    "text", ["", "元旦放假三天", "关于2027年春节放假的通知", "国务院办公厅关于延长2020年春节假期的通知"]
)
def test_what_is_no_notice_is_refused(text: str) -> None:
    with pytest.raises(Refusal) as refused:
        read_notice(text)
    assert refused.value.code == "not-a-notice"


def test_a_text_that_is_too_large_is_refused() -> None:
    text = notice(2026)
    room = MOST_BYTES - len(text.encode())
    assert read_notice(text + "x" * room) == read_notice(text)
    with pytest.raises(Refusal) as refused:
        read_notice(text + "x" * (room + 1))
    assert refused.value.code == "notice-too-large"


@pytest.mark.parametrize(
    ("of", "to"),
    [
        ("延长2020年", "延长2021年"),
        ("至2月2日（农历正月初九，星期日），2月3日（星期一）", "至1月29日（星期三），1月30日（星期四）"),
        ("2月3日（星期一）起", "2月4日（星期二）起"),
        ("春节：", "春运："),
    ],
)
def test_an_extension_that_does_not_fit_is_refused(of: str, to: str) -> None:
    text = notice(2020)
    assert of in text
    with pytest.raises(Refusal, match=r"2020年春节|春运"):
        read_notice(text.replace(of, to))


def outcome(text: str) -> YearCalendar | Refusal:
    try:
        return read_notice(text)
    except Refusal as refusal:
        return refusal


@given(st.integers(2021, 2026), st.data())
def test_a_text_that_lost_a_piece_is_read_right_or_doubted_or_refused(year: int, data: st.DataObject) -> None:
    """Whatever is cut out by a slip of the mouse, no other calendar comes of it unnoticed."""
    text, whole = notice(year), read_notice(notice(year))
    start = data.draw(st.integers(0, len(text)))
    read = outcome(text[:start] + text[start + data.draw(st.integers(1, 60)) :])
    if isinstance(read, YearCalendar):
        assert read.days == whole.days or doubts_of(read)
    else:
        assert read.sentence.endswith("。")


@given(st.text(max_size=300))
def test_any_text_gives_a_year_or_a_sentence(text: str) -> None:
    for given_text in (text, notice(2026) + text, notice(2026).replace("放假", text)):
        read = outcome(given_text)
        assert read.sentence if isinstance(read, Refusal) else faults_of(read) == []


def test_a_worked_day_that_was_left_out_is_doubted() -> None:
    assert [year for year in PUBLISHED if doubts_of(CALENDAR.years[year])] == [2020], "lengthened by a later notice"
    assert doubts_of(replace(CALENDAR.years[2020], published=False)) == []
    far = notice(2022).replace("10月8日（星期六）", "1月8日（星期六）")
    assert doubts_of(read_notice(far)) == ["2022年1月8日上班，离国庆节太远。请核对月份。"]
    short = read_notice(notice(2026).replace("1月4日（周日）上班。", ""))
    assert doubts_of(short) == ["放假的工作日 19 天，调休上班 5 天，相差 14 天；法定节日应是 13 天。请逐日核对通知。"]


def test_a_year_that_cannot_be_true_is_told() -> None:
    sound = CALENDAR.years[2026]
    assert faults_of(sound) == []
    bare = replace(sound, days={})
    assert faults_of(bare) == [f"没有{name}的放假安排" for name in FESTIVALS]
    assert faults_of(replace(bare, published=False)) == []
    stray = {date(2025, 11, 30): CalendarDay("元旦", True), date(2025, 12, 31): CalendarDay("元旦", True)}
    assert faults_of(replace(bare, published=False, days=stray)) == ["2025年11月30日不是2026年的日期"]
    worked = {date(2026, 5, 6): CalendarDay("劳动节", False), date(2026, 5, 9): CalendarDay("劳动节", False)}
    assert faults_of(replace(bare, published=False, days=worked)) == [
        "2026年5月6日是周三，本来就上班，不能写成调休上班"
    ]
    reversed_days = {**sound.days, date(2026, 10, 3): CalendarDay("国庆节", False)}
    assert faults_of(replace(sound, days=reversed_days)) == ["国庆节10月3日没有放假"]

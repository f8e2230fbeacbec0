"""A notice that changes a few days of a year: laid over what is known, both numbers kept, nothing passed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_assistant.domain.calendar.notice_amendment import apply_amendment, is_amendment, read_amendment
from counter_assistant.domain.calendar.notice_parser import read_notice
from counter_assistant.domain.calendar.workdays import UNVERIFIED, CalendarDay, YearCalendar
from counter_assistant.domain.calendar.year_validation import faults_of
from counter_assistant.domain.refusal import Refusal
from tests.domain.published import CALENDAR
from tests.places import NOTICES

FOLDER = NOTICES
LABOUR, SEPTEMBER, SPRING = (
    (FOLDER / "amending" / f"{name}.txt").read_text("utf-8")
    for name in ("2019-labour-day", "2015-september-3", "2020-spring")
)
Y2019 = read_notice((FOLDER / "2019.txt").read_text("utf-8"))
Y2020 = read_notice((FOLDER / "2020.txt").read_text("utf-8").split("国务院办公厅关于延长")[0])


def a_2015() -> YearCalendar:
    """2015 with the festivals of 2019: what matters is that nothing but early September changes."""
    days = {day.replace(year=2015): named for day, named in Y2019.days.items() if named.off and day.year == 2019}
    return replace(Y2019, year=2015, days=days, number="国办发明电〔2014〕28号", issued=date(2014, 12, 16))


def test_one_festival_is_arranged_anew() -> None:
    """国办发明电〔2019〕3号 gave 劳动节 four days and two worked Sundays in place of the one day of the year's own notice."""
    assert Y2019.days[date(2019, 5, 1)].off
    assert date(2019, 5, 2) not in Y2019.days
    changed = apply_amendment(Y2019, read_amendment(LABOUR))
    labour = {day: named.off for day, named in changed.days.items() if named.name == "劳动节"}
    assert labour == {
        date(2019, 4, 28): False, date(2019, 5, 1): True, date(2019, 5, 2): True, date(2019, 5, 3): True,
        date(2019, 5, 4): True, date(2019, 5, 5): False,
    }  # fmt: skip
    others = {day: named for day, named in Y2019.days.items() if named.name != "劳动节"}
    assert {day: named for day, named in changed.days.items() if named.name != "劳动节"} == others
    assert changed.number == "国办发明电〔2018〕15号、国办发明电〔2019〕3号"
    assert changed.issued == date(2019, 3, 22)
    assert [len(papers) for papers in (Y2019.papers, changed.papers)] == [1, 2]
    assert list(changed.days) == sorted(changed.days)


def test_laid_over_twice_it_is_the_same() -> None:
    once = apply_amendment(Y2019, read_amendment(LABOUR))
    assert apply_amendment(once, read_amendment(LABOUR)) == once


def test_a_holiday_is_lengthened_and_what_was_to_be_worked_within_it_is_off() -> None:
    assert not Y2020.days[date(2020, 2, 1)].off
    changed = apply_amendment(Y2020, read_amendment(SPRING))
    assert changed.days == CALENDAR.years[2020].days
    assert changed.number == CALENDAR.years[2020].number
    assert changed.issued == CALENDAR.years[2020].issued


def test_a_day_off_that_comes_once_has_its_own_name() -> None:
    amendment = read_amendment(SEPTEMBER)
    assert (amendment.year, amendment.number) == (2015, "国发明电〔2015〕1号")
    changed = apply_amendment(a_2015(), amendment)
    new = {day: named for day, named in changed.days.items() if day not in a_2015().days}
    assert {day: named.off for day, named in new.items()} == {
        date(2015, 9, 3): True, date(2015, 9, 4): True, date(2015, 9, 5): True, date(2015, 9, 6): False,
    }  # fmt: skip
    assert {named.name for named in new.values()} == {"中国人民抗日战争暨世界反法西斯战争胜利70周年纪念日"}
    assert faults_of(changed) == []


def test_a_festival_that_the_law_did_not_know_is_read() -> None:
    text = SEPTEMBER.replace("中国人民抗日战争暨\n世界反法西斯战争胜利70周年纪念日\n调休放假", "2015年某某节放假安排")
    names = {named.name for named in apply_amendment(a_2015(), read_amendment(text)).days.values()}
    assert "某某节" in names


@pytest.mark.parametrize(("text", "change"), [(LABOUR, True), (SEPTEMBER, True), (SPRING, True), ("放假", False)])
def test_a_change_is_told_from_the_notice_of_a_year(text: str, change: bool) -> None:
    assert is_amendment(text) is change
    assert not is_amendment((FOLDER / "2019.txt").read_text("utf-8"))
    assert not is_amendment((FOLDER / "2020.txt").read_text("utf-8")), "the year's notice stands above the change"


@pytest.mark.parametrize(
    ("text", "of", "to", "sentence"),
    [
        (LABOUR, "共4天", "共5天", "“2019年5月1日至4日放假调休，共5天”：天数与日期对不上。"),
        (LABOUR, "5月1日至4日", "5月4日至1日", "“2019年5月4日至1日放假调休，共4天”：天数与日期对不上。"),
        (LABOUR, "（星期日）、5月", "（星期六）、5月", "“4月28日（星期六）、5月5日（星期日）上班”：2019年4月28日是周日，不是周六。"),
        (LABOUR, "4月28日（星期日）、", "2月10日（星期日）、", "2019年2月10日在2019年的通知里另有安排（春节），对不上。"),
        (LABOUR, "放假调休，共4天", "照常", "看不懂“2019年5月1日至4日照常”这一句。"),
        (LABOUR, "5月5日（星期日）上班", "5月5日（星期日上班", "看不懂"),
        (LABOUR, "调整2019年", "调整2101年", "看不出通知改的是哪一年。"),
        (LABOUR, "5月1日至4日放假调休，共4天。4月28日（星期日）、5月5日（星期日）上班。", "", "通知里没有放假或者上班的日期。"),
        (LABOUR, "2019年3月22日", "2019年3月32日", "“国务院办公厅2019年3月32日”：没有2019年3月32日这一天。"),
        (LABOUR, "5月1日至4日放假调休，共4天", "5月2日至4日放假调休，共3天", "按改动后的安排，劳动节5月1日没有放假。"),
    ],
)  # fmt: skip
def test_a_contradiction_is_told(text: str, of: str, to: str, sentence: str) -> None:
    assert of in text
    with pytest.raises(Refusal) as refusal:
        apply_amendment(Y2019, read_amendment(text.replace(of, to)))
    assert refusal.value.code == "bad-notice"
    assert sentence in refusal.value.sentence


@pytest.mark.parametrize("to", ["1月29日（星期三）", "1月30日（星期四）"])
def test_an_extension_that_ends_within_the_holiday_is_refused(to: str) -> None:
    with pytest.raises(Refusal, match="对不上"):
        apply_amendment(Y2020, read_amendment(SPRING.replace("2月2日（农历正月初九，星期日）", to)))
    with pytest.raises(Refusal, match="对不上"):
        apply_amendment(Y2020, read_amendment(SPRING.replace("春节", "重阳节")))


@pytest.mark.parametrize("lost", ["国务院办公厅关于调整2019年劳动节假期安排的通知", "国务院办公厅\n2019年3月22日"])
def test_what_is_no_notice_of_a_change_is_refused(lost: str) -> None:
    with pytest.raises(Refusal) as refusal:
        read_amendment(LABOUR.replace(lost, ""))
    assert refusal.value.code == "not-a-notice"


def test_a_year_without_its_notice_cannot_be_changed() -> None:
    with pytest.raises(Refusal) as refusal:
        apply_amendment(replace(Y2019, published=False), read_amendment(LABOUR))
    assert refusal.value.code == "amendment-without-year"


def test_a_number_that_does_not_stand_there_is_marked_unverified() -> None:
    changed = apply_amendment(Y2019, read_amendment(LABOUR.replace("国办发明电〔2019〕3号", "")))
    assert changed.number == f"国办发明电〔2018〕15号、{UNVERIFIED}"
    assert changed.days[date(2019, 5, 4)] == CalendarDay("劳动节", off=True)


@given(st.sampled_from([LABOUR, SEPTEMBER, SPRING]), st.data())
def test_a_text_that_lost_a_piece_is_refused_or_names_no_new_day(text: str, data: st.DataObject) -> None:
    """What is cut out may lose days, which the page shows before they are taken; it never makes one up."""
    base = {2019: Y2019, 2015: a_2015(), 2020: Y2020}
    whole = read_amendment(text)
    start = data.draw(st.integers(0, len(text)))
    try:
        amendment = read_amendment(text[:start] + text[start + data.draw(st.integers(1, 20)) :])
        changed = apply_amendment(base[amendment.year], amendment)
    except (Refusal, KeyError):
        return
    if amendment.year != whole.year:
        return
    right, near = apply_amendment(base[whole.year], whole), timedelta(days=31)
    known = set(right.days)
    assert all(any(abs(day - each) <= near for each in known) for day in changed.days)

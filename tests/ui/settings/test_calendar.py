"""设置页的放假日历：what is read is shown before it is taken, and every refusal stands beside its field."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QListWidget, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from counter_assistant.domain.calendar.workdays import YearCalendar
from counter_assistant.domain.entry import EntryKind
from counter_assistant.operations.office import Office
from counter_assistant.ui.settings.page import SettingsPage
from counter_assistant.ui.settings.sections.calendar import MOST_MOVED, CalendarSection
from tests.places import NOTICES
from tests.ui.counter import CONTROL, commit, nameless, press, retype, rich_labels
from tests.ui.file_dialogs import answer_file_dialog
from tests.ui.find import fault_of, find

pytestmark = pytest.mark.slow  # every test makes a page of its own

ALT = Qt.KeyboardModifier.AltModifier
MADE_UP_2027 = """国务院办公厅关于2027年部分节假日安排的通知 国办发明电〔2026〕99号
一、元旦：1月1日（周五）放假，与周末连休。二、春节：2月5日（农历除夕、周五）至10日（周三）放假，共6天。
三、清明节：4月5日（周一）放假，与周末连休。四、劳动节：5月1日（周六）至4日（周二）放假，共4天。
五、端午节：6月9日（周三）放假1天，不调休。六、中秋节：9月15日（周三）放假1天，不调休。
七、国庆节：10月1日（周五）至5日（周二）放假，共5天。
国务院办公厅 2026年11月20日"""
"""Made up for these tests: no such notice was issued."""


@pytest.fixture
def page(page: SettingsPage) -> SettingsPage:
    """The page with this section open."""
    press(Qt.Key.Key_6, ALT)
    return page


@pytest.fixture
def section(page: SettingsPage) -> CalendarSection:
    return find(page, CalendarSection)


def days(section: CalendarSection) -> QListWidget:
    return find(section, QListWidget, "放假和上班的日子")


def years(section: CalendarSection) -> QListWidget:
    return find(section, QListWidget, "放假日历的年份")


def rows(section: CalendarSection) -> list[str]:
    return [days(section).item(n).text() for n in range(days(section).count())]


def marked(section: CalendarSection) -> list[str]:
    """The rows that the list marks as changed."""
    items = [days(section).item(n) for n in range(days(section).count())]
    role = Qt.ItemDataRole.AccessibleTextRole
    return [item.text() for item in items if str(item.data(role)).endswith("变动")]


def test_the_years_say_whether_they_are_published_and_where_they_come_from(section: CalendarSection) -> None:
    role = Qt.ItemDataRole.AccessibleTextRole
    known = [years(section).item(n).data(role) for n in range(years(section).count())]
    assert known[:2] == ["2027 年　只有法定节日　未公布", "2026 年　国办发明电〔2025〕7号　2025-11-04"]
    assert len(known) == 8
    assert find(section, QPlainTextEdit).hasFocus()
    years(section).setCurrentRow(1)
    assert rows(section)[0] == "元旦：1月1日（周四）至1月3日（周六）放假，共3天"
    assert find(section, QLabel, "heading").text() == "2026 年现在这样算　国办发明电〔2025〕7号（2025年11月4日）"
    assert not find(section, QPushButton, "采用").isEnabled()


def test_a_notice_is_shown_with_its_differences_and_then_taken(
    qtbot: QtBot, page: SettingsPage, section: CalendarSection, office: Office
) -> None:
    wanted: list[YearCalendar] = []
    section.year_wanted.connect(wanted.append)
    section.moved_by = lambda year: [f"临公积金承〔2026〕{n}号　{year.year}年1月8日 → 1月11日" for n in range(1, 8)]
    commit(MADE_UP_2027)
    assert find(section, QLabel, "fault").isHidden()
    assert [year.year for year in wanted] == [2027]
    assert marked(section) == [
        "2027年2月9日 周二：工作日 → 春节放假",
        "2027年2月10日 周三：工作日 → 春节放假",
        "2027年5月3日 周一：工作日 → 劳动节放假",
        "2027年5月4日 周二：工作日 → 劳动节放假",
        "2027年10月4日 周一：工作日 → 国庆节放假",
        "2027年10月5日 周二：工作日 → 国庆节放假",
    ]
    assert rows(section)[6] == "元旦：1月1日（周五）放假，共1天"
    assert "有 6 天不同" in find(section, QLabel, "heading").text()
    assert find(section, QLabel, "doubts").isHidden()
    assert find(section, QLabel, "moved").text().splitlines()[0] == "临公积金承〔2026〕1号　2027年1月8日 → 1月11日"
    assert find(section, QLabel, "moved").text().splitlines()[MOST_MOVED:] == ["……共 7 件"]
    assert office.book.latest(EntryKind.CALENDAR) is None
    find(section, QComboBox, "由谁再核对一遍").setCurrentIndex(
        find(section, QComboBox, "由谁再核对一遍").findText("王某")
    )
    with qtbot.waitSignal(page.calendar_changed):
        press(Qt.Key.Key_G, CONTROL)
    entry = office.book.latest(EntryKind.CALENDAR)
    assert entry is not None
    assert (entry.payload["clerk"], entry.payload["checked_by"]) == ("李某", "王某")
    assert office.calendar.years[2027].published
    assert find(page, QLabel, "state").text() == "2027 年的日历已采用，记入台账；以后都按它算。"
    assert years(section).item(0).text() == "2027 年　国办发明电〔2026〕99号"
    assert find(section, QPlainTextEdit).toPlainText() == ""
    assert not find(section, QPushButton, "采用").isEnabled()
    assert marked(section) == []


def test_a_refusal_stands_under_the_text_and_nothing_can_be_taken(section: CalendarSection, office: Office) -> None:
    commit(MADE_UP_2027.replace("2月5日（农历除夕、周五）", "2月5日（农历除夕、周六）"))
    assert (
        find(section, QLabel, "fault")
        .text()
        .startswith("“2月5日（农历除夕、周六）至10日（周三）放假，共6天”：2027年2月5日是周五，不是周六。")
    )
    assert not find(section, QPushButton, "采用").isEnabled()
    told: list[str] = []
    section.reported.connect(told.append)
    press(Qt.Key.Key_G, CONTROL)
    assert told == ["还没有读到新的一年，先粘贴通知或者选文件。"]
    find(section, QPlainTextEdit).clear()
    assert find(section, QLabel, "fault").isHidden()
    commit((NOTICES / "2026.txt").read_text("utf-8"))
    assert "每一天都与现在用的相同" in find(section, QLabel, "heading").text()
    assert find(section, QLabel, "doubts").isHidden()
    press(Qt.Key.Key_G, CONTROL)
    assert find(section, QLabel, "fault").text() == "2026年的日历与现在用的完全相同。不用再导入。"
    assert office.book.latest(EntryKind.CALENDAR) is None


def test_a_worked_day_that_was_left_out_is_pointed_at(section: CalendarSection) -> None:
    commit((NOTICES / "2026.txt").read_text("utf-8").replace("5月9日（周六）上班。", ""))
    assert marked(section) == ["2026年5月9日 周六：劳动节调休上班 → 休息"]
    assert find(section, QLabel, "doubts").text().startswith("放假的工作日 19 天，调休上班 5 天，相差 14 天")
    find(section, QPlainTextEdit).clear()
    assert find(section, QLabel, "doubts").isHidden()
    assert marked(section) == []


def test_a_file_is_chosen_instead(section: CalendarSection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "通知.txt"
    file.write_text(MADE_UP_2027, "utf-8")
    chosen = iter([(str(file), ""), ("", ""), (str(tmp_path / "没有.txt"), "")])
    answer_file_dialog(monkeypatch, "getOpenFileName", lambda *_: next(chosen))
    press(Qt.Key.Key_O, CONTROL)
    assert find(section, QLabel, "heading").text().startswith("读到 2027 年")
    press(Qt.Key.Key_O, CONTROL)
    assert find(section, QPushButton, "采用").isEnabled(), "nothing was chosen"
    press(Qt.Key.Key_O, CONTROL)
    assert find(section, QLabel, "fault").text().startswith("无法读取 没有.txt")
    assert not find(section, QPushButton, "采用").isEnabled()


def fill(section: CalendarSection, *texts: str) -> None:
    for key, text in zip(("first", "last", "name", "county", "number"), texts, strict=True):
        find(section, QLineEdit, f"local_{key}").setFocus()
        retype(text)


def test_a_county_holiday_is_added_and_removed(qtbot: QtBot, page: SettingsPage, office: Office) -> None:
    section = find(page, CalendarSection)
    assert find(section, QListWidget, "本县的假日").isHidden()
    fill(section, "2027-4-13", "2027-4-15", "泼水节", "耿马县", "耿政办发〔2027〕1号")
    with qtbot.waitSignal(page.calendar_changed):
        press(Qt.Key.Key_N, CONTROL)
    assert [
        find(section, QListWidget, "本县的假日").item(n).text()
        for n in range(find(section, QListWidget, "本县的假日").count())
    ] == ["泼水节（耿马县）　2027年4月13日至4月15日"]
    assert find(page, QLabel, "state").text() == "泼水节已记入本县的假日。"
    assert find(section, QLineEdit, "local_first").hasFocus()
    assert find(section, QLineEdit, "local_name").text() == ""
    fill(section, "2027-5-10", "", "摸你黑", "沧源县", "沧政办发〔2027〕2号")
    press(Qt.Key.Key_N, CONTROL)
    assert [h.name for h in office.calendar.local] == ["泼水节", "摸你黑"]
    assert find(section, QListWidget, "本县的假日").item(1).text() == "摸你黑（沧源县）　2027年5月10日"
    find(section, QListWidget, "本县的假日").setCurrentRow(0)
    find(section, QListWidget, "本县的假日").setFocus()
    press(Qt.Key.Key_Delete, CONTROL)
    assert [h.name for h in office.calendar.local] == ["摸你黑"]
    press(Qt.Key.Key_Delete, CONTROL)
    assert [h.name for h in office.calendar.local] == ["摸你黑"], "a press twice takes one"
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Delete, CONTROL)
    assert office.calendar.local == ()
    assert not find(section, QPushButton, "删除").isEnabled()


@pytest.mark.parametrize(
    ("texts", "field", "sentence"),
    [
        (("", "", "泼水节", "耿马县", "某号"), "first", "没有填日期。"),
        (("4月13日", "", "泼水节", "耿马县", "某号"), "first", "日期“4月13日”无法识别。"),
        (("2027-4-13", "下周", "泼水节", "耿马县", "某号"), "last", "日期“下周”无法识别。"),
        (("2027-4-13", "2027-4-12", "泼水节", "耿马县", "某号"), "last", "2027年4月13日至2027年4月12日不像一个假期。"),
        (("2027-4-13", "", "", "耿马县", "某号"), "name", "节日名称不能为空。"),
        (("2027-4-13", "", "泼水节", "", "某号"), "county", "县名不能为空。"),
        (("2027-4-13", "", "泼水节", "耿马县", ""), "number", "放假通知的文号不能为空。"),
    ],
)
def test_a_fault_of_a_county_holiday_stands_beside_its_field(
    section: CalendarSection, office: Office, texts: tuple[str, ...], field: str, sentence: str
) -> None:
    fill(section, *texts)
    press(Qt.Key.Key_N, CONTROL)
    assert fault_of(section, f"local_{field}") == sentence
    assert find(section, QLineEdit, f"local_{field}").hasFocus()
    assert find(section, QLabel, "message").text()
    assert office.book.latest(EntryKind.CALENDAR) is None
    retype("改")
    assert fault_of(section, f"local_{field}") == ""
    assert find(section, QLabel, "message").isHidden()


def test_what_is_shown_is_plain_and_named(page: SettingsPage) -> None:
    assert rich_labels(page) == []
    assert nameless(page) == []
    assert find(page, QPlainTextEdit).accessibleName() == "放假通知全文"

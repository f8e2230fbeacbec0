"""What is said under each picture, and the tables: the same figures for the screen, the paper, the spreadsheet and JSON."""

from __future__ import annotations

from datetime import date, time

import pytest

from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.report.counted import Arrival, ClosedCase, Counted, Counts, Lacking, ToldMatter
from counter_assistant.domain.report.pictures import Subject
from counter_assistant.domain.report.printed import PrintedReport
from counter_assistant.domain.report.report import Report, report_of
from counter_assistant.domain.report.sentences import Advice
from counter_assistant.domain.report.span import Span

MONDAY, CLOSING, NOVEMBER = date(2026, 11, 23), time(17, 30), Span(2026, 11)


def came(day: int, n: int, clock: str = "09:00") -> list[Arrival]:
    return [Arrival(f"{day}-{i}", f"2026-11-{day:02}T{clock}:00+08:00") for i in range(n)]


def told(item: str, right: int, wrong: int = 0, late: tuple[str, ...] = ()) -> list[ToldMatter]:
    name = f"事项{item}"
    return [ToldMatter("r", item, name, True, True)] * right + [
        ToldMatter("w", item, name, True, False, frozenset(late))
    ] * wrong


NOTHING = Counted()


def made(now: Counted, before: Counted = NOTHING, *, unfinished: bool = False) -> Report:
    return report_of(NOVEMBER, now, before, CLOSING, unfinished=unfinished)


def advice(subject: Subject, **now: object) -> Advice:
    return made(Counted(**{name: tuple(values) for name, values in now.items()})).picture(subject).advice  # type: ignore[arg-type]


def test_where_nothing_is_there_it_says_what_will_be() -> None:
    said = [one.advice.words for one in made(Counted()).pictures]
    assert [words[:6] for words in said] == ["还没有人来：", "还没有再次来", "还没有办结的", "没有等补材料"]
    assert [one.advice.item for one in made(Counted()).pictures] == [""] * 4


def test_the_busiest_hour_and_what_came_after_closing() -> None:
    said = advice(Subject.VISITS, arrivals=[*came(23, 3), *came(23, 2, "10:00"), *came(23, 4, "18:00")])
    assert said == Advice("9 点人最多，这个钟点请多开窗口；下班以后 4 次（延时服务）。")
    assert advice(Subject.VISITS, arrivals=came(23, 2, "12:10")).words == "都在中午或者开门以前。"


def test_days_of_the_week_are_compared_by_a_usual_one_of_each() -> None:
    """Monday 30 and 20, Wednesday 20: 25 of a usual Monday are a quarter more than 20."""
    arrivals = [*came(2, 30), *came(9, 20), *came(4, 20)]
    assert advice(Subject.VISITS, arrivals=arrivals).words == "9 点人最多，这个钟点请多开窗口；周一最多，比周三多 25%。"


FEW = [[(2, 30), (4, 19)], [(2, 30)], [(2, 20), (4, 20)], [(2, 109), (4, 100)]]


def test_a_tenth_more_is_worth_saying() -> None:
    assert advice(Subject.VISITS, arrivals=[*came(2, 22), *came(4, 20)]).words.endswith("；周一最多，比周三多 10%。")


@pytest.mark.parametrize("few", FEW)
def test_no_rate_of_days_that_are_too_few_or_alike(few: list[tuple[int, int]]) -> None:
    said = advice(Subject.VISITS, arrivals=[one for day, n in few for one in came(day, n)])
    assert said.words == "9 点人最多，这个钟点请多开窗口。"


def test_the_item_that_lacks_most_is_named_with_its_sentence() -> None:
    matters = [*told("B05", 18, 3, ("契税完税凭证", "户口簿")), *told("B05", 0, 1, ("契税完税凭证",)), *told("B01", 40)]
    said = advice(Subject.TOLD, told=[*matters, *told("B09", 0, 5, ("结婚证",))])
    assert said == Advice(
        "事项B05：第二次才说到最多的是“契税完税凭证”（4 件），请把目录里这一句写明。不足 20 件的不列，不比人。",
        "B05",
    )


def test_a_lack_without_a_material_is_named_all_the_same() -> None:
    said = advice(Subject.TOLD, told=told("B05", 19, 1))
    assert said == Advice("事项B05：有第二次才说清的，请把目录里这一句写明。不足 20 件的不列，不比人。", "B05")


def test_two_materials_that_are_late_alike_are_named_by_their_order() -> None:
    said = advice(Subject.TOLD, told=[*told("B05", 18, 1, ("乙",)), *told("B05", 0, 1, ("甲",))])
    assert "“乙”（1 件）" in said.words  # U+4E59 before U+7532


def test_of_what_was_told_there_is_nothing_to_mend() -> None:
    assert advice(Subject.TOLD, told=told("B05", 25)).words == "列出的事项第一次就都说清了。不足 20 件的不列，不比人。"
    assert advice(Subject.TOLD, told=told("B05", 3, 2)) == Advice("不足 20 件的不列，不比人。")


def closed(*days: int) -> list[ClosedCase]:
    """Cases of the 23rd with three days, closed on these days."""
    return [ClosedCase(f"c{day}", MONDAY, MONDAY.replace(day=day), MONDAY.replace(day=26)) for day in days]


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ((23, 26, 27, 28), "超期 2 件：点开看卡在哪一步；办不完的，在到期以前告知延期。"),
        ((23, 26), "没有超期。1 件到期当天才办结：可以每天先看“三工作日内”的清单。"),
        ((23, 24), "没有超期，也没有拖到最后一天的。"),
    ],
)
def test_what_is_said_of_promises(days: tuple[int, ...], words: str) -> None:
    assert advice(Subject.PROMISES, closed=closed(*days)).words == words


def test_what_is_missing_most_is_named() -> None:
    said = advice(Subject.WAITING, lacking=[Lacking("a", "结婚证", mend=True)])
    assert said.words == "“结婚证（须改）”最多：有人来问，先说这一样。点一行看办件。"


def whole() -> Report:
    now = Counted(
        (*came(23, 2), *came(23, 1, "18:00")), (*told("B05", 18, 2, ("户口簿",)), *told("B01", 4)), tuple(closed(23, 27)),
        (Lacking("a", "结婚证"), Lacking("b", "结婚证")),
        Counts({SlipKind.RECEIPT: 1, SlipKind.NOTIFICATION_SLIP: 7}, 1, 2, 3),
    )  # fmt: skip
    before = Counted(
        tuple(came(2, 5)), tuple(told("B05", 20)), tuple(closed(23)), (Lacking("z", "户口簿"),),
        Counts({SlipKind.GUIDANCE: 4}, 0, 1, 0),
    )  # fmt: skip
    return made(now, before, unfinished=True)


def test_the_tables_stand_beside_the_period_before() -> None:
    done, hours, right, kept, lacking = whole().sections
    assert [column.head for column in done.columns] == ["", "11月", "10月"]
    assert done.rows == (
        ("来人来电", 3, 5), ("出具文书", 8, 4), ("　一次性告知单", 7, 0), ("　收件回执", 1, 0), ("　指引单", 0, 4),
        ("口头告知", 3, 0), ("作废", 1, 0), ("补打", 2, 1),
    )  # fmt: skip
    assert (hours.rows[0], hours.rows[1], hours.rows[-1]) == (("8 点", 0, 0), ("9 点", 2, 5), ("17:30后", 1, 0))
    assert [column.head for column in right.columns] == ["事项", "件数", "一次说清", "占 %", "10月 %"]
    assert right.rows == (("事项B05", 20, 18, 90, 100), ("各不足 20 件的事项", 4, "—", "—", "—"))
    assert kept.rows == (("当天", 1, 1), ("提前", 0, 0), ("到期当天", 0, 0), ("超期", 1, 0))
    assert lacking.rows == (("结婚证", 2, 0),)
    assert [section.title for section in whole().sections] == [
        "办了什么", "什么时候人多", "一次说清了吗", "承诺守住了吗", "在等什么",
    ]  # fmt: skip
    assert [section.words for section in whole().sections][2].startswith("事项B05：")
    assert done.words == ""


def test_what_is_counted_is_added_up_and_a_rate_is_not() -> None:
    done, *pictures = whole().sections
    assert done.columns == (("", 24, False), ("11月", 8, False), ("10月", 8, False))
    rates = (("事项", 24, False), ("件数", 8, True), ("一次说清", 8, True), ("占 %", 8, False), ("10月 %", 8, False))
    compared = (("", 24, False), ("11月", 8, True), ("10月", 8, True))
    assert [section.columns for section in pictures] == [compared, rates, compared, compared]


def test_of_an_item_without_a_rate_before_there_is_nothing_to_compare() -> None:
    right = made(Counted(told=tuple(told("B05", 20)))).sections[2]
    assert right.rows == (("事项B05", 20, 20, 100, "—"),)


def test_json_says_the_same_under_its_keys() -> None:
    said = whole().to_payload()
    assert list(said) == ["period", "before", "unfinished", "done", "pictures"]
    assert (said["period"], said["before"], said["unfinished"]) == ("2026-11", "2026-10", True)
    assert said["done"][0] == {"name": "来人来电", "count": 3, "before": 5}
    visits, right, kept, lacking = said["pictures"]
    assert [one["id"] for one in said["pictures"]] == ["visits", "told", "promises", "waiting"]
    assert list(right) == ["id", "title", "total", "before", "left_out", "words", "bars"]
    assert (right["title"], right["total"], right["before"], right["left_out"]) == ("一次说清了吗", 24, 20, 4)
    assert right["bars"] == [{"key": "B05", "label": "事项B05", "count": 18, "of": 20, "percent": 90, "before": 100}]
    assert visits["bars"][1] == {"key": "9", "label": "9", "count": 2, "before": 5}
    assert kept["bars"][-1] == {"key": "overdue", "label": "超期", "count": 1, "before": 0}
    assert lacking["bars"] == [{"key": "结婚证", "label": "结婚证", "count": 2, "before": 0}]
    nothing = made(Counted(told=tuple(told("B05", 20)))).to_payload()["pictures"][1]
    assert nothing["bars"][0]["before"] is None


def test_nobody_is_named_in_it() -> None:
    """What is counted has no clerk: nobody can be ranked by what never was there."""
    fields = {name for kind in (Arrival, ToldMatter, ClosedCase, Lacking) for name in kind._fields}
    assert fields == {
        "case",
        "time",
        "item",
        "name",
        "known",
        "right",
        "late",
        "began",
        "closed",
        "due",
        "overdue",
        "mend",
    }


def test_every_text_of_the_paper_is_known_before_it_is_set() -> None:
    printed = PrintedReport(whole(), "中心", "窗口月报告", "示例", "2026年11月", ("带班领导：",), ("注",))
    texts = "".join(printed.texts())
    for said in (
        "中心",
        "窗口月报告",
        "示例",
        "带班领导：",
        "注",
        "事项B05",
        "结婚证",
        "17:30后",
        "一次说清",
        "超期 1 件",
        "第页共件",
    ):
        assert said in texts

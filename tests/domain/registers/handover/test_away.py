"""Who is away and who stands in: what the entries say one after the other, and what may not be handed over."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.handover.away import (
    Away,
    Handovers,
    check_leaving,
    check_returning,
    stand_ins,
)
from counter_assistant.domain.registers.handover.entries import HandedBack, HandedCase, HandedLine, Handover
from counter_assistant.domain.registers.handover.handover_forms import Leaving
from counter_assistant.domain.registers.settling import Answered, RegisterWithdrawn

CASE = HandedCase(
    "c-1", "临公积金告〔2026〕1号", "租房提取", "岩**", "待补材料", "到受理台", "2026-11-25", "2026-11-26"
)
SAID = Handover(
    "0001", "0002", "0003", "2026-11-24", "2026-11-25", "2026-11-26", "training", (CASE,), (HandedLine("咨询", "问额度", ""),),
    "", "业务专用章 1 枚 编号 03", "", "", "", "", "0001",
)  # fmt: skip
BACK = HandedBack(7, "2026-11-26", "0003", (CASE,), (), "", "", "", "", "", "", "", "0001")
TODAY, BEFORE = date(2026, 11, 24), date(2026, 11, 23)


def away(who: str = "0001", receiver: str = "0002", since: str = "2026-11-24", until: str = "2026-11-25") -> Away:
    return Away(7, replace(SAID, who=who, receiver=receiver, since=since, until=until))


def followed(*entries: tuple[int, object]) -> Handovers:
    made = Handovers()
    for seq, said in entries:
        made.add(seq, said)
    return made


class TestHandovers:
    def test_who_handed_over_is_away_until_the_return(self) -> None:
        assert followed((7, SAID)).open == (Away(7, SAID),)
        assert followed((7, SAID), (9, BACK)).open == ()

    def test_a_return_that_was_taken_back_did_not_happen(self) -> None:
        taken_back = RegisterWithdrawn(7, "记错", "0001")
        assert followed((7, SAID), (9, BACK), (10, taken_back)).open == (Away(7, SAID),)
        assert followed((7, SAID), (9, BACK), (10, taken_back), (11, taken_back)).open == ()
        assert followed((7, SAID), (9, BACK), (10, taken_back), (12, BACK)).open == ()

    def test_a_handover_that_was_taken_back_did_not_happen(self) -> None:
        made = followed((7, SAID), (8, RegisterWithdrawn(7, "不走了", "0001")))
        assert (made.open, made.last_things("0001")) == ((), None)

    def test_what_is_about_something_else_changes_nothing(self) -> None:
        others = (8, RegisterWithdrawn(3, "别的", "0001")), (9, Answered(3, "答了", "", "", "0001")), (10, None)
        assert followed((7, SAID), *others).open == (Away(7, SAID),)

    def test_the_last_handover_of_a_person_says_what_they_usually_give(self) -> None:
        later, other = replace(SAID, seals="受理章 1 枚"), replace(SAID, who="0004", seals="别人的章 1 枚")
        made = followed((7, SAID), (8, later), (9, other))
        assert made.last_things("0001") == later
        assert made.last_things("0002") is None


class TestStandIns:
    def test_from_the_first_day_on_whatever_day_was_planned_for_the_return(self) -> None:
        assert stand_ins([away()], BEFORE) == {}
        for day in (TODAY, date(2026, 11, 25), date(2026, 12, 24)):
            assert stand_ins([away()], day) == {"0001": "0002"}

    def test_who_stands_in_for_one_who_is_away_as_well_acts_for_both(self) -> None:
        chain = [away(), away("0002", "0003")]
        assert stand_ins(chain, TODAY) == {"0001": "0003", "0002": "0003"}
        assert stand_ins([away(), away("0002", "0003", since="2026-11-25")], TODAY) == {"0001": "0002"}

    def test_in_a_ring_nobody_stands_in(self) -> None:
        assert stand_ins([away(), away("0002", "0001"), away("0005", "0004")], TODAY) == {"0005": "0004"}


LEAVING = Leaving("0001", TODAY, date(2026, 11, 25), "培训", "0002", "0003", {}, "")


def refused(leaving: Leaving, *others: Away, today: date = TODAY) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        check_leaving(leaving, others, today, lambda who: f"[{who}]")
    assert refusal.value.remedy
    return refusal.value


class TestCheckLeaving:
    def test_three_different_people_sign(self) -> None:
        check_leaving(LEAVING, (), TODAY, str)
        own = refused(LEAVING._replace(receiver="0001"))
        assert (own.code, own.sentence, own.remedy) == (
            "own-receiver",
            "接替的人就是离岗的[0001]。",
            "请选另一位接替。",
        )
        for witness in ("0001", "0002"):
            seen = refused(LEAVING._replace(witness=witness))
            assert seen.code == "own-witness"
            assert f"[{witness}]" in seen.sentence
            assert seen.remedy == "请选另一位监交，如科室负责人。"

    @pytest.mark.parametrize(
        ("since", "until", "meets"),
        [
            ("2026-11-20", "2026-11-24", True),
            ("2026-11-25", "2026-11-27", True),
            ("2026-11-26", "2026-11-27", False),
            ("2026-11-20", "2026-11-23", True),  # nobody has returned from it: it lasts until today
        ],
    )
    def test_a_second_absence_over_the_first_is_refused(self, since: str, until: str, meets: bool) -> None:
        other = away("0001", "0004", since, until)
        if not meets:
            check_leaving(LEAVING, [other], TODAY, str)
            return
        refusal = refused(LEAVING, other)
        assert (refusal.code, f"[0001] {since} 至 {until}" in refusal.sentence) == ("handover-overlaps", True)
        assert refusal.remedy == "已经回来的，请先在登记页选中那一次，按 F9 记返岗交回；记错了的，按 F8 撤销。"

    def test_those_of_others_and_those_before_do_not_hide_the_one_that_is_in_the_way(self) -> None:
        others = away("0004", "0005"), away("0002", "0004")
        assert refused(LEAVING, *others).code == "receiver-away"
        before = away("0002", "0004", "2026-12-20", "2026-12-21")
        assert refused(LEAVING, before, away("0001", "0004", "2026-11-25", "2026-11-27")).code == "handover-overlaps"

    def test_an_absence_that_is_over_before_a_later_one_begins_is_in_nobodys_way(self) -> None:
        later = LEAVING._replace(since=date(2026, 12, 1), until=date(2026, 12, 2))
        check_leaving(later, [away()], TODAY, str)

    def test_who_is_away_takes_nothing_over(self) -> None:
        refusal = refused(LEAVING, away("0002", "0004"))
        assert (refusal.code, "由[0004]接替" in refusal.sentence) == ("receiver-away", True)
        assert refusal.sentence.startswith("[0002] ")
        assert refusal.remedy == "请选另一位接替；已经回来的，请先记返岗交回。"
        check_leaving(LEAVING, [away("0004", "0005")], TODAY, str)


class TestCheckReturning:
    def test_only_who_has_left_returns(self) -> None:
        assert check_returning(away(), TODAY) == away()
        with pytest.raises(Refusal) as refusal:
            check_returning(None, TODAY)
        assert (refusal.value.code, refusal.value.sentence) == ("not-away", "没有等着交回的工作交接。")
        assert refusal.value.remedy == "请在登记页选中那一次离岗；没有办过交接的，不用交回。"
        with pytest.raises(Refusal) as refusal:
            check_returning(away(), BEFORE)
        assert (refusal.value.code, "2026-11-24" in refusal.value.sentence) == ("not-left-yet", True)
        assert refusal.value.remedy == "不走了的，按 F8 撤销这次交接。"


class TestEntries:
    def test_they_are_read_as_strictly_as_they_were_written(self) -> None:
        assert Handover.from_payload({"schema": 1, **SAID.to_payload()}) == SAID
        assert HandedBack.from_payload(BACK.to_payload()) == BACK
        assert SAID.to_payload()["cases"] == [CASE.to_payload()]

    @pytest.mark.parametrize(
        "wrong", [{"who": 1}, {"cases": [{**CASE.to_payload(), "due": None}]}, {"lines": [{"sort": "a", "text": "b", "due": 3}]}]
    )  # fmt: skip
    def test_what_is_of_another_sort_is_refused(self, wrong: dict[str, object]) -> None:
        with pytest.raises(ValueError, match="another sort"):
            Handover.from_payload(SAID.to_payload() | wrong)

    def test_a_return_names_its_handover_by_number(self) -> None:
        with pytest.raises(ValueError, match="of is of another sort"):
            HandedBack.from_payload(BACK.to_payload() | {"of": "7"})

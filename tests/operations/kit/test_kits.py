"""停电备用单 from the numbers to the record: none is given twice, each is recorded once, and the record is the paper."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pypdfium2
import pytest

from counter_assistant.domain.assessment.facts import Facts
from counter_assistant.domain.cases.act_entry import ActRecorded
from counter_assistant.domain.catalogue.usual_items import USUAL
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.roles import Permission, Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import pdf_of, show, void
from counter_assistant.operations.archive.verifying import verify
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.kit import blanks, kits
from counter_assistant.operations.kit.kits import BlankState, blanks_out, find_blank, known_blanks, newest_out, outdated
from counter_assistant.operations.kit.printing import pdf_of_kit, print_kit, void_all, void_blanks
from counter_assistant.operations.kit.recording import record_blank
from counter_assistant.operations.office import Office, open_office
from tests.make import NOW, SINGLE, a_request, an_office, text_of
from tests.operations.kit.kits import Outage, paper


def refused(code: str) -> pytest.RaisesExc[Refusal]:
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


@pytest.fixture
def outage(tmp_path: Path) -> Iterator[Outage]:
    with closing(Outage(tmp_path)) as made:
        yield made


def states(office: Office) -> list[BlankState]:
    return [known.state for known in known_blanks(office)]


def test_a_kit_takes_numbers_of_its_own_and_is_in_the_book_before_it_is_printed(outage: Outage) -> None:
    """GIVEN an office that has issued nothing WHEN it prints a kit THEN it is of the nine items that are asked for most."""
    office, kit = outage.office, outage.kit
    assert [each.item for each in kit.printed.items] == list(USUAL)
    assert [known.number for known in known_blanks(office)] == [f"临公积金耿一备〔2026〕{n}号" for n in range(1, 10)]
    assert [entry.kind for entry in office.book.entries()][-2:] == [EntryKind.SERIES_STARTED, EntryKind.KIT_PRINTED]
    assert office.book.check().problems == []
    assert issue_slip(office, a_request(answers=SINGLE)).slip.number.endswith("告〔2026〕1号")  # type: ignore[union-attr]


def test_the_items_of_a_kit_are_those_that_are_issued_most(tmp_path: Path) -> None:
    with closing(Outage(tmp_path)) as outage:
        for n in range(2):
            issue_slip(outage.office, a_request("D03", request_id=f"{n}"))
        assert blanks.items_of_kit(outage.office) == ["D03", *USUAL[:8]]


def test_a_complaint_is_on_no_blank(outage: Outage, monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN an office that issued slips about complaints before they were sealed WHEN its next kit is put together THEN it has none."""
    monkeypatch.setattr(type(outage.office.archive), "most_issued", lambda *_: ["D02", "B08", "D01"])
    assert blanks.items_of_kit(outage.office)[:2] == ["B08", next(item for item in USUAL if item != "B08")]


def test_the_next_kit_goes_on_behind_the_one_before(outage: Outage) -> None:
    second = print_kit(outage.office, 2)
    assert [blank.n for blank in second.printed.blanks] == list(range(10, 28))
    assert newest_out(outage.office) == second
    assert outage.office.book.check().problems == []


def test_two_windows_never_take_the_same_numbers(
    outage: Outage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN another window that prints its kit between the look and the act THEN this one is refused, and has recorded nothing."""
    office, look = outage.office, outage.office.book.last_number
    with closing(open_office(tmp_path, lambda: outage.now)) as other:

        def overtaken(series: str) -> int:
            found = look(series)
            print_kit(other, 1)
            return found

        monkeypatch.setattr(office.book, "last_number", overtaken)
        with refused("number-passed"):
            print_kit(office, 1)
    assert [blank.blank.n for blank in known_blanks(office)] == list(range(1, 19))


def test_numbers_that_were_taken_when_the_program_ended_are_not_taken_again(
    outage: Outage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a program that ends between the two entries of a kit THEN its numbers are gone, with their reason, and the book is whole."""

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(outage.office.book, "append", end)
    with pytest.raises(KeyboardInterrupt):
        print_kit(outage.office, 1)
    with closing(open_office(tmp_path, lambda: outage.now)) as later:
        assert len(blanks_out(later)) == 9
        assert print_kit(later, 1).printed.first == 19
        assert later.book.check().problems == []


def test_in_training_every_sheet_is_a_sample(tmp_path: Path) -> None:
    with closing(an_office(tmp_path, training=True)) as office:
        text = text_of(pdf_of_kit(office, print_kit(office, 1)))
        assert text.count("样本") == text.count("第一联存档") + text.count("第二联交当事人")


@pytest.mark.parametrize("each", [0, 10])
def test_a_kit_has_from_one_to_nine_of_each(outage: Outage, each: int) -> None:
    with refused("bad-kit-size"):
        print_kit(outage.office, each)
    assert len(kits.kits(outage.office)) == 1


def test_its_sheets_are_two_copies_of_every_blank_that_is_out(outage: Outage) -> None:
    text = text_of(pdf_of_kit(outage.office, outage.kit))
    labels = [text.count(label) for label in ("第一联存档", "第二联交当事人")]
    assert labels[0] == labels[1] == sum(text.count(f"备〔2026〕{n}号") for n in range(1, 10)) / 2
    assert all(f"备〔2026〕{n}号" in text for n in range(1, 10))
    assert text.count(outage.kit.entry.check_code) >= 18
    void_blanks(outage.office, ["1", "2"], "弄脏了")
    left = text_of(pdf_of_kit(outage.office, outage.kit))
    assert "备〔2026〕1号" not in left
    assert "备〔2026〕3号" in left
    void_all(outage.office)
    with refused("kit-used-up"):
        pdf_of_kit(outage.office, outage.kit)


@pytest.mark.parametrize("wanted", PaperFormat)
def test_a_kit_is_whole_in_every_format(outage: Outage, wanted: PaperFormat) -> None:
    """THEN every number, every box to write in and every box to tick is there, once a part; what does not fit on a half is on A4."""
    office = outage.office
    office.decide_profile(replace(office.profile, paper_formats={SlipKind.NOTIFICATION_SLIP.value: wanted.value}))
    pdf = pdf_of_kit(office, outage.kit)
    text, copies = text_of(pdf), 1 if wanted is PaperFormat.CONTINUOUS else 2
    for words in ("申请人", "代办人", "年月日时分", "经办人（签名）", "□1结婚证", "□9经公证的授权委托书"):
        assert words in text, words
    assert text.count("给您本单的经办人") == 9 * copies
    width, _ = pypdfium2.PdfDocument(pdf)[0].get_size()
    assert round(width / 72 * 25.4) == {PaperFormat.A5: 148, PaperFormat.CONTINUOUS: 241}.get(wanted, 210)


def test_what_is_recorded_is_the_paper_that_was_given_out(outage: Outage) -> None:
    """GIVEN a blank given out at 11:20 by a colleague WHEN it is recorded at 13:42 THEN the record is the paper, and its entry is of now."""
    issued = record_blank(
        outage.office,
        paper("备〔2026〕1号", situation="租房未备案", ticked="1、3", clerk="0002", agent="玉罕", relation="配偶"),
    )
    record = show(outage.office, issued.number)
    assert record.slip.number == "临公积金耿一备〔2026〕1号"
    assert record.slip.check_code == outage.kit.entry.check_code != issued.entry.check_code
    assert (record.slip.issued_at.isoformat(), issued.entry.time) == ("2026-11-23T11:20:00+08:00", outage.now)
    said = "\n".join(record.slip.draft.lines())
    for words in ("岩温", "139****3333", "玉罕（配偶）", "2026年11月23日 11:20", "租房未备案", "√1　", "□2　", "√3　"):
        assert words in said
    assert "停电时手写，补录于2026年11月23日 13:42" in said
    assert "经办人（签名）：玉罕" in said
    assert (record.row.clerk, record.row.day, record.row.other_names) == ("玉罕", "2026-11-23", ("玉罕",))
    blank = outage.kit.printed.items[0].draft
    kept = record.slip.draft.to_payload()
    assert kept["body"][1:4] == blank["body"][1:4]
    assert issued.number in text_of(pdf_of(outage.office, record))


def test_it_is_an_act_as_any_other(outage: Outage) -> None:
    """THEN a case begins with it, nothing waits to be printed, and it is known what was told."""
    issued = record_blank(outage.office, paper())
    case = outage.office.cases.get("book:kit:2026/530926/1")
    assert case is not None
    assert case.papers == (issued.number,)
    assert outage.office.prints.unprinted() == []
    facts = ActRecorded.from_payload(issued.entry.payload).facts
    assert isinstance(facts, Facts)
    assert facts.told is not None
    assert (facts.clerk, facts.day.isoformat(), facts.answers) == ("0001", "2026-11-23", {})
    assert [row.number for row in outage.office.archive.search("岩温")] == [issued.number]
    assert outage.office.book.check().problems == []


def test_recorded_twice_it_is_one_record_and_with_other_words_refused(outage: Outage) -> None:
    issued = record_blank(outage.office, paper("1", ticked="3 1"))
    again = record_blank(outage.office, paper("临公积金耿一备〔2026〕1号", ticked="1,3", clerk="0001"))
    assert (again.again, again.entry.seq) == (True, issued.entry.seq)
    with refused("request-differs"):
        record_blank(outage.office, paper("1", name="玉罕"))


def test_blanks_are_recorded_in_any_order(outage: Outage) -> None:
    recorded = [record_blank(outage.office, paper(n)) for n in ("7", "2", "9")]
    assert [one.sequence for one in recorded] == [1, 2, 3]
    assert len(blanks_out(outage.office)) == 6
    assert outage.office.book.check().problems == []


def test_a_blank_that_is_void_is_not_recorded_and_one_that_is_recorded_not_voided_as_a_blank(outage: Outage) -> None:
    office = outage.office
    assert void_blanks(office, ["2", "备〔2026〕2号"], " 弄脏了 ") == ("临公积金耿一备〔2026〕2号",)
    with refused("kit-number-void"):
        record_blank(office, paper("2"))
    with refused("kit-number-void"):
        void_blanks(office, ["3", "2"], "弄脏了")
    record_blank(office, paper("1"))
    with refused("kit-number-recorded"):
        void_blanks(office, ["1"], "弄脏了")
    assert states(office) == [BlankState.RECORDED, BlankState.VOID, *[BlankState.OUT] * 7]
    with refused("reason-missing"):
        void_blanks(office, ["3"], " ")
    void(office, "临公积金耿一备〔2026〕1号", "写错了人", copy_returned=True)
    assert states(office)[0] is BlankState.RECORDED


def test_another_window_that_was_quicker_is_noticed(
    outage: Outage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """GIVEN a blank that another window records, or voids, between the look and the act THEN it is refused and nothing is recorded."""
    office, find = outage.office, find_blank
    with closing(open_office(tmp_path, lambda: outage.now)) as other:

        def voided_meanwhile(of: Office, typed: str) -> kits.KnownBlank:
            known = find(of, typed)
            void_blanks(other, ["4"], "弄脏了")
            return known

        monkeypatch.setattr("counter_assistant.operations.kit.recording.find_blank", voided_meanwhile)
        with refused("kit-number-void"):
            record_blank(office, paper("4"))

        def recorded_meanwhile(of: Office, typed: str) -> kits.KnownBlank:
            known = find(of, typed)
            monkeypatch.undo()
            record_blank(other, paper("5"))
            return known

        monkeypatch.setattr("counter_assistant.operations.kit.printing.find_blank", recorded_meanwhile)
        with refused("kit-number-recorded"):
            void_blanks(office, ["5"], "弄脏了")
    assert [str(state) for state in states(office)[3:5]] == ["void", "recorded"]
    assert office.book.check().problems == []


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"number": "10"}, "kit-number-unknown"),
        ({"number": "告〔2026〕1号"}, "kit-number-unknown"),
        ({"number": "备"}, "bad-paper-number"),
        ({"name": " "}, "name-needed"),
        ({"phone": "岩"}, "bad-phone"),
        ({"hour": time(13, 43)}, "kit-time-ahead"),
        ({"day": date(2026, 11, 22)}, "kit-time-before"),
        ({"ticked": "99"}, "kit-no-such-box"),
        ({"ticked": "一"}, "kit-bad-ticks"),
        ({"situation": "长" * 61}, "text-too-long"),
        ({"situation": "\ue000"}, "unprintable-text"),
        ({"clerk": "9999"}, "unknown-clerk"),
    ],
)
def test_what_cannot_stand_on_the_paper_is_refused_and_nothing_is_recorded(
    outage: Outage, changed: dict[str, object], code: str
) -> None:
    before = outage.office.book.head()
    with refused(code):
        record_blank(outage.office, replace(paper(), **changed))  # type: ignore[arg-type]
    assert outage.office.book.head() == before


def test_a_character_that_no_font_draws_is_not_recorded(outage: Outage) -> None:
    with refused("missing-glyph"):
        record_blank(outage.office, paper(situation="\U0001f600"))


def test_at_a_doubtful_time_nothing_is_printed_or_recorded(outage: Outage) -> None:
    outage.now = NOW - timedelta(days=400)
    with refused("clock-doubtful"):
        record_blank(outage.office, paper())
    with refused("clock-doubtful"):
        print_kit(outage.office)


def test_a_kit_says_when_it_is_out_of_date(outage: Outage) -> None:
    """GIVEN another supervision phone THEN every blank that is out is to be replaced; voided and printed anew, none is."""
    office = outage.office
    assert outdated(office) == []
    office.decide_profile(replace(office.profile, supervision_phone="0883-2120000"))
    assert [each.item for each in outdated(office)] == list(USUAL)
    void_all(office)
    assert outdated(office) == []
    print_kit(office, 1)
    assert outdated(office) == []
    assert len(blanks_out(office)) == 9


def test_an_item_that_is_no_longer_told_is_out_of_date(outage: Outage) -> None:
    catalogue = outage.office.catalogue
    left = {item: catalogue.items[item] for item in catalogue.items if item != "B08"}
    assert [each.item for each in outdated(outage.office.under(replace(catalogue, items=left)))] == ["B08"]


def test_of_another_years_kit_a_bare_place_is_the_newest(outage: Outage) -> None:
    outage.now = NOW.replace(year=2027, month=1, day=4)
    outage.office.confirm_clock()
    print_kit(outage.office, 1)
    assert find_blank(outage.office, "1").number == "临公积金耿一备〔2027〕1号"
    assert find_blank(outage.office, " 备〔2026〕1号 ").number == "临公积金耿一备〔2026〕1号"
    assert record_blank(outage.office, paper("备〔2026〕1号")).registered.series == "kit_recorded/2026/530926"


def test_kits_that_are_settled_are_not_read_any_more_and_their_numbers_are_known(
    outage: Outage, tmp_path: Path
) -> None:
    """GIVEN a kit of which nothing is out when the next is printed THEN a later opening reads the next alone; a number of the first is
    still told to be recorded, or void."""
    office = outage.office
    record_blank(office, paper("2"))
    void_all(office)
    print_kit(office, 1)
    print_kit(office, 1)
    with closing(open_office(tmp_path, lambda: outage.now)) as later:
        assert [kit.printed.first for kit in kits.kits(later)] == [10, 19]
        assert len(known_blanks(later)) == 18
        assert [known.state for known in known_blanks(later, every=True)][:3] == [
            BlankState.VOID, BlankState.RECORDED, BlankState.VOID,
        ]  # fmt: skip
        assert find_blank(later, "2").state is BlankState.RECORDED
        with refused("kit-number-void"):
            record_blank(later, paper("1"))
        assert record_blank(later, paper("2")).again


def test_what_another_window_does_is_known_here(outage: Outage, tmp_path: Path) -> None:
    assert len(blanks_out(outage.office)) == 9
    with closing(open_office(tmp_path, lambda: outage.now)) as other:
        record_blank(other, paper("2"))
        void_blanks(other, ["3"], "弄脏了")
        print_kit(other, 1)
    assert [known.blank.n for known in blanks_out(outage.office)] == [1, *range(4, 19)]


def test_a_scanned_blank_is_found_and_verified_by_the_code_that_it_bears(outage: Outage) -> None:
    known = find_blank(outage.office, "3")
    digits = known.slip(blanks.blank_draft(outage.office, "B05"), outage.now).qr
    assert find_blank(outage.office, digits) == known
    assert not verify(outage.office, digits).genuine
    record_blank(outage.office, paper("3"))
    for code in (outage.kit.entry.check_code, show(outage.office, known.number).row.check_code):
        assert verify(outage.office, f"{known.number} {code}").agrees is True
    assert verify(outage.office, f"{known.number} 0123456789ab").agrees is False
    assert verify(outage.office, digits).genuine


def test_an_erased_record_still_counts_as_recorded(outage: Outage) -> None:
    issued = record_blank(outage.office, paper())
    outage.office.book.leave_numbers([issued.entry.seq])
    assert states(outage.office)[0] is BlankState.RECORDED


@pytest.mark.parametrize("permission", [Permission.PRINT_KIT, Permission.VOID_KIT])
def test_who_may_not_is_refused(outage: Outage, permission: Permission) -> None:
    office = outage.office
    first = replace(office.profile.clerks[0], roles=(Role.CONTENT_KEEPER.value,))
    others = [
        replace(clerk, roles=tuple(role for role in Role if role != Role.CONTENT_KEEPER))
        for clerk in office.profile.clerks[1:]
    ]
    office.decide_profile(replace(office.profile, clerks=(first, *others)))
    with refused("not-permitted"):
        print_kit(office) if permission is Permission.PRINT_KIT else void_all(office)

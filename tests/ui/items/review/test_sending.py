"""送核、打印核定稿、放弃、恢复以前的一版：from the mode, by keys and by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QListWidget
from pytestqt.qtbot import QtBot

from counter_assistant.domain.catalogue.items import Approval, Catalogue
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.revision.statements import Part, newest, open_places
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.domain.revision.visits import TypicalVisit, VisitRun, run_visits
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.catalogue.editions import editions
from counter_assistant.operations.catalogue.packs import look, take_pack
from counter_assistant.operations.catalogue.revising import Revising, acts_unsent
from counter_assistant.operations.catalogue.taking import take_revision
from counter_assistant.operations.catalogue.visiting import visits_of
from counter_assistant.operations.office import Office
from counter_assistant.operations.wording.office_phrases import decide_phrases
from counter_assistant.ui.items.approving import approval_in_words
from counter_assistant.ui.items.item_list import ItemList
from counter_assistant.ui.items.page import ItemsPage
from counter_assistant.ui.items.review.confirm_line import ConfirmLine
from counter_assistant.ui.items.review.mode import ReviewMode
from counter_assistant.ui.items.review.sentence_card import SentenceCard
from counter_assistant.ui.print_service import PrintService
from counter_assistant.ui.start import read_index
from tests.make import text_of
from tests.operations.catalogue.packing import an_office_at, approve_renamed, packed
from tests.ui.counter import CONTROL, PrinterInMemory, answer_save_dialog, commit, press, retype, show
from tests.ui.desk_hand import focused
from tests.ui.find import find, says
from tests.ui.items.reviewing import reviewed

pytestmark = pytest.mark.slow  # every test makes a page of its own

Key = Qt.Key
DOCUMENT, APPROVER = "临住金〔2026〕18号", "中心主任办公会"
CENTRE = Source("centre", document=DOCUMENT, clause="第五条", day=date(2026, 11, 20))
APPROVAL = Approval(DOCUMENT, date(2026, 11, 20), APPROVER, date(2026, 12, 1))


@pytest.fixture
def printer() -> PrinterInMemory:
    return PrinterInMemory()


def answer(office: Office, many: int) -> Revising:
    """A revision with so many answers."""
    revising = Revising(office)
    for each in revising.open[20 : 20 + many]:
        revising.do(Verdict(each.statement, Answer.AGREE, CENTRE))
    return revising


@pytest.fixture
def page(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> ItemsPage:
    answer(office, 3)
    return opened_page(qtbot, office, printer)


def opened_page(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> ItemsPage:
    page = ItemsPage(office, read_index().search, PrintService(office.folder, printer))
    show(qtbot, page)
    page.begin_review()
    return page


def click(page: ItemsPage, name: str) -> None:
    QTest.mouseClick(find(page, QAbstractButton, name), Qt.MouseButton.LeftButton)


def taken(office: Office) -> list[str]:
    return [each.taken.version for each in editions(office)]


def test_f9_asks_for_nothing_but_what_is_missing(page: ItemsPage, office: Office, qtbot: QtBot) -> None:
    mode = find(page, ReviewMode)
    press(Key.Key_F9)
    assert "没有写明由谁核定" in says(page, "review_message")
    assert focused() is find(mode, QLineEdit, "approver")
    commit(APPROVER)
    press(Key.Key_F9)
    assert "由另一个人" in says(page, "review_message")
    assert focused() is find(page, QComboBox, "second")
    press(Key.Key_Down)
    press(Key.Key_F9)
    with qtbot.waitSignal(page.approvals_changed):
        press(Key.Key_Return)
    assert "已登记" in says(page, "review_message")
    entry = office.book.latest(EntryKind.CONTENT_TAKEN)
    assert entry is not None
    assert (entry.payload["clerk"], entry.payload["confirmed_by"]) == (office.profile.current_clerk, "L002")
    (edition,) = editions(office)
    assert edition.taken.approval == Approval(DOCUMENT, date(2026, 11, 20), APPROVER, date(2026, 11, 23))
    assert find(page, QLabel, "progress").text() == "0 / 523 句"
    assert find(page, SentenceCard).hasFocus()
    assert acts_unsent(office) == 0
    assert find(mode, QLineEdit, "number").text() == ""


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"date": "13-40"}, "date", "无法识别"),
        ({"date": "2026-12-24"}, "date", "还没有到"),
        ({"effective": "2026-11-01"}, "effective", "早于核定日期"),
        ({"effective": "2026-11-22"}, "effective", "从那天到今天都是按现在的目录告知的"),
    ],
)
def test_a_refusal_frames_its_field(
    page: ItemsPage, office: Office, typed: dict[str, str], field: str, sentence: str
) -> None:
    mode = find(page, ReviewMode)
    for key, text in ({"approver": APPROVER} | typed).items():
        find(mode, QLineEdit, key).setFocus()
        retype(text)
    find(page, QComboBox, "second").setCurrentIndex(1)
    press(Key.Key_F9)
    assert sentence in says(page, "review_message")
    assert focused() is find(mode, QLineEdit, field)
    assert find(mode, QLineEdit, field).property("wrong")
    commit("1")
    assert not find(mode, QLineEdit, field).property("wrong")
    assert taken(office) == []


def test_what_is_typed_for_the_approval_holds_the_window(page: ItemsPage) -> None:
    assert page.unsaved == ""
    find(find(page, ReviewMode), QLineEdit, "approver").setFocus()
    commit(APPROVER)
    assert "没有送核" in page.unsaved
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    page.tell(page.unsaved)
    assert find(page, ReviewMode).isVisible()
    assert "没有送核" in says(page, "review_message")


def test_nothing_is_sent_before_anything_is_answered(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> None:
    page = opened_page(qtbot, office, printer)
    for key, text in {"approver": APPROVER, "number": DOCUMENT}.items():
        find(find(page, ReviewMode), QLineEdit, key).setFocus()
        commit(text)
    find(page, QComboBox, "second").setCurrentIndex(1)
    press(Key.Key_F9)
    assert "还没有改动" in says(page, "review_message")
    press(Key.Key_P, CONTROL)
    assert "没有什么可印" in says(page, "review_message")
    assert printer.sent == []


def test_the_paper_for_the_meeting_is_printed_and_saved(
    page: ItemsPage, printer: PrinterInMemory, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    press(Key.Key_P, CONTROL)
    qtbot.waitUntil(lambda: len(printer.sent) == 1)
    pdf, title, _ = printer.sent[0]
    assert title == "核定稿-2026-11-23"
    text = text_of(pdf)
    assert "待会议审定" in text
    assert DOCUMENT in text.replace("\n", "").replace(" ", "")
    qtbot.waitUntil(lambda: "核定稿：已送到" in says(page, "review_message"))
    names = answer_save_dialog(monkeypatch, tmp_path)
    click(page, "存为 PDF")
    assert (tmp_path / names[0]).read_bytes().startswith(b"%PDF")


def test_a_revision_is_given_up_only_when_it_is_confirmed(page: ItemsPage, office: Office) -> None:
    click(page, "放弃这一稿")
    assert "改动 3 处，放弃以后找不回来" in says(page, "confirm_words")
    press(Key.Key_Escape)
    assert acts_unsent(office) == 3
    click(page, "放弃这一稿")
    press(Key.Key_Return)
    assert acts_unsent(office) == 0
    assert "已放弃" in says(page, "review_message")
    assert find(page, QLabel, "progress").text() == "0 / 526 句"
    assert find(page, SentenceCard).hasFocus()


def test_an_earlier_edition_is_taken_again_in_one_step(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> None:
    take_revision(office, answer(office, 1), APPROVAL, "L002")
    take_revision(
        office, answer(office, 1), Approval("第二号", date(2026, 11, 21), APPROVER, date(2026, 12, 2)), "L002"
    )
    answer(office, 2)
    page = opened_page(qtbot, office, printer)
    click(page, "以前的版本")
    listed = find(page, QListWidget, "以前的版本")
    said = [listed.item(n).data(Qt.ItemDataRole.AccessibleTextRole) for n in range(listed.count())]
    assert said[0].startswith(f"2026-12-02　{APPROVER}第二号　自2026年12月2日起　现在这一版")
    assert said[1].endswith("、王某")
    assert listed.hasFocus()
    press(Key.Key_Return)
    assert "恢复目录 2026-12-01" in says(page, "confirm_words")
    assert "正在改的一稿（2 处）" in says(page, "confirm_words")
    with qtbot.waitSignal(page.approvals_changed):
        press(Key.Key_Return)
    assert taken(office) == ["2026-12-01", "2026-12-02", "2026-12-01"]
    assert "已恢复" in says(page, "review_message")
    assert "这一稿是照目录 2026-12-02 改的，现在施行的是 2026-12-01" in says(page, "trouble_words")
    assert acts_unsent(office) == 2, "nothing is lost silently"


def test_the_edition_that_is_told_now_is_not_restored(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> None:
    take_revision(office, answer(office, 1), APPROVAL, "L002")
    page = opened_page(qtbot, office, printer)
    click(page, "以前的版本")
    assert not find(page, QAbstractButton, "恢复这一版").isEnabled()
    press(Key.Key_Return)
    press(Key.Key_Escape)
    assert find(page, SentenceCard).hasFocus()
    assert taken(office) == ["2026-12-01"]


def test_a_catalogue_that_was_changed_meanwhile_is_not_written_over(page: ItemsPage, office: Office) -> None:
    """GIVEN a revision under way WHEN another program takes an edition THEN sending says so, and giving up is offered."""
    theirs = Revising(office)
    kept = office.folder / "revision.json"
    mine = kept.read_bytes()
    take_revision(office, theirs, APPROVAL, "L002")
    kept.write_bytes(mine)
    mode = find(page, ReviewMode)
    find(mode, QLineEdit, "approver").setText(APPROVER)
    find(page, QComboBox, "second").setCurrentIndex(1)
    press(Key.Key_F9)
    assert taken(office) == ["2026-12-01"]
    assert "现在施行的是 2026-12-01" in says(page, "trouble_words")
    assert acts_unsent(office) == 3
    click(page, "放弃这一稿")
    press(Key.Key_Return)
    assert says(page, "trouble_words") == ""
    assert find(page, SentenceCard).isVisible()
    assert acts_unsent(office) == 0


def test_what_another_window_answered_is_not_written_over(page: ItemsPage, office: Office) -> None:
    theirs = Revising(office)
    theirs.do(Verdict(theirs.open[0].statement, Answer.DROP, CENTRE))
    press(Key.Key_Y)
    assert "刚才在别处改过" in says(page, "answer_fault")
    assert acts_unsent(office) == 4
    press(Key.Key_Escape)
    page.begin_review()
    press(Key.Key_Y)
    assert acts_unsent(office) == 5


def test_coming_back_to_the_page_reads_what_was_changed(page: ItemsPage, office: Office) -> None:
    theirs = Revising(office)
    theirs.do(Verdict(theirs.open[0].statement, Answer.DROP, CENTRE))
    page.hide()
    page.show()
    assert find(page, QLabel, "progress").text() == "4 / 526 句"


def test_a_file_that_cannot_be_read_is_not_forgotten(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> None:
    kept = office.folder / "revision.json"
    kept.write_text("{", encoding="utf-8")
    page = opened_page(qtbot, office, printer)
    assert "无法读取" in says(page, "trouble_words")
    assert not find(page, QAbstractButton, "放弃这一稿").isVisible()
    press(Key.Key_Escape)
    assert not find(page, ReviewMode).isVisible()
    assert kept.read_text(encoding="utf-8") == "{"


def test_nothing_is_sent_while_something_else_is_asked(page: ItemsPage, office: Office) -> None:
    find(find(page, ReviewMode), QLineEdit, "approver").setText(APPROVER)
    find(page, QComboBox, "second").setCurrentIndex(1)
    click(page, "放弃这一稿")
    press(Key.Key_F9)
    assert (taken(office), acts_unsent(office)) == ([], 3)
    press(Key.Key_Escape)
    press(Key.Key_F9)
    press(Key.Key_Return)
    assert len(taken(office)) == 1


def fill_in(page: ItemsPage, effective: str = "") -> None:
    mode = find(page, ReviewMode)
    for key, text in {"approver": APPROVER, "number": DOCUMENT, "effective": effective}.items():
        find(mode, QLineEdit, key).setText(text)
    find(page, QComboBox, "second").setCurrentIndex(1)


def test_an_edition_is_recorded_once_what_it_is_was_read(page: ItemsPage, office: Office) -> None:
    """GIVEN three answers that serve items and one for a paper WHEN F9 is pressed THEN it is asked once, and Esc loses nothing."""
    mode = find(page, ReviewMode)
    assert mode.model is not None
    revising = mode.model.revising
    paper = next(each for each in revising.open if each.statement.part is Part.FORM)
    revising.do(Verdict(paper.statement, Answer.AGREE, CENTRE, items=paper.items[:1]))
    items = {each.item for each in revising.differences} & revising.working.items.keys()
    fill_in(page, "2026-12-01")
    press(Key.Key_F9)
    words = f"登记这一版：{len(items)} 个事项、1 种文书，4 处改动，自2026年12月1日起施行；核对人 王某。"
    assert says(page, "confirm_words") == words
    assert focused() is find(page, QAbstractButton, "登记")
    press(Key.Key_F9)
    assert taken(office) == []
    press(Key.Key_Escape)
    assert (taken(office), acts_unsent(office)) == ([], 4)
    assert find(mode, QLineEdit, "approver").text() == APPROVER
    press(Key.Key_F9)
    press(Key.Key_Return)
    assert taken(office) == ["2026-12-01"]


def test_what_was_changed_while_it_was_asked_is_asked_about_again(page: ItemsPage, office: Office) -> None:
    mode = find(page, ReviewMode)
    assert mode.model is not None
    fill_in(page)
    press(Key.Key_F9)
    assert "3 处改动" in says(page, "confirm_words")
    mode.undo()
    find(page, QAbstractButton, "登记").setFocus()
    press(Key.Key_Return)
    assert taken(office) == []
    assert "2 处改动" in says(page, "confirm_words")
    press(Key.Key_Return)
    assert len(taken(office)) == 1


def test_who_sits_here_now_is_not_the_one_who_confirms(page: ItemsPage, office: Office) -> None:
    find(find(page, ReviewMode), QLineEdit, "approver").setText(APPROVER)
    find(page, QComboBox, "second").setCurrentIndex(1)
    office.decide_profile(replace(office.profile, current_clerk="L002"))
    press(Key.Key_F9)
    assert "由另一个人" in says(page, "review_message")
    assert taken(office) == []


def test_what_begins_later_waits_on_the_page_of_the_items(page: ItemsPage, office: Office) -> None:
    revising = reviewed(page).revising
    while place := next(open_places(newest(revising.working, "B08")), None):
        revising.do(Verdict(place.statement, Answer.AGREE, CENTRE, items=("B08",)))
    fill_in(page, "2026-12-01")
    press(Key.Key_F9)
    press(Key.Key_Return)
    assert len(taken(office)) == 1
    press(Key.Key_Escape)
    press(Key.Key_Escape)
    states = find(page, ItemList).state_of
    assert (states("B08").label, states("B01").label) == ("待生效", "示例")
    said, _ = approval_in_words(office.catalogue, "B08", office.today(), office.today())
    assert said == f"待生效　{APPROVER}{DOCUMENT}，2026年12月1日起"
    find(page, QLineEdit, "guide_day").setFocus()
    retype("2026-12-01")
    assert states("B08").label == "已核定"


WELCOME = own_phrase(26, "请到三号窗口。", PhraseChannel.COUNTER, Moment.WELCOME)


def rest(qtbot: QtBot, page: ItemsPage) -> None:
    """Until the typical visits were gone through."""
    qtbot.waitUntil(lambda: not find(page, ReviewMode).visiting.waiting)


def test_a_phrase_of_its_own_is_enough_to_be_sent(qtbot: QtBot, office: Office, printer: PrinterInMemory) -> None:
    page = opened_page(qtbot, office, printer)
    rest(qtbot, page)
    assert "接下来：逐句答" in says(page, "sending_standing")
    assert find(page, ReviewMode).standing == "这一稿还没有改动"
    decide_phrases(office, [WELCOME])
    page.reviewing.look_again()
    assert find(page, ReviewMode).standing == "这一稿改动 1 句文明用语，未送核"
    assert says(page, "sending_standing").endswith("接下来：填核定人、文号、批准日期、核对人，按 F9。")
    fill_in(page)
    find(find(page, ReviewMode), QLineEdit, "date").setText("2026-11-20")
    assert says(page, "sending_standing").endswith("接下来：按 F9 送核。")
    press(Key.Key_F9)
    assert "登记这一版：1 句文明用语，" in says(page, "confirm_words")


def test_a_branch_is_told_at_f9_that_the_catalogue_is_the_centres(
    qtbot: QtBot, office: Office, printer: PrinterInMemory, tmp_path: Path
) -> None:
    """GIVEN a catalogue that came in a pack and a phrase of its own WHEN F9 is pressed THEN nothing is asked for in vain."""
    with closing(an_office_at(tmp_path / "centre")) as centre:
        approve_renamed(centre, "租房提取")
        pack = packed(centre, tmp_path / "a.pack")
    take_pack(office, look(office, tmp_path / "a.pack"), "L002", pack.fingerprint)
    decide_phrases(office, [WELCOME])
    page = opened_page(qtbot, office, printer)
    fill_in(page)
    press(Key.Key_F9)
    assert "网点不能自行改动" in says(page, "review_message")
    assert not find(page, ConfirmLine).isVisible()


def test_f9_goes_through_the_visits_once(
    page: ItemsPage, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those that are known to pass are not gone through again before the edition is made."""
    rest(qtbot, page)
    fill_in(page)
    gone: list[str] = []

    def counted(visits: Sequence[TypicalVisit], told: Catalogue) -> list[VisitRun]:
        gone.extend(visit.name for visit in visits)
        return run_visits(visits, told)

    monkeypatch.setattr("counter_assistant.operations.catalogue.visiting.run_visits", counted)
    press(Key.Key_F9)
    assert find(page, ConfirmLine).isVisible()
    assert len(gone) == len(visits_of(office, Revising(office))) == 43


def test_in_a_low_window_what_is_filled_in_stays_unfolded(page: ItemsPage, qtbot: QtBot) -> None:
    """However the window is resized: until it is recorded, or Esc puts it away again."""
    form = find(page, QLineEdit, "approver")
    page.resize(1017, 543)
    assert not form.isVisible()
    press(Key.Key_F9)
    page.resize(1017, 541)
    assert form.isVisible()
    assert form.hasFocus()
    press(Key.Key_Escape)
    assert not form.isVisible()
    press(Key.Key_F9)
    find(page, QComboBox, "second").setCurrentIndex(1)
    press(Key.Key_Escape)
    page.resize(1017, 543)
    assert form.isVisible(), "who compares it is chosen"

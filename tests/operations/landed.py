"""Keeps what an office has under this version, for every later one to open: `python -m tests.operations.landed`.

Writes a folder `landed-<version of the catalogue>-v<version of the book>` beside this file's fixtures: a book, a draft, the settings, and in
expected.json what this version says of them. People and numbers are invented.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from counter_assistant.domain.calendar.time_limit import PauseReason
from counter_assistant.domain.calendar.workdays import LocalHoliday
from counter_assistant.domain.cases.case import Step
from counter_assistant.domain.catalogue.items import Approval
from counter_assistant.domain.catalogue.sources import Source
from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.closing.copies import Signature
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.report.span import Span
from counter_assistant.domain.revision.statements import Part, newest
from counter_assistant.domain.revision.verdicts import Answer, Verdict
from counter_assistant.domain.wording.phrases import Moment, PhraseChannel, own_phrase
from counter_assistant.operations.archive.reprint_and_void import pdf_of, reprint, show, void
from counter_assistant.operations.archive.revealing import reveal
from counter_assistant.operations.calendars.adopt import take_local
from counter_assistant.operations.cases import steps
from counter_assistant.operations.cases.find_case import horizon
from counter_assistant.operations.cases.withdrawal import take_back
from counter_assistant.operations.catalogue.approving import approve, withdraw
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.taking import take_revision
from counter_assistant.operations.counter_forms import own_forms
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.issuing.number_series import start_numbers
from counter_assistant.operations.kit.printing import print_kit, void_blanks
from counter_assistant.operations.kit.recording import FromPaper, record_blank
from counter_assistant.operations.office import Office, open_office
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.registers.handover.recording import hand_back, hand_over
from counter_assistant.operations.report.one_clerk import look_at_one
from counter_assistant.operations.safekeeping.closing import close
from counter_assistant.operations.safekeeping.copies import file_copies
from counter_assistant.operations.wording.office_phrases import decide_phrases
from counter_assistant.storage.content import revision_file
from counter_assistant.storage.engines.sqlite import schema
from counter_assistant.storage.views.cases import CaseList
from counter_assistant.storage.views.registers.register_lines import RegisterQuery
from counter_assistant.ui import local_settings
from counter_assistant.ui.desk.presentation.draft_mapping import to_draft
from counter_assistant.ui.desk.presentation.state import DeskState
from tests.decision_rows import FURTHER, ROWS
from tests.hand_entries import MENDED, TYPED
from tests.make import ID_NUMBER, NOW, PHONE, a_request, confirmed, text_of
from tests.places import TESTS
from tests.storage.counter_forms import own_pdfs

FIXTURES = TESTS / "operations" / "fixtures"
SPLASHING = LocalHoliday(date(2027, 4, 13), date(2027, 4, 15), "泼水节", "耿马县", "耿政办发〔2027〕1号")
CENTRE = Source("centre", document="临公积金发〔2026〕12号", clause="第三条", day=date(2026, 11, 20))
APPROVAL = Approval("临公积金发〔2026〕12号", date(2026, 11, 20), "某主任", date(2026, 12, 1))


def keep(fixtures: Path) -> Path:
    """Writes the folder of today's version, in place of an earlier try, and returns it."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        readings = ticking()
        office = open_office(folder, lambda: next(readings))
        work(office)
        kept = fixtures / f"landed-{office.program.catalogue.version}-v{schema.VERSION}"
        expected = {"slips": slips_of(office), "cases": cases_of(office)}
        office.close()
        local_settings.change(folder, printer="hp", type_size=1.25)
        shutil.rmtree(kept, ignore_errors=True)
        kept.mkdir()
        for name in ("book.db", local_settings.NAME, revision_file.NAME):
            shutil.copy(folder / name, kept / name)
        (kept / "expected.json").write_text(json.dumps(expected, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return kept


def ticking() -> Iterator[datetime]:
    """A clock that goes on by half a minute with each reading."""
    return (NOW + timedelta(seconds=30 * n) for n in count())


def work(office: Office) -> None:
    """A day with every sort of entry that an office makes."""
    numbers = {name: issue(office, name, changes) for name, (changes, *_) in ROWS.items()}
    numbers |= {name: issue(office, f"x{name}", changes) for name, changes in FURTHER.items() if name != "delay"}
    details = {**FURTHER["delay"]["details"], "of": numbers["11-promise"]}
    issue(office, "delay", {**FURTHER["delay"], "details": details, "case": "11-promise"})
    issue(office, "oral", {"item": "B08", "delivery": "oral"})
    steps.take_step(office, "9-undecided", Step.PAUSED, reason=PauseReason.VERIFICATION)
    steps.take_step(office, "9-undecided", Step.RESUMED)
    steps.take_step(office, "13-not-on-the-spot", Step.DONE)
    take_back(office, "12-on-the-spot", "点错了")
    reprint(office, numbers["13-later-than-today"])
    void(office, numbers["13-later-than-today"], "写错")
    reveal(office, numbers["11-promise"], "核对同名的人")
    note_call(office, "问租房提取要带什么，已逐条告知", item="B08", key="call")
    keep_registers(office)
    keep_handover(office)
    take_own_form(office)
    decide_phrases(office, [own_phrase(26, "请到二楼取号。", PhraseChannel.COUNTER, Moment.WELCOME)], [26])
    approve(office, ["B08", "D01"], NOW.date(), APPROVAL)
    withdraw(office, ["D01"], "重新核定")
    start_numbers(office, SlipKind.GUIDANCE, "100", "接续纸质登记簿")
    take_local(office, [SPLASHING], "李某")
    office.decide_profile(confirmed(office.profile))
    revise(office)
    print_kit(office, 1)
    now = office.clock()
    record_blank(office, FromPaper("2", now.date(), now.time(), "岩温", PHONE, ticked="1", clerk="0002"))
    void_blanks(office, ["3"], "弄脏了")
    closed, _ = close(office, Period.DAY, office.today().isoformat())
    file_copies(office, closed, {numbers["11-promise"]: Signature.REFUSED, numbers["9-undecided"]: Signature.SIGNED})
    look_at_one(office, "0002", Span(2026, 11), "核对一位当事人的意见")
    draft = DeskState(uuid="draft-1", item="B08", name="岩罕", phone=PHONE, id_number=ID_NUMBER, agent_name="玉罕")
    draft.answers.update(who="spouse", marital="married")
    office.drafts.save(draft.uuid, to_draft(draft))


def keep_registers(office: Office) -> None:
    """A line of each register that is typed, one that was answered, one that was taken back, and a result that was filed."""
    for kind, typed in TYPED.items():
        keeping.record(office, kind, typed)
    lines = keeping.lines_of(office)
    keeping.answer(office, lines.found(RegisterQuery((RegisterKind.OPINION,)))[0], "已加装扶手", to="办公室")
    keeping.take_back(office, lines.found(RegisterQuery((RegisterKind.OVERTIME,)))[0], "记错了人")
    keeping.settle(office, lines.found(RegisterQuery((RegisterKind.RATING,)))[0], MENDED)
    steps.take_step(office, "10-referral", Step.DONE)
    keeping.answer(
        office, lines.found(RegisterQuery((RegisterKind.RESULT_FILED,)))[0], "同意", document="临公积金批〔2026〕1号"
    )


def keep_handover(office: Office) -> None:
    """Somebody who was away and is back, and somebody who is away."""
    left = {"until": "+1", "reason": "培训", "witness": "0003", "seals": "业务专用章 1 枚 编号 03", "keys": "UKey 1 个"}
    hand_back(office, hand_over(office, left).seq, {"witness": "0003", "odd": "打印机坏了"})
    hand_over(office, {**left, "who": "0005", "receiver": "0004"})


def take_own_form(office: Office) -> None:
    """A PDF of the centre's in the place of a form."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "own.pdf"
        path.write_bytes(own_pdfs.plain(fields=("申请人/姓名", "大写")))
        checked, form = own_forms.look_at(path), office.program.counter_forms.forms["P-01"]
    own_forms.take(office, form, checked, own_forms.places_of_fields(office, form, checked.fields))


def revise(office: Office) -> None:
    """An edition that begins later, and a further revision that was left in work."""
    revising = Revising(office)
    for part, answer, words in (
        (Part.CONDITION, Answer.AGREE, ""), (Part.NOTE, Answer.DROP, ""), (Part.PROMISED, Answer.CHANGE, "自受理之日起 2 个工作日"),
        (Part.FORM, Answer.CHANGE, "已经寄信告知，不用签收"),
    ):  # fmt: skip
        first = next(each.statement for each in revising.open if each.statement.part is part)
        revising.do(Verdict(first, answer, CENTRE, words))
    take_revision(office, revising, APPROVAL, "0002")
    left = Revising(office)
    left.do(Verdict(left.open[0].statement, Answer.AGREE, CENTRE))
    for name in ("租房提取", "租赁住房提取"):
        left.edit(replace(newest(left.working, "B08"), name=name))


def issue(office: Office, act: str, changes: dict[str, Any]) -> str:
    """Does one act under its name; returns the paper's number, empty where there is none."""
    slip = issue_slip(office, a_request(**changes, request_id=act)).slip
    return slip.number if slip else ""


def slips_of(office: Office) -> dict[str, str]:
    """What is printed on each slip of the book, by its number."""
    return {
        row.number: text_of(pdf_of(office, show(office, row.number))) for row in office.archive.search("", limit=500)
    }


def cases_of(office: Office) -> dict[str, list[Any]]:
    """How each case of the book stands, by its id."""
    lists = (CaseList.OPEN, CaseList.CLOSED)
    cases = [case for which in lists for case in office.cases.listed(which, horizon(office), limit=500)]
    return {
        case.id: [case.stage.value, str(case.due), str(case.printed_due), list(case.papers), case.overrun]
        for case in cases
    }


if __name__ == "__main__":
    keep(FIXTURES)

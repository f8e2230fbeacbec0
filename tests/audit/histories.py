"""Exports of books that an office made in no particular order of acts."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

from counter_assistant.domain.closing.closing_entry import Period
from counter_assistant.domain.entry import ACTS, EntryKind
from counter_assistant.domain.papers.kinds import SlipKind
from counter_assistant.domain.people.roles import Role
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.operations.archive.erasing import erase
from counter_assistant.operations.archive.reprint_and_void import reprint, void
from counter_assistant.operations.intake import admissibility
from counter_assistant.operations.issuing.issue import issue_slip
from counter_assistant.operations.issuing.number_series import start_numbers
from counter_assistant.operations.kit.kits import blanks_out
from counter_assistant.operations.kit.printing import print_kit, void_blanks
from counter_assistant.operations.kit.recording import FromPaper, record_blank
from counter_assistant.operations.office import Office
from counter_assistant.operations.people.second_person import Second
from counter_assistant.operations.registers import keeping
from counter_assistant.operations.registers.calls import note_call
from counter_assistant.operations.registers.reentering.reentry import reenter
from counter_assistant.operations.safekeeping import closing as closings
from counter_assistant.operations.safekeeping.exporting import export
from counter_assistant.operations.witnessing.taking import take_cosigned
from counter_assistant.storage.ciphers import new_pair
from counter_assistant.storage.sealing.sealed_payload import RegisterKey
from counter_assistant.storage.views.registers.register_lines import RegisterQuery
from tests.hand_entries import TYPED
from tests.make import a_request
from tests.operations.safekeeping.auditing import WHO, a_slip, lived
from tests.operations.witnessing.centre import Centre
from tests.roles import Counter

NAMES = ("罗𠅤克", "玉罕", "=张三", "O'Brien", "岩温·香", '"引"，、', "＠李四", "-李", "刀美兰")

PAIR = new_pair()
KEEPER = RegisterKey(PAIR.public, PAIR.secret)


def an_export(folder: Path, chance: random.Random, *, witnessed: bool) -> Path:
    """The export of a book of up to forty acts; where it is `witnessed`, the centre signed its head at the end."""
    counter = lived(folder / "office") if chance.random() < 0.2 else Counter(folder / "office")
    office, numbers = counter.office, list[str]()
    _everybody_may(office)
    for _ in range(chance.randrange(8, 40)):
        try:
            _act(counter, chance, numbers)
        except Refusal:
            continue  # what may not be done now leaves no trace
    if witnessed:
        centre = Centre(folder / "centre")
        signer = centre.signer
        take_cosigned(office, centre.answer(office), fingerprint(signer.algorithm, signer.key))
        note_call(office, "问提取要带什么")
    export(office, folder / "export")
    office.close()
    return folder / "export"


def _everybody_may(office: Office) -> None:
    clerks = tuple(replace(clerk, roles=tuple(Role)) for clerk in office.profile.clerks)
    office.book.append(EntryKind.OFFICE_PROFILE, replace(office.profile, clerks=clerks).to_payload())
    office.reread()


def _act(counter: Counter, chance: random.Random, numbers: list[str]) -> None:
    office, drawn = counter.office, chance.random()
    number = chance.choice(numbers) if numbers else ""
    if drawn < 0.37:
        numbers.append(a_slip(office, applicant={**WHO, "name": chance.choice(NAMES)}))
    elif drawn < 0.45:
        _use_kit(office, chance, numbers)
    elif drawn < 0.53:
        void(office, number, chance.choice(["写错", "=HYPER", "作废，重出"]))
    elif drawn < 0.62:
        reprint(office, number)
    elif drawn < 0.70:
        closings.close(office, Period.DAY, office.today().isoformat())
    elif drawn < 0.73:
        closings.close(office, Period.MONTH, f"{office.today():%Y-%m}")
    elif drawn < 0.79:
        start_numbers(office, SlipKind.NOTIFICATION_SLIP, str(len(numbers) + chance.randrange(20, 900)), "纸上用到这里")
    elif drawn < 0.85:
        _keep_register(office, chance)
    elif drawn < 0.88:
        _complain(office, chance)
    elif drawn < 0.94:
        counter.now += timedelta(hours=chance.randrange(1, 60))
    else:
        erase(office, [number], "销毁清册〔2038〕1号", Second("0002"))


def _complain(office: Office, chance: random.Random) -> None:
    """Somebody complains in the open, as before complaints were sealed; whole numbers leave such an act; or all of them are sealed."""
    if chance.random() < 0.4:
        reenter(office, KEEPER)
    elif chance.random() < 0.3:
        office.book.leave_numbers([entry.seq for kind in sorted(ACTS) for entry in office.book.entries(kind)])
    elif chance.random() < 0.3:
        note_call(office, "反映等候太久", item="D02", caller=chance.choice(NAMES))
    else:
        with patch.object(admissibility, "sealed_fault", return_value=None):
            oral = {"delivery": "oral"} if chance.random() < 0.5 else {}
            issue_slip(office, a_request("D02", applicant={**WHO, "name": chance.choice(NAMES)}, **oral))


def _keep_register(office: Office, chance: random.Random) -> None:
    """Something is typed into a register; or one of its lines is ended, or taken back."""
    lines = [line for line in keeping.lines_of(office).found(RegisterQuery()) if line.waits or line.can_be_taken_back]
    if not lines or chance.random() < 0.5:
        kind = chance.choice(list(TYPED))
        keeping.record(office, kind, TYPED[kind])
    elif (line := chance.choice(lines)).waits and chance.random() < 0.6:
        keeping.answer(office, line, chance.choice(["已办", "=1+1"]))
    else:
        keeping.take_back(office, line, "记错了")


def _use_kit(office: Office, chance: random.Random, numbers: list[str]) -> None:
    """A kit is printed; one of its blanks, in no particular order, is recorded or voided."""
    out = blanks_out(office)
    if not out or chance.random() < 0.2:
        print_kit(office, 1)
    elif chance.random() < 0.2:
        void_blanks(office, [chance.choice(out).number], "弄脏了")
    else:
        blank, now = chance.choice(out), office.clock()
        paper = FromPaper(blank.number, now.date(), now.time(), chance.choice(NAMES), clerk="0002")
        numbers.append(record_blank(office, paper).number)

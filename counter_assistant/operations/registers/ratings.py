"""好差评：记一条评价，差评十五个工作日内核实、整改、告知（国办发〔2019〕51号、云政办发〔2020〕6号）.

Who records one is allowed to keep registers, and is not named in it. A rating is taken back by somebody who leads, never by whom it is about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import uuid4

from counter_assistant.domain.cases.act_entry import act_in
from counter_assistant.domain.entry import Entry, EntryKind
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.registers.hand_forms import ANSWERS, LONGEST, read_choice, read_values
from counter_assistant.domain.registers.rating import MENDED_WITHIN, Rating, RatingChannel, RatingSettled, is_bad
from counter_assistant.domain.registers.register_kind import RegisterKind
from counter_assistant.domain.registers.settling import State
from counter_assistant.domain.typed_text.characters import half_width
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.domain.typed_text.scan import read_scan
from counter_assistant.operations.cases.find_case import number_of_scan
from counter_assistant.storage.journal.entry_readers import content_of
from counter_assistant.storage.views.registers.register_lines import RegisterLine, RegisterLines, RegisterQuery

if TYPE_CHECKING:
    from counter_assistant.operations.office import Office
    from counter_assistant.storage.journal.records import ArchiveRow


_DIGITS = re.compile(r"[0-9]+")


class _Item(NamedTuple):
    id: str = ""
    name: str = ""


def rate(
    office: Office,
    typed: Mapping[str, str],
    channel: RatingChannel = RatingChannel.PAPER,
    *,
    clerk: str = "",
    key: str = "",
) -> Entry:
    """Records a rating: from a slip, or from the screen that the visitor pressed. The same `key` with the same words is one entry.

    Raises:
        Refusal: `rated-already` (one rating for each paper), `item-not-clear`, `paper-not-clear`, `register-later`, `clock-doubtful`,
            `request-differs`; what `read_values`, `number_of_scan` and `Office.permit` refuse.
    """
    office.permit(Permission.KEEP_REGISTER, clerk)
    office.book.require_sound_clock()
    today = office.today()
    values = read_values(RegisterKind.RATING, typed, today, str)
    day = date.fromisoformat(values["day"])
    if day > today:
        raise Refusal("register-later", f"{day} 还没有到。", "请核对日期。")
    paper = _paper(office, values["number"])
    item = _item(office, values["item"]) if values["item"] or not paper else _Item(paper.item, paper.item_name)
    due = office.calendar.deadline(today, MENDED_WITHIN, "workday") if is_bad(values["level"]) else None
    said = Rating(
        values["day"], values["level"], channel.value, item.id, item.name, paper.number if paper else "", values["text"],
        values["contact"], due.due.isoformat() if due else "", due is not None and due.provisional,
    )  # fmt: skip
    if paper and not _is_recorded(office, key):
        _refuse_second(office, paper.number)
    return office.book.append(EntryKind.RATING, said.to_payload(), uuid=key or str(uuid4()))


def settle(office: Office, line: RegisterLine, typed: Mapping[str, str], *, clerk: str = "") -> Entry:
    """Records what came of a bad rating.

    Raises:
        Refusal: `unknown-field`, `unknown-value`, `clock-doubtful`; what `RatingSettled.checked`, `check_text` and `Office.permit` refuse.
    """
    form = ANSWERS[RegisterKind.RATING]
    if other := sorted(typed.keys() - {field.name for field in form}):
        raise Refusal("unknown-field", f"登记整改不认识“{other[0]}”这一栏。", "请核对栏名。")
    said: dict[str, Any] = {}
    for field in form:
        text = " ".join(typed.get(field.name, "").split())
        said[field.name] = read_choice(field, text) if field.words else check_text(text, field.label, LONGEST)
    who = office.permit(Permission.KEEP_REGISTER, clerk).staff_number
    office.book.require_sound_clock()
    settled = RatingSettled(of=line.seq, clerk=who, **said).checked(_rating(office, line).contact)
    return office.book.append(EntryKind.RATING_SETTLED, settled.to_payload())


def may_take_back(office: Office, line: RegisterLine, *, clerk: str = "") -> str:
    """Asks whether somebody may take a rating back, and returns the staff number of who does.

    Raises:
        Refusal: `own-rating` (it is about a paper that they issued); what `Office.permit` refuses.
    """
    who = office.permit(Permission.TAKE_BACK_RATING, clerk)
    number = _rating(office, line).number
    issued = act_in(content_of(office.archive.show(number).entry)) if number else None
    if issued is not None and issued.facts.clerk == who.staff_number:
        raise Refusal("own-rating", "这条评价说的是您出具的文书，不能由您撤销。", "请带班领导里的另一位核对后撤销。")
    return who.staff_number


def _rating(office: Office, line: RegisterLine) -> Rating:
    content = content_of(office.book.at([line.seq])[line.seq])
    assert isinstance(content, Rating)
    return content


def _item(office: Office, text: str) -> _Item:
    """The one item that is called so."""
    if not text:
        return _Item()
    found = [entry for entry in office.content.index.search(text) if entry.id in office.catalogue.items]
    best = [entry for entry in found if text in (entry.id, entry.name)] or found
    if len(best) != 1:
        several = (
            f"“{text}”可以是{'、'.join(entry.name for entry in best[:3])}等。" if best else f"没有找到事项“{text}”。"
        )
        raise Refusal("item-not-clear", several, "请写事项的编码，如 B08；不知道的留空。")
    return _Item(best[0].id, best[0].name)


def _paper(office: Office, text: str) -> ArchiveRow | None:
    """The one paper of a number, or of its code that was scanned."""
    if not text:
        return None
    scan = read_scan(text)
    typed = half_width(number_of_scan(office, scan) if scan else text)
    found = [row for row in office.archive.search(typed) if _running(row.number) == _running(typed)]
    exact = [row for row in found if row.number == typed] or found
    if len(exact) != 1:
        why = f"没有找到文书“{text[:30]}”。" if not exact else f"“{text[:30]}”不止一份文书。"
        raise Refusal("paper-not-clear", why, "请写完整的编号，或者扫它的二维码；不知道的留空。")
    return exact[0]


def _running(number: str) -> str:
    """The last digits of a number, so that neither a name nor the tail of a phone finds a paper here."""
    found: list[str] = _DIGITS.findall(number)
    return found[-1].lstrip("0") if found else ""


def _is_recorded(office: Office, key: str) -> bool:
    return bool(key) and office.book.done_before(key) is not None


def _refuse_second(office: Office, number: str) -> None:
    """一次一评: a paper that was rated is rated no second time, unless the first was taken back."""
    lines = RegisterLines(office.database).found(RegisterQuery((RegisterKind.RATING,), text=number), limit=None)
    if any(line.state is not State.WITHDRAWN and _rating(office, line).number == number for line in lines):
        raise Refusal(
            "rated-already", f"{number} 已经评价过了，一次办事评价一次。", "要改的，请带班领导撤销前一条再记。"
        )

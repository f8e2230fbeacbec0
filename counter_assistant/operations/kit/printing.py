"""印一套停电备用单：先占号，再记入台账，然后才打；旧的没用完的，可以一并作废。"""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING

from counter_assistant.domain.entry import EntryKind
from counter_assistant.domain.papers.kit_entry import RESERVED, KitPrinted, KitVoided
from counter_assistant.domain.papers.numbering import kit_number, kit_series
from counter_assistant.domain.papers.slip import Draft
from counter_assistant.domain.people.roles import Permission
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.free_text import check_text
from counter_assistant.operations.issuing.set_paper import pdf_of_slips
from counter_assistant.operations.kit.blanks import blank_of, items_of_kit
from counter_assistant.operations.kit.kits import BlankState, Kit, KnownBlank, blanks_out, find_blank, open_from

if TYPE_CHECKING:
    from collections.abc import Iterable

    from counter_assistant.operations.office import Office

EACH, MOST_EACH = 3, 9
"""So many blanks of each item, unless the office wants another number, at most."""
REPLACED = "目录或者单位资料变了，换了新的一套"


def print_kit(office: Office, each: int = EACH) -> Kit:
    """Reserves the numbers of a new kit and records it; nothing is printed yet. The numbers are taken before anything else, so that
    whatever happens then gives none of them a second time.

    Raises:
        Refusal: `bad-kit-size` (not from 1 to `MOST_EACH`), `number-passed` (another window took the numbers just now), `clock-doubtful`;
            what `Office.permit` and `blank_of` refuse. Nothing is recorded then.
    """
    if not 1 <= each <= MOST_EACH:
        raise Refusal("bad-kit-size", f"每个事项不能印 {each} 份。", f"请填 1 到 {MOST_EACH}。")
    who, profile = office.permit(Permission.PRINT_KIT), office.profile
    office.book.require_sound_clock()
    year = office.today().year
    series = kit_series(year, profile)
    taken = office.book.last_number(series)
    first = taken + 1
    items = tuple(
        blank_of(office, item, (kit_number(year, n, profile) for n in range(begins, begins + each)))
        for begins, item in zip(count(first, each), items_of_kit(office), strict=False)
    )
    office.book.start_series(series, first + each * len(items), who.name, RESERVED, after=taken)
    printed = KitPrinted(profile.installation_code, year, first, items, who.staff_number, open_from(office))
    return Kit(printed, office.book.append(EntryKind.KIT_PRINTED, printed.to_payload()))


def pdf_of_kit(office: Office, kit: Kit) -> bytes:
    """The sheets of a kit: both copies of every blank that is out, in the order of their numbers.

    Raises:
        Refusal: `kit-used-up` (none is out); `missing-glyph`.
    """
    of_kit = {blank.number for blank in kit.printed.blanks}
    out = [known for known in blanks_out(office) if known.number in of_kit]
    if not out:
        raise Refusal("kit-used-up", "这一套备用单都用完或者作废了。", "请印新的一套。")
    slips = [known.slip(Draft.from_payload(known.blank.of.draft), kit.entry.time) for known in out]
    return pdf_of_slips(office, slips, watermark=office.watermark)


def void_blanks(office: Office, numbers: Iterable[str], reason: str) -> tuple[str, ...]:
    """Voids blanks that are lost or spoilt: nothing is recorded of them any more. Returns their numbers as they are printed.

    Raises:
        Refusal: `kit-number-recorded`, `kit-number-void`, `reason-missing`, `clock-doubtful`; what `Office.permit`, `find_blank` and
            `check_text` refuse. None is voided then.
    """
    who = office.permit(Permission.VOID_KIT)
    found = [find_blank(office, number) for number in numbers]
    for known in found:
        refuse_done(known)
    return _void(office, found, check_text(reason, "作废原因").strip(), who.staff_number)


def void_all(office: Office, reason: str = REPLACED) -> tuple[str, ...]:
    """Voids every blank that is out, as before a new kit is printed. Returns their numbers.

    Raises:
        Refusal: `reason-missing`, `clock-doubtful`; what `Office.permit` and `check_text` refuse.
    """
    who = office.permit(Permission.VOID_KIT)
    return _void(office, blanks_out(office), check_text(reason, "作废原因").strip(), who.staff_number)


def _void(office: Office, blanks: list[KnownBlank], reason: str, clerk: str) -> tuple[str, ...]:
    if not reason:
        raise Refusal("reason-missing", "作废须写明原因。", "请填写原因后重试。")
    numbers = tuple(dict.fromkeys(known.number for known in blanks))
    if numbers:
        voided = KitVoided(numbers, reason, clerk)
        wanted = {known.blank.act for known in blanks}

        def none_recorded() -> None:
            if office.book.done(wanted):
                raise Refusal("kit-number-recorded", "其中有一份刚刚补录了，没有作废。", "请再看一遍还有哪些在外面。")

        office.book.append(EntryKind.KIT_VOIDED, voided.to_payload(), then=none_recorded)
    return numbers


def refuse_done(known: KnownBlank) -> None:
    """Asks whether a blank is still out.

    Raises:
        Refusal: `kit-number-recorded`, `kit-number-void`.
    """
    if known.state is BlankState.RECORDED:
        raise Refusal(
            "kit-number-recorded", f"{known.number} 已经补录过了。", "请在档案里查看；编号写错的，请照纸核对。"
        )
    if known.state is BlankState.VOID:
        raise Refusal(
            "kit-number-void",
            f"{known.number} 已经作废，不能再补录。",
            "这份单子已经给了当事人的，请重新出具一份，换回来。",
        )

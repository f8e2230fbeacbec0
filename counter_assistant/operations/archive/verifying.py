"""验单：纸上的编号和校验码，或者二维码的数字，台账里是不是真有这一份."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counter_assistant.domain.entry import CHECK_CODE_LENGTH
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import half_width, without_invisible
from counter_assistant.domain.typed_text.scan import read_scan
from counter_assistant.operations.archive.reprint_and_void import show
from counter_assistant.operations.cases.find_case import ELSEWHERE, KIT_NOT_RECORDED, number_of_scan
from counter_assistant.operations.office import Office
from counter_assistant.storage.journal.records import ArchiveRow
from counter_assistant.storage.views.search_terms import compact

_CODE = re.compile(rf"(?<![0-9A-Za-z])(?:[0-9a-fA-F][ \t-]?){{{CHECK_CODE_LENGTH - 1}}}[0-9a-fA-F](?![0-9A-Za-z])")
_DIGITS = re.compile(r"(?<![0-9])[0-9]{21}(?![0-9])")
_LABELS = re.compile(r"校验码|文书编号|编号|二维码|[:,;，；。、|]")
_MOST = 40
NOT_IN_BOOK = frozenset(("number-unknown", "code-not-in-book", ELSEWHERE, KIT_NOT_RECORDED))


@dataclass(frozen=True, slots=True)
class PaperText:
    """What was typed of a paper: its number or the digits of its code, and its check code; empty where it was not."""

    number: str
    digits: str
    check_code: str

    @property
    def names_paper(self) -> bool:
        """Whether a check code is typed together with what tells which paper it is of."""
        return bool(self.check_code) and any(character.isdecimal() for character in self.number + self.digits)

    def verdict_on(self, check_code: str) -> str:
        """校验码相符 or 校验码不符, of a paper with this check code; empty where none was typed."""
        return _VERDICTS[self.check_code == check_code if self.names_paper else None]


AGREES = "校验码相符"
_VERDICTS = {True: AGREES, False: "校验码不符", None: ""}


@dataclass(frozen=True, slots=True)
class Verified:
    """What the book says of a paper. `row` is None where it has none of that number; `agrees` None where no check code was given."""

    row: ArchiveRow | None
    number: str
    agrees: bool | None

    @property
    def genuine(self) -> bool:
        """Whether the paper is in the book, and its check code is not another."""
        return self.row is not None and self.agrees is not False

    @property
    def verdict(self) -> str:
        """Whether the check code agrees, in words; empty where there is nothing to say."""
        return _VERDICTS[self.agrees]


def read_paper_text(text: str) -> PaperText:
    """The parts of what was typed, pasted or scanned, in whatever order they come."""
    plain = without_invisible(half_width(text))
    scanned = _DIGITS.search(plain)
    rest = plain.replace(scanned[0], " ") if scanned else plain
    code = _CODE.search(rest)
    rest = rest.replace(code[0], " ") if code else rest
    number = "".join(_LABELS.sub(" ", rest).split())
    return PaperText(number, scanned[0] if scanned else "", re.sub(r"[ \t-]", "", code[0]).lower() if code else "")


def verify(office: Office, text: str) -> Verified:
    """Whether a paper of this number, or with this code, is in the book, and has this check code.

    Raises:
        Refusal: `nothing-to-verify` (neither a number nor a code); `newer-code`, `misread-code`.
    """
    typed = read_paper_text(text)
    if not (typed.number or typed.digits):
        raise Refusal("nothing-to-verify", "没有编号，也没有二维码的数字。", "请写上纸上的编号和校验码，或者扫二维码。")
    row = _found(office, typed)
    named = row.number if row else typed.number or typed.digits
    if row is None or not typed.check_code:
        return Verified(row, named, None)
    if row.bare:
        return Verified(row, named, typed.check_code == row.check_code)
    entry = office.archive.show(row.number).entry
    bears = show(office, row.number).slip.check_code  # a slip of a kit bears that of its kit, which was printed before
    return Verified(row, named, typed.check_code in (entry.check_code, bears))


def _found(office: Office, typed: PaperText) -> ArchiveRow | None:
    """The slip of a code or of a whole number, however its signs are typed."""
    number = typed.number
    if typed.digits and (scan := read_scan(typed.digits, alone=True)):
        try:
            number = number_of_scan(office, scan)
        except Refusal as refusal:
            if refusal.code not in NOT_IN_BOOK:
                raise
            return None
    wanted = compact(number)
    return next((row for row in office.archive.search(number, limit=_MOST) if compact(row.number) == wanted), None)

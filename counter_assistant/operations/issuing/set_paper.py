"""纸型：一份文书这一次打在哪种纸上，放不下时改打在哪里。"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from counter_assistant.domain.papers.formats import PaperFormat, does_not_fit, format_chosen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from counter_assistant.domain.papers.slip import Draft, Slip
    from counter_assistant.operations.office import Office


class ChosenFormat(NamedTuple):
    """The format in which a paper is printed. `said` is why it is not the one that was wanted; empty where it is."""

    which: PaperFormat
    said: str = ""


def format_of(office: Office, draft: Draft, wanted: PaperFormat | None = None) -> ChosenFormat:
    """In which format a paper goes to the printer: the one that is wanted, else large print for whoever needs it, else what the
    office has chosen for its kind."""
    large = PaperFormat.LARGE if office.at_window.large_print else None
    meant = wanted or large or format_chosen(office.profile.paper_formats, draft.kind)
    which = office.program.typesetter.format_that_fits(draft, meant)
    return ChosenFormat(which, "" if which is meant else does_not_fit(meant))


def pdf_of_slip(
    office: Office, slip: Slip, wanted: PaperFormat | None = None, *, watermark: str = "", reprint_mark: str = ""
) -> bytes:
    """The PDF of an issued slip, in the format that `format_of` gives.

    Raises:
        Refusal: `missing-glyph`, `layout-unknown`.
    """
    which = format_of(office, slip.draft, wanted).which
    return office.program.typesetter.pdf(slip, watermark=watermark, reprint_mark=reprint_mark, wanted=which)


def pdf_of_slips(office: Office, slips: Sequence[Slip], *, watermark: str = "") -> bytes:
    """The PDF of several slips of one kind, one after the other, in the office's own format for it; on A4 where one does not fit on that.

    Raises:
        Refusal: `missing-glyph`.
    """
    meant = format_chosen(office.profile.paper_formats, slips[0].draft.kind)
    return office.program.typesetter.pdf_of_all(slips, watermark=watermark, wanted=meant)

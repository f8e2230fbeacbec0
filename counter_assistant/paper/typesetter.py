"""排字：from a slip to the bytes of its PDF, and from a draft to the same page before it is issued.

Every string is drawn as text and never parsed. Fonts are opened when a character first needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from types import MappingProxyType

from counter_assistant.domain.counter_forms.filling import FilledForm
from counter_assistant.domain.counter_forms.frame_words import FrameWords
from counter_assistant.domain.papers.counter_sign import SignLine
from counter_assistant.domain.papers.formats import FORMATS, PaperFormat
from counter_assistant.domain.papers.ruled_book import RuledBook
from counter_assistant.domain.papers.sheet import Sheet
from counter_assistant.domain.papers.slip import COPY_LABELS, LAYOUT, Draft, Run, Slip
from counter_assistant.domain.refusal import Refusal
from counter_assistant.paper.blocks import Image, Placed, characters_by_file, set_lines
from counter_assistant.paper.counter_forms.form_pages import FormMaker
from counter_assistant.paper.counter_forms.register_pages import RegisterMaker
from counter_assistant.paper.counter_forms.stamps import Stamp, sheet_of, stamp_page
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.geometry.columns import too_narrow
from counter_assistant.paper.geometry.imposition import Leaf, Part, cut_line, impose, labels_of
from counter_assistant.paper.geometry.measures import A4, LAYOUTS, MEASURES, Measures
from counter_assistant.paper.geometry.ruler_page import ruler_page
from counter_assistant.paper.line_breaking import LineBreaker
from counter_assistant.paper.page import PageMaker, Paper
from counter_assistant.paper.pdf import ContentWriter, write_pdf
from counter_assistant.paper.register_books.book_pages import LANDSCAPE, BookMaker
from counter_assistant.paper.signs import SignMaker
from counter_assistant.paper.subset import KEPT_SUBSETS, SubsetCache, wording_of

DRAFT_NUMBER = "出具时编号"
BLANK_CHECK = "　" * 7
NO_WORDING: Mapping[str, str] = MappingProxyType({})


class Typesetter:
    """Sets slips. It is meant to be made once, because it remembers what it has measured."""

    def __init__(self, fonts_dir: Path) -> None:
        self._fonts = FontFallback(fonts_dir)
        self.breaker = breaker = LineBreaker(self._fonts)
        self._makers = cache(lambda which, layout: PageMaker(breaker, LAYOUTS[layout][which]))
        self._signs = SignMaker(breaker)
        self._subsets = SubsetCache(self._fonts)
        self._wording = lru_cache(KEPT_SUBSETS)(self._characters)

    def missing(self, draft: Draft) -> list[str]:
        """The characters that no bundled font draws, each once, in the paper's order."""
        return self._fonts.missing("".join(draft.texts()))

    def preflight(self, draft: Draft) -> list[str]:
        """What does not go on a page, in sentences for the clerk; empty where all of a paper does."""
        problems = []
        if any(too_narrow(element, A4) for element in draft.body):
            problems.append("表格的列数过多，纸面放不下。")
        if self._maker(PaperFormat.A4).room(_blank(draft, COPY_LABELS)) < A4.least_room:
            problems.append("标题、签名栏或脚注过长，一页放不下。")
        return problems

    def page_count(self, draft: Draft, wanted: PaperFormat = PaperFormat.A4) -> int:
        """How many pages one copy takes."""
        return len(self._maker(self.format_that_fits(draft, wanted)).pages(_blank(draft, COPY_LABELS)))

    def format_that_fits(self, draft: Draft, wanted: PaperFormat) -> PaperFormat:
        """The format in which a paper is printed where one is wanted: that one, or A4 where it does not go on it."""
        return self._fitting(_blank(draft, COPY_LABELS), wanted)

    def pdf(
        self, slip: Slip, *, watermark: str = "", reprint_mark: str = "", wanted: PaperFormat = PaperFormat.A4
    ) -> bytes:
        """The PDF of all copies of an issued slip, one after the other. The same slip gives the same bytes.

        It is set in the format that `format_that_fits` says, and in the layout that it was issued in.

        Raises:
            Refusal: `missing-glyph`, `layout-unknown`.
        """
        return self._set(self._paper(slip, watermark, reprint_mark), watermark, reprint_mark, wanted)

    def pdf_of_all(self, slips: Sequence[Slip], *, watermark: str = "", wanted: PaperFormat = PaperFormat.A4) -> bytes:
        """The PDF of several slips, each with all its copies, in one format: in A4 where one of them does not fit on the wanted one.

        Raises:
            Refusal: `missing-glyph`, `layout-unknown`.
        """
        papers = [self._paper(slip, watermark) for slip in slips]
        which = wanted if all(self._fitting(paper, wanted) is wanted for paper in papers) else PaperFormat.A4
        title = f"{papers[0].draft.title} {papers[0].number} – {papers[-1].number}"
        return self.write(title, MEASURES[which], *self._all_laid(papers, which), watermark)

    def _paper(self, slip: Slip, *marks: str) -> Paper:
        if slip.layout not in LAYOUTS:
            sentence = f"这份文书是按更新的版式（第{slip.layout}版）出具的，这个程序打出来会走样。"
            raise Refusal("layout-unknown", sentence, "请升级程序后再打印；内容可以在档案里查看。")
        texts = [*slip.draft.texts(), slip.number, slip.check_code, *slip.copies, *marks]
        if missing := self._fonts.missing("".join(texts)):
            raise Refusal("missing-glyph", f"字库中没有“{''.join(missing)}”，不能打印。", "请手写这份文书。")
        return Paper(slip.draft, slip.number, slip.check_code, slip.qr, slip.copies, slip.layout)

    def preview(
        self, draft: Draft, *, copy: str, watermark: str = "草稿", wanted: PaperFormat = PaperFormat.A4
    ) -> bytes:
        """The PDF of one copy of what would be printed; the places of number, check code and QR code are left empty.

        Where both copies are on one sheet, the whole sheet is shown.
        """
        labels = (copy,) if FORMATS[wanted].apart else COPY_LABELS
        return self._set(_blank(draft, labels), watermark, "", wanted)

    def sheet(self, sheet: Sheet, watermark: str = "") -> bytes:
        """The PDF of a sheet, all copies one after the other, without a number.

        Raises:
            Refusal: `missing-glyph`.
        """
        return self.sheets((sheet,), watermark)

    def sheets(self, sheets: Sequence[Sheet], watermark: str = "") -> bytes:
        """The PDF of several sheets, each on pages of its own.

        Raises:
            Refusal: `missing-glyph`.
        """
        self.refuse_missing([*(text for sheet in sheets for text in sheet.texts()), watermark])
        papers = [Paper(sheet, "", "", sheet.qr, sheet.copies) for sheet in sheets]
        wording = self._wording(tuple(run for sheet in sheets for run in wording_of(sheet)))
        return self.write(sheets[0].title, A4, *self._all_laid(papers, PaperFormat.A4), watermark, wording)

    def book(self, book: RuledBook, watermark: str = "") -> bytes:
        """The PDF of a register's book, on sheets that lie across.

        Raises:
            Refusal: `missing-glyph`.
        """
        self.refuse_missing([*book.texts(), watermark])
        maker = BookMaker(self.breaker)
        pages, alone = maker.pages(book), (Part((Placed(LANDSCAPE.top, maker.label()),)),)
        leaves = [Leaf(LANDSCAPE.page, at, alone) for at in range(len(pages))]
        return self.write(book.title, LANDSCAPE, pages, leaves, watermark)

    def sign(self, title: str, lines: Sequence[SignLine], watermark: str = "", script: Image | None = None) -> bytes:
        """The PDF of a sign for the counter, on one page, with words in another `script` as a picture. `title` is the document's.

        Raises:
            Refusal: `missing-glyph`.
        """
        self.refuse_missing([*(line.text for line in lines), watermark])
        return self.page(title, self._signs.page(lines, script), watermark)

    def form(self, filled: FilledForm, words: FrameWords, watermark: str = "") -> bytes:
        """The PDF of a form, all copies one after the other.

        Raises:
            Refusal: `missing-glyph`.
        """
        rows = [text for row in filled.rows for text in row.values()]
        self.refuse_missing([*filled.texts(), *rows, *words.texts(), watermark])
        if filled.form.table:
            register = RegisterMaker(self.breaker)
            frame, pages = register.frame, register.pages(filled, words, filled.form.table)
        else:
            maker = FormMaker(self.breaker)
            frame, pages = maker.frame, maker.pages(filled, words)
        m, labels = frame.m, [frame.label(copy) for copy in filled.form.copies]
        leaves = [Leaf(m.page, at, (Part((Placed(m.top, label),)),)) for label in labels for at in range(len(pages))]
        return self.write(filled.form.title, m, pages, leaves, watermark)

    def stamps(self, pages: Sequence[tuple[tuple[float, float], Sequence[Stamp]]], watermark: str = "") -> bytes:
        """The PDF of pages that hold texts in their places and nothing else, to be laid over others; each with its size in points.

        Raises:
            Refusal: `missing-glyph`.
        """
        self.refuse_missing([stamp.text for _, stamps in pages for stamp in stamps])
        largest = max(size[0] for size, _ in pages), max(size[1] for size, _ in pages)
        set_pages = [stamp_page(self.breaker, stamps, largest[1] - size[1]) for size, stamps in pages]
        leaves = [Leaf(size, at, (Part(()),)) for at, (size, _) in enumerate(pages)]
        return self.write("", sheet_of(largest), set_pages, leaves, watermark)

    def pages(self, sheet: Sheet) -> list[list[Placed]]:
        """The pages of a sheet on A4, to be bound with others."""
        return self._maker(PaperFormat.A4).pages(Paper(sheet, "", "", sheet.qr, ("",)))

    def ruled(self, title: str, which: PaperFormat, words: Sequence[str]) -> bytes:
        """The PDF of a page with rulers, on which it is measured by how much a printer is off.

        Raises:
            Refusal: `missing-glyph`.
        """
        self.refuse_missing(words)
        return self.page(title, ruler_page(self.breaker, MEASURES[which], words), "", which)

    def _maker(self, which: PaperFormat, layout: int = LAYOUT) -> PageMaker:
        return self._makers(which, layout)

    def page(self, title: str, placed: Sequence[Placed], watermark: str, which: PaperFormat = PaperFormat.A4) -> bytes:
        """One page of blocks with nothing around them."""
        unlabelled = self._maker(which).label("", "")
        return self.write(title, MEASURES[which], [placed], impose(which, 1, [unlabelled], None), watermark)

    def refuse_missing(self, texts: Iterable[str]) -> None:
        """Checks that a font draws every character of some texts.

        Raises:
            Refusal: `missing-glyph`.
        """
        if missing := self._fonts.missing("".join(texts)):
            raise Refusal("missing-glyph", f"字库中没有“{''.join(missing)}”，不能打印。", "请改用其他字再打印。")

    def _fitting(self, paper: Paper, wanted: PaperFormat) -> PaperFormat:
        if wanted is PaperFormat.A4:
            return wanted
        maker = self._maker(wanted, paper.layout)
        m = maker.measures
        if any(too_narrow(element, m) for element in paper.draft.body) or maker.room(paper) < m.least_room:
            return PaperFormat.A4
        return PaperFormat.A4 if FORMATS[wanted].whole and len(maker.pages(paper)) > 1 else wanted

    def _set(self, paper: Paper, watermark: str, reprint_mark: str, wanted: PaperFormat) -> bytes:
        which = self._fitting(paper, wanted)
        m, wording = self._maker(which, paper.layout).measures, self._wording(wording_of(paper.draft))
        title = f"{paper.draft.title} {paper.number}".strip()
        return self.write(title, m, *self._laid(paper, which, reprint_mark), watermark, wording)

    def _all_laid(self, papers: Sequence[Paper], which: PaperFormat) -> tuple[list[Sequence[Placed]], list[Leaf]]:
        """The pages of several papers, one after the other, and their sheets."""
        pages, leaves = list[Sequence[Placed]](), list[Leaf]()
        for paper in papers:
            own, placed = self._laid(paper, which, "")
            leaves += [leaf._replace(page=leaf.page + len(pages)) for leaf in placed]
            pages += own
        return pages, leaves

    def _laid(
        self, paper: Paper, which: PaperFormat, reprint_mark: str
    ) -> tuple[Sequence[Sequence[Placed]], Sequence[Leaf]]:
        """The pages of a paper, and the sheets on which its copies show them."""
        maker = self._maker(which, paper.layout)
        own = [maker.label(label, reprint_mark) for label in labels_of(which, paper.labels)]
        cut = cut_line(self.breaker, paper.number) if which is PaperFormat.HALVES else None
        pages = maker.pages(paper)
        return pages, impose(which, len(pages), own, cut)

    def write(
        self,
        title: str,
        m: Measures,
        pages: Sequence[Sequence[Placed]],
        leaves: Sequence[Leaf],
        watermark: str,
        wording: Mapping[str, str] = NO_WORDING,
    ) -> bytes:
        """The PDF of pages of some measures, on the sheets that show them."""
        word = set_lines(self.breaker, (Run(watermark, strong=True),), 10_000, 1)[0] if watermark else None
        blocks = [placed.block for page in pages for placed in page]
        blocks += [placed.block for leaf in leaves for part in leaf.parts for placed in part.own]
        used = characters_by_file(blocks, [word] if word else [])
        writer = ContentWriter(self._subsets.subsets(used, wording), m)
        return write_pdf(writer, title, pages, leaves, writer.watermark(watermark, word) if word else b"")

    def _characters(self, runs: tuple[Run, ...]) -> dict[str, str]:
        """The characters of some runs, by the file that draws them, in code order."""
        found: dict[str, set[str]] = {}
        for run in runs:
            files = self._fonts.files[run.strong]
            for char in run.text:
                found.setdefault(files[char], set()).add(char)
        return {file: "".join(sorted(characters)) for file, characters in found.items() if file}


def _blank(draft: Draft, labels: tuple[str, ...]) -> Paper:
    return Paper(draft, DRAFT_NUMBER, BLANK_CHECK, "", labels)

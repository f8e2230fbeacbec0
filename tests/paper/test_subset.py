"""Fonts: our reader agrees with fontTools, subsets draw the same outlines, and text can be copied out again."""

from __future__ import annotations

import gzip
import io
import re
import struct
import weakref
import zlib
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from counter_assistant.paper import font_fallback as choice
from counter_assistant.paper import subset
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.subset import Shared, SubsetCache, build_subset
from counter_assistant.paper.truetype import HALVED, FontFile, full_form, half_form
from tests.places import FONTS

FILES = ("NotoSerifSC-Regular-body.ttf", "RareHan-01.ttf", "NotoSansTaiLe-Regular-paper.ttf")


@pytest.fixture(params=FILES)
def file(request: pytest.FixtureRequest) -> Path:
    """One font of each kind."""
    return FONTS / str(request.param)


def outlines(font: TTFont, glyph: str) -> list[object]:
    """The drawing of one glyph, without its parts."""
    glyphs = font.getGlyphSet()
    pen = DecomposingRecordingPen(glyphs)
    glyphs[glyph].draw(pen)
    return list(pen.value)


def shown(font: FontFile, char: str) -> str:
    """The number of a character in four digits, as a text operator has it."""
    return f"{font.numbers[ord(char)]:04x}"


def test_the_reader_agrees_with_fonttools(file: Path) -> None:
    """Every character has the same glyph and the same advance in both readers."""
    ours, theirs = FontFile(file), TTFont(file)
    scale = 1000 / theirs["head"].unitsPerEm
    for code, name in theirs.getBestCmap().items():
        assert ours.glyph_index(code) == theirs.getGlyphID(name)
        assert ours.advance(code) == round(theirs["hmtx"][name][0] * scale)
    assert ours.glyph_index(0xE000) == ours.glyph_index(0x10FFFF) == 0


def test_a_subset_draws_the_same_outlines(file: Path) -> None:
    """GIVEN some characters THEN the program is a sound TrueType file with their outlines in their order."""
    theirs = TTFont(file)
    names = theirs.getBestCmap()
    characters = "".join(map(chr, sorted(names)[::40]))
    program = b"".join(build_subset(FontFile(file), characters).program)
    made = TTFont(io.BytesIO(program), checkChecksums=2)
    for at, char in enumerate(characters, 1):
        assert outlines(made, made.getGlyphOrder()[at]) == outlines(theirs, names[ord(char)])


def test_half_forms_are_half_an_em_wide_and_stand_in_it() -> None:
    """GIVEN an opening and a closing mark THEN their narrow forms lie between 0 and 500, and mean the same marks."""
    file = FontFile(FONTS / FILES[0])
    made = build_subset(file, half_form("《") + half_form("，"))
    font = TTFont(io.BytesIO(b"".join(made.program)))
    for name in font.getGlyphOrder()[1:3]:
        across = [x for x, _ in font["glyf"][name].getCoordinates(font["glyf"])[0]]
        assert 0 <= font["hmtx"][name][1] == min(across) < max(across) <= 500
    numbers = [shown(file, half_form(mark)) for mark in "《，"]
    assert made.widths == "".join(f"{int(number, 16)}[500]" for number in numbers)
    assert f"<{numbers[0]}><300a>\n<{numbers[1]}><ff0c>".encode() in zlib.decompress(made.meanings)


def test_characters_above_ffff_map_back_as_surrogates() -> None:
    """reportlab writes 𠅤 as <20164>, which readers take for two other characters; UTF-16BE it must be."""
    file = FontFallback(FONTS).files[0]["𠅤"]
    font = FontFile(FONTS / file)
    made = build_subset(font, "𠅤")
    assert f"<{shown(font, '𠅤')}><d840dd64>".encode() in zlib.decompress(made.meanings)


def test_a_map_block_has_at_most_a_hundred_entries() -> None:
    """The limit of CMap operators."""
    made = build_subset(FontFile(FONTS / FILES[0]), "".join(map(chr, range(0x4E00, 0x4E00 + 250))))
    sizes = [int(size) for size in re.findall(rb"(\d+) beginbfchar", zlib.decompress(made.meanings))]
    assert sizes == [100, 100, 50]


def test_a_composite_glyph_brings_its_parts(tmp_path: Path) -> None:
    """GIVEN a font in which one glyph is made of two others THEN the subset of its character alone draws it."""
    theirs = TTFont(FONTS / FILES[2])
    whole, part, other = (theirs.getBestCmap()[ord(char)] for char in "ᥐᥑᥒ")
    pen = TTGlyphPen(theirs.getGlyphSet())
    pen.addComponent(part, (1, 0, 0, 1, 0, 0))
    pen.addComponent(other, (0.5, 0, 0, 0.5, 30, 300))
    theirs["glyf"][whole] = pen.glyph()
    path = tmp_path / "composite.ttf"
    theirs.save(path)
    made = TTFont(io.BytesIO(b"".join(build_subset(FontFile(path), "ᥐ").program)), checkChecksums=2)
    assert len(made.getGlyphOrder()) == 4
    assert outlines(made, made.getGlyphOrder()[1]) == outlines(TTFont(path), whole)


def test_what_papers_share_comes_first_and_is_drawn_alike() -> None:
    """GIVEN a beginning of which one glyph is made of others THEN each number leads to its outline, and means its character."""
    file = FONTS / FILES[0]
    font, theirs = FontFile(file), TTFont(file)
    mark = next(half_form(mark) for mark in HALVED if font.drawn[half_form(mark)].glyph.composite)
    shared, others = "一二三" + mark, "上下0"
    assert Shared.of(font, shared).apart == mark
    made = build_subset(font, others, Shared.of(font, shared))
    program = TTFont(io.BytesIO(b"".join(made.program)), checkChecksums=2)
    names, places = theirs.getBestCmap(), zlib.decompress(made.places)
    for char in "一二三上下0":
        number = font.numbers[ord(char)]
        place = int.from_bytes(places[2 * number : 2 * number + 2], "big")
        assert outlines(program, program.getGlyphOrder()[place]) == outlines(theirs, names[ord(char)])
    numbers = [font.numbers[ord(char)] for char in shared + others]
    assert sum(place > 0 for (place,) in struct.iter_unpack(">H", places)) == len(numbers)
    for number, char in zip(numbers, "一二三" + full_form(mark) + others, strict=True):
        assert f"<{number:04x}><{ord(char):04x}>".encode() in zlib.decompress(made.meanings)


def test_a_character_has_its_number_in_whatever_paper() -> None:
    """So that the operators of a line are made once: numbers are those of the file, and half forms are counted on after them."""
    font = FontFile(FONTS / FILES[0])
    count = TTFont(FONTS / FILES[0])["maxp"].numGlyphs
    assert font.numbers[ord("一")] == font.glyph_index(ord("一"))
    halves = [font.numbers[ord(half_form(mark))] for mark in HALVED]
    assert halves == list(range(count, count + len(HALVED)))
    assert [full_form(half_form(mark)) for mark in HALVED] == list(HALVED)


def test_the_glyph_for_what_is_missing_is_made_of_no_others() -> None:
    """Programs begin with it, and what composite glyphs are made of comes last."""
    fonts = {path for path in FONTS.glob("*.ttf") if not path.stem.endswith("-screen")}
    assert len(fonts) > 15
    assert [path.name for path in fonts if FontFile(path).glyph(0).composite] == []


def test_a_file_that_is_let_go_is_closed_at_once() -> None:
    """A desk prints many rare names; a file that waits for the collection of garbage keeps its pages in memory."""
    font = FontFile(FONTS / FILES[1])
    assert font.drawn["𠀀"].number == font.numbers[ord("𠀀")]
    gone = weakref.ref(font)
    del font
    assert gone() is None


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """GIVEN small limits WHEN many files and characters were met THEN few fonts are open and few subsets kept."""
    monkeypatch.setattr(choice, "OPEN_FONTS", 2)
    monkeypatch.setattr(choice, "KNOWN_CHARACTERS", 50)
    fonts = FontFallback(FONTS)
    for code in range(0x20000, 0x2FA1D, 999):
        assert fonts.files[0][chr(code)] == "" or fonts.advances[0][chr(code)] > 0
    assert len(fonts.files[0]) <= 51
    assert len(fonts._open) <= 2
    assert SubsetCache(fonts)._build.cache_info().maxsize == subset.KEPT_SUBSETS


def test_a_packed_font_is_drawn_like_the_one_that_it_is_packed_of(tmp_path: Path) -> None:
    """GIVEN a font of which only the packed form is there, as in a bundle THEN its subset is the same to the byte."""
    file = FONTS / FILES[0]
    (tmp_path / f"{file.name}.gz").write_bytes(gzip.compress(file.read_bytes(), 1))
    ours, packed = build_subset(FontFile(file), "罗某"), build_subset(FontFile(tmp_path / file.name), "罗某")
    assert b"".join(packed.program) == b"".join(ours.program)
    with pytest.raises(FileNotFoundError):
        FontFile(tmp_path / "none.ttf")

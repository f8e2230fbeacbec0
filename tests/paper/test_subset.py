"""Fonts: our reader agrees with fontTools, subsets draw the same outlines, and text can be copied out again."""

from __future__ import annotations

import io
import re
import zlib
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from counter_assistant.paper import font_fallback as choice
from counter_assistant.paper import subset
from counter_assistant.paper.font_fallback import FontFallback
from counter_assistant.paper.subset import SubsetCache, build_subset
from counter_assistant.paper.truetype import FontFile, half_form
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
    program = build_subset(FontFile(file), characters).program
    made = TTFont(io.BytesIO(program), checkChecksums=2)
    for at, char in enumerate(characters, 1):
        assert outlines(made, made.getGlyphOrder()[at]) == outlines(theirs, names[ord(char)])


def test_half_forms_are_half_an_em_wide_and_stand_in_it() -> None:
    """GIVEN an opening and a closing mark THEN their narrow forms lie between 0 and 500, and mean the same marks."""
    font = FontFile(FONTS / FILES[0])
    made = build_subset(font, half_form("《") + half_form("，"))
    font = TTFont(io.BytesIO(made.program))
    for name in font.getGlyphOrder()[1:3]:
        across = [x for x, _ in font["glyf"][name].getCoordinates(font["glyf"])[0]]
        assert 0 <= font["hmtx"][name][1] == min(across) < max(across) <= 500
    assert made.widths.split()[1:] == ["500", "500"]
    assert b"<0001><300a>" in zlib.decompress(made.to_unicode)


def test_characters_above_ffff_map_back_as_surrogates() -> None:
    """reportlab writes 𠅤 as <20164>, which readers take for two other characters; UTF-16BE it must be."""
    file = FontFallback(FONTS).files[0]["𠅤"]
    made = build_subset(FontFile(FONTS / file), "𠅤")
    assert b"<0001><d840dd64>" in zlib.decompress(made.to_unicode)


def test_a_map_block_has_at_most_a_hundred_entries() -> None:
    """The limit of CMap operators."""
    made = build_subset(FontFile(FONTS / FILES[0]), "".join(map(chr, range(0x4E00, 0x4E00 + 250))))
    sizes = [int(size) for size in re.findall(rb"(\d+) beginbfchar", zlib.decompress(made.to_unicode))]
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
    made = TTFont(io.BytesIO(build_subset(FontFile(path), "ᥐ").program), checkChecksums=2)
    assert len(made.getGlyphOrder()) == 4
    assert outlines(made, made.getGlyphOrder()[1]) == outlines(TTFont(path), whole)


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

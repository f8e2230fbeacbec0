"""The bundled fonts hold what ``coverage.json`` says, and that is every ideograph of GB 18030-2022 level 3."""

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from fontTools.ttLib import TTFont as OpenFont
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from counter_assistant.paper.coverage import Coverage
from tests.places import FONTS

COVERAGE = FONTS / "coverage.json"
BODY, BODY_BOLD = "NotoSerifSC-Regular-body.ttf", "NotoSerifSC-Bold-body.ttf"

# GB 18030-2022, level 3: 88,115 = 87,887 ideographs and 228 radicals.  The ideographs are exactly those that Unicode 11
# calls unified: U+4E00–9FEF 20,976, extension A 6,582, B 42,711, C 4,149, D 222, E 5,762, F 7,473, and the twelve
# unified ones among the compatibility ideographs.
IDEOGRAPH_BLOCKS = (
    (0x4E00, 0x9FEF),
    (0x3400, 0x4DB5),
    (0x20000, 0x2A6D6),
    (0x2A700, 0x2B734),
    (0x2B740, 0x2B81D),
    (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)
TWELVE_UNIFIED = "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"
LEVEL_3 = [chr(code) for first, last in IDEOGRAPH_BLOCKS for code in range(first, last + 1)] + list(TWELVE_UNIFIED)

# Its Amendment 1 adds 9,793: extensions G 4,939, H 4,192 and I 622, and 40 at the ends of older blocks.
AMENDMENT_1 = (
    (0x30000, 0x3134A),
    (0x31350, 0x323AF),
    (0x2EBF0, 0x2EE5D),
    (0x9FF0, 0x9FFF),
    (0x4DB6, 0x4DBF),
    (0x2A6D7, 0x2A6DF),
    (0x2B735, 0x2B739),
)


@dataclass(frozen=True)
class FontFacts:
    codes: frozenset[int]
    undrawn: frozenset[int]  # codes whose glyph is .notdef or has no outline
    postscript: str
    family: str
    copying: str


def facts_of(path: Path) -> FontFacts:
    with OpenFont(path, lazy=True) as font:
        cmap, places = font.getBestCmap(), font["loca"].locations
        glyphs = {code: font.getGlyphID(name) for code, name in cmap.items()}
        names = font["name"]
        return FontFacts(
            codes=frozenset(cmap),
            undrawn=frozenset(code for code, at in glyphs.items() if at == 0 or places[at] == places[at + 1]),
            postscript=names.getDebugName(6),
            family=names.getDebugName(1),
            copying=" ".join(str(names.getDebugName(at)) for at in (0, 10, 13)),
        )


@pytest.fixture(scope="module")
def content() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(COVERAGE.read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def fonts() -> dict[str, FontFacts]:
    return {path.name: facts_of(path) for path in sorted(FONTS.glob("*.ttf"))}


@pytest.fixture
def coverage() -> Coverage:
    return Coverage.load(COVERAGE)


def codes_in(entry: dict[str, Any]) -> set[int]:
    bounds = [int(word, 16) for line in entry["ranges"] for word in line.split()]
    return {code for first, last in zip(bounds[::2], bounds[1::2], strict=True) for code in range(first, last + 1)}


def files_of(entry: dict[str, Any]) -> Iterator[str]:
    return (entry[weight] for weight in ("regular", "bold") if entry[weight])


# ───── the table against the fonts


@pytest.mark.slow
def test_ranges_equal_the_character_maps_of_both_weights(content: dict[str, Any], fonts: dict[str, FontFacts]) -> None:
    listed = set()
    for entry in content["paper"] + content["screen"]:
        for name in files_of(entry):
            assert codes_in(entry) == fonts[name].codes, name
            listed.add(name)
    assert listed == set(fonts) == set(content["files"])


@pytest.mark.slow
def test_file_table_is_true(content: dict[str, Any], fonts: dict[str, FontFacts]) -> None:
    for name, entry in content["files"].items():
        assert entry == {
            "postscript": fonts[name].postscript,
            "family": fonts[name].family,
            "bytes": (FONTS / name).stat().st_size,
            "characters": len(fonts[name].codes),
        }, name


def test_ranges_are_ascending_and_apart(content: dict[str, Any]) -> None:
    for entry in content["paper"] + content["screen"]:
        bounds = [int(word, 16) for line in entry["ranges"] for word in line.split()]
        assert all(first <= last for first, last in zip(bounds[::2], bounds[1::2], strict=True))
        assert all(last + 1 < first for last, first in zip(bounds[1::2], bounds[2::2], strict=False)), entry["regular"]


def test_no_character_is_in_two_paper_faces(content: dict[str, Any]) -> None:
    sizes = [len(codes_in(entry)) for entry in content["paper"]]
    assert len(set().union(*(codes_in(entry) for entry in content["paper"]))) == sum(sizes)


@pytest.mark.slow
def test_font_for_names_a_font_that_has_the_character(
    content: dict[str, Any], fonts: dict[str, FontFacts], coverage: Coverage
) -> None:
    drawable: set[int] = set().union(*(codes_in(entry) for entry in content["paper"]))
    around = {code + step for code in drawable for step in (-1, 0, 1)}
    for code in around | set(range(0, 0x110000, 16)):
        for strong in (False, True):
            name = coverage.font_for(chr(code), strong)
            assert (name is not None) == (code in drawable), hex(code)
            assert name is None or code in fonts[name].codes, hex(code)


# ───── what is covered


@pytest.mark.slow
def test_every_ideograph_of_level_3_prints(fonts: dict[str, FontFacts], coverage: Coverage) -> None:
    assert len(set(LEVEL_3)) == 87_887
    assert coverage.missing("".join(LEVEL_3)) == []
    for strong in (False, True):
        undrawn = [c for c in LEVEL_3 if ord(c) in fonts[str(coverage.font_for(c, strong))].undrawn]
        assert undrawn == []


def test_the_228_radicals_of_level_3_print(coverage: Coverage) -> None:
    kangxi = "".join(map(chr, range(0x2F00, 0x2FD6)))
    supplement = "⺁⺄⺈⺋⺌⺗⺧⺪⺮⺳⺶⺷⺻⻊"
    assert len(kangxi + supplement) == 228
    assert coverage.missing(kangxi + supplement) == []


@pytest.mark.slow
def test_no_character_of_any_font_is_drawn_as_notdef(fonts: dict[str, FontFacts]) -> None:
    blank_by_nature = {" ", "\u00a0", "\u00ad", "\u3000", "\u3164", "\u2800"}
    for name, facts in fonts.items():
        undrawn = {chr(code) for code in facts.undrawn}
        assert not {char for char in undrawn if not char.isspace()} - blank_by_nature, name


@pytest.mark.slow
def test_body_holds_gb_2312_and_form_signs_in_both_weights_and_on_screen(
    content: dict[str, Any], coverage: Coverage
) -> None:
    pairs = [(bytes((a, b)).decode("gb2312", "ignore")) for a in range(0xA1, 0xF8) for b in range(0xA1, 0xFF)]
    signs = "".join(map(chr, range(0x20, 0x7F))) + "〔〕①⑩⑳→□☑☐✓·ⅠⅫαΩ─│┌￥¥€℃‰—…“”《》〇（），。、：；？！０９ＡＺ"
    beyond_gb_2312 = "堃喆淼珺湉翀㑇㑊㕮𠅤𠙶𠳐𪟝𪣻𪤗𫞩𫟅𫟦𫢸𫫇𫭟"  # of 通用规范汉字表
    text = "".join(pairs) + signs + beyond_gb_2312
    assert {coverage.font_for(char, False) for char in text} == {BODY}
    assert {coverage.font_for(char, True) for char in text} == {BODY_BOLD}
    (screen,) = content["screen"]
    assert set(map(ord, text)) <= codes_in(screen)
    # GB 2312 has 6,763 ideographs and 通用规范汉字表 8,105; 6,638 are in both.
    assert sum(coverage.font_for(char, False) == BODY for char in LEVEL_3) == 8230


def test_preference_and_weights(coverage: Coverage) -> None:
    assert coverage.font_for("龘", False) == "NotoSerifSC-Regular-rest4.ttf"
    assert coverage.font_for("龘", True) == "NotoSerifSC-Bold-rest4.ttf"
    assert coverage.font_for("𠅤", False) == BODY
    assert coverage.font_for("𠀀", False) == "RareHan-01.ttf"
    assert coverage.font_for("𠀀", True) == "RareHan-01.ttf"
    assert coverage.font_for("ᥐ", True) == "NotoSansTaiLe-Regular-paper.ttf"
    assert coverage.font_for("ᦀ", False) == "NotoSansNewTaiLue-Regular-paper.ttf"
    assert coverage.font_for("ꓡ", False) == "NotoSansLisu-Regular-paper.ttf"
    assert coverage.font_for("ꆈ", True) == "NotoSansYi-Regular-paper.ttf"


def test_of_amendment_1_as_many_as_the_readme_says_are_drawn(coverage: Coverage) -> None:
    codes = [code for first, last in AMENDMENT_1 for code in range(first, last + 1)]
    assert len(codes) == 9_793
    assert len(codes) - len(coverage.missing("".join(map(chr, codes)))) == 5_356


def test_every_letter_of_lisu_and_every_syllable_of_yi_print(coverage: Coverage) -> None:
    assert coverage.missing("".join(map(chr, range(0xA4D0, 0xA500)))) == []
    assert coverage.missing("".join(map(chr, range(0xA000, 0xA48D)))) == []


# ───── what is not covered


@pytest.mark.parametrize(
    "char",
    ["\ue000", "\uf8ff", "\U000f0000", "\U0002ebf0", "\U00030041", "\U00031353", "\U000323b0", "\U0010ffff"],
    ids=["private", "private-end", "private-15", "ext-I", "ext-G", "ext-H", "ext-J", "last"],
)
def test_missing_reports_what_no_font_draws(coverage: Coverage, char: str) -> None:
    assert coverage.font_for(char, False) is None
    assert coverage.font_for(char, True) is None
    assert coverage.missing(f"罗{char}克") == [char]


def test_control_characters_are_missing(coverage: Coverage) -> None:
    controls = [chr(code) for code in (*range(0x20), *range(0x7F, 0xA0))]
    assert coverage.missing("".join(controls)) == controls


def test_missing_keeps_order_without_repeats(coverage: Coverage) -> None:
    assert coverage.missing("\ue001鸟\ue000甲\ue001\n\ue000") == ["\ue001", "\ue000", "\n"]
    assert coverage.missing("") == []


def test_more_than_one_character_is_a_programming_error(coverage: Coverage) -> None:
    with pytest.raises(TypeError):
        coverage.font_for("罗克", False)


# ───── the fonts in reportlab


@pytest.mark.slow
def test_postscript_names_and_families_are_distinct(fonts: dict[str, FontFacts]) -> None:
    assert len({facts.postscript for facts in fonts.values()}) == len(fonts)
    assert all(facts.postscript == Path(name).stem for name, facts in fonts.items())


@pytest.mark.slow
def test_reserved_names_are_not_used_and_licences_are_there(fonts: dict[str, FontFacts]) -> None:
    for name, facts in fonts.items():
        primary = (facts.postscript + facts.family).lower()
        assert not any(reserved in primary for reserved in ("hanamin", "hanazono", "source")), name
        family = name.split("-")[0]
        terms, title = (
            ("ARPHICPL", "ARPHIC PUBLIC LICENSE") if family == "AmendedHan" else ("OFL", "SIL OPEN FONT LICENSE")
        )
        assert title in (FONTS / f"{terms}-{family}.txt").read_text(encoding="utf-8").upper(), name
        assert (
            family != "AmendedHan" or "Changed 2026" in facts.copying
        )  # its licence asks that the change is told in the file


@pytest.mark.slow
def test_every_font_opens_in_reportlab(fonts: dict[str, FontFacts]) -> None:
    for name, facts in fonts.items():
        face = TTFont(f"open-{name}", str(FONTS / name)).face
        assert facts.codes <= set(face.charToGlyph), name
        assert face.name.decode() == facts.postscript


def ink(font_file: str, text: str) -> bytes:
    """The grey picture of `text` at 40 pt."""
    registered = f"ink-{font_file}"
    pdfmetrics.registerFont(TTFont(registered, str(FONTS / font_file)))
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=(60, 60), invariant=1)
    canvas.setFont(registered, 40)
    canvas.drawString(10, 15, text)
    canvas.save()
    document = pypdfium2.PdfDocument(out.getvalue())
    try:
        return bytes(document[0].render(grayscale=True).buffer)
    finally:
        document.close()


@pytest.mark.parametrize(
    ("char", "strong"),
    [
        ("𠅤", False),
        ("𠅤", True),
        ("𠀀", False),
        ("罗", True),
        ("龘", False),
        ("☑", False),
        ("☐", True),
        ("ᥐ", False),
        ("𬸦", False),
        ("𮯠", False),
    ],
)
def test_a_character_draws_and_not_as_notdef(coverage: Coverage, char: str, strong: bool) -> None:
    name = coverage.font_for(char, strong)
    assert name is not None
    drawn = ink(name, char)
    assert min(drawn) < 128
    assert drawn != ink(name, "\ue000")

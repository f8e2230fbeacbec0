"""Cut the bundled fonts out of their source packages and write ``coverage.json`` beside them.

Everything in ``resources/fonts`` except its README is made here.  The same sources and the same fontTools give
the same bytes.  The sources are directories with the unpacked packages named in ``SOURCES``; a file whose SHA-256
is not the one measured there is refused, so that a font never changes unnoticed.  How to fetch and unpack them:
``README.md`` beside this script.
"""

import argparse
import bz2
import hashlib
import itertools
import json
import struct
import sys
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import fontTools
from fontTools.misc.transform import Transform
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

SERIF, SANS, HANA, BABELSTONE = "noto-serif-sc", "noto-sans-sc", "hanazono", "babelstone-han"
CORE, UCD = "noto-core", "unicode-data"


@dataclass(frozen=True, slots=True)
class Source:
    """One package: what it is called, which version was measured, and the files that are read from it."""

    package: str
    version: str
    files: dict[str, str]  # path inside the unpacked package -> SHA-256


SOURCES: dict[str, Source] = {
    SERIF: Source(
        "npm @expo-google-fonts/noto-serif-sc",
        "0.4.3 (font 2.003-H1)",
        {
            "400Regular/NotoSerifSC_400Regular.ttf": "c358a69de3df5f423a8946a7b03e3126fb6ba116f1130a463455b4e39e1f0742",
            "700Bold/NotoSerifSC_700Bold.ttf": "9c6a2ba736e4b499c84f65ce366bd3625c0401885fd3e585ace50fb738b96ff6",
        },
    ),
    SANS: Source(
        "npm @expo-google-fonts/noto-sans-sc",
        "0.4.3 (font 2.004-H2)",
        {
            "400Regular/NotoSansSC_400Regular.ttf": "d45f67f0a7c0ca3f256950777ce6a61cc7ce5f9696d02900cbbaac25f8aa7d16",
            "700Bold/NotoSansSC_700Bold.ttf": "9a38ae0ab28cd5a256f9ea8e00dedc688aac17f7915fcb000572990afa956b96",
        },
    ),
    HANA: Source(
        "Debian fonts-hanazono",
        "20170904-2.1",
        {
            "usr/share/fonts/truetype/hanazono/HanaMinB.ttf": (
                "829543436cdf7b4c6730e2af5806fa406f8ddf0d4b656e0cd49c58d4db1c8d3c"
            ),
        },
    ),
    BABELSTONE: Source(
        "Debian fonts-babelstone-han",
        "15.0.5-2",
        {
            "usr/share/fonts/truetype/babelstone/BabelStoneHan.ttf": (
                "a2027ca3606907f6a628e9cd869605e3879beaaa38b37c7fec95b372130628c8"
            )
        },
    ),
    CORE: Source(
        "Debian fonts-noto-core",
        "20201225-1",
        {
            "usr/share/fonts/truetype/noto/NotoSansTaiLe-Regular.ttf": (
                "a2cde56384066013cf1efafc5d3cfc142b9a0d10c77c7e1f8ee2880cbe121d4c"
            ),
            "usr/share/fonts/truetype/noto/NotoSansNewTaiLue-Regular.ttf": (
                "53005c3e1b61c5d3002510479144867a5a1370a32a78c5cf374f9a6dd576cf9b"
            ),
            "usr/share/fonts/truetype/noto/NotoSansLisu-Regular.ttf": (
                "243c09079c08619a4b11621f07027c10e5eb067b7e2e217537ae5e01be79e21b"
            ),
            "usr/share/fonts/truetype/noto/NotoSansYi-Regular.ttf": (
                "f621f514dce105a414ef7373a36b54ccc8d760a6319ad7133695fb42a1f02552"
            ),
        },
    ),
    UCD: Source(
        "Debian unicode-data",
        "15.0.0-1",
        {
            "usr/share/unicode/Unihan_OtherMappings.txt.bz2": (
                "bdeef44d75d914e793b7f27ddc3bee01b2d11dd34f4e52de1a9fba74a1612dc2"
            ),
            "usr/share/unicode/PropList.txt": "e05c0a2811d113dae4abd832884199a3ea8d187ee1b872d8240a788a96540bfd",
            "usr/share/unicode/DerivedAge.txt": "7570877e0fa197c45338f7c41a02636da4e14c8dba6a3611a01cd30bf329d5ca",
        },
    ),
}

# What the body subset takes besides ideographs, as far as Noto Serif SC has it: everything a form, a statute or a
# pasted text may contain.  Left to the rest: Hangul, radicals, strokes, compatibility ideographs, enclosed supplements.
BODY_SYMBOLS: tuple[tuple[int, int], ...] = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x02FF),  # Latin with accents, pinyin
    (0x0300, 0x036F),  # combining accents
    (0x0370, 0x04FF),  # Greek, Cyrillic
    (0x1E00, 0x1EFF),  # Latin additional
    (0x2000, 0x206F),  # punctuation
    (0x2070, 0x20CF),  # superscripts, currency
    (0x2100, 0x23FF),  # letterlike, Roman numerals, arrows, operators, technical
    (0x2460, 0x27BF),  # enclosed ① …, box drawing, shapes □ ☐ ☑, dingbats ✓
    (0x2900, 0x2BFF),  # more arrows and shapes
    (0x3000, 0x30FF),  # CJK punctuation, kana
    (0x3100, 0x312F),  # bopomofo
    (0x3220, 0x325F),  # enclosed ideographs
    (0x3280, 0x33FF),  # enclosed months, square units
    (0xFE10, 0xFE6F),  # vertical and small forms
    (0xFF01, 0xFF65),  # full-width forms
    (0xFFE0, 0xFFE6),  # full-width currency
)
TAI_LE = {*range(0x1950, 0x1980), *range(0x1040, 0x104A), 0x0308}  # its digits are Myanmar's; 0308 marks a tone
NEW_TAI_LUE = set(range(0x1980, 0x19E0))
LISU, YI = set(range(0xA4D0, 0xA500)), set(range(0xA000, 0xA4D0))
SCRIPTS = (
    ("TaiLe", TAI_LE, "2.000"),
    ("NewTaiLue", NEW_TAI_LUE, "2.000"),
    ("Lisu", LISU, "2.100"),
    ("Yi", YI, "2.000"),
)

SERIF_SHARDS = 4
HANA_SHARDS = 10
SHARD_LIMITS = (4000, 7000)

# Checkboxes, which no Noto CJK face has, are drawn from the face's own □ and ✓.
SQUARE, TICK, BOX, TICKED_BOX = 0x25A1, 0x2713, 0x2610, 0x2611

DROPPED_TABLES = ["BASE", "DSIG", "FFTM", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "prop", "vhea", "vmtx"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One font to write: its file name without ``.ttf`` is its PostScript name."""

    stem: str
    source: Path
    family: str
    style: str  # Regular or Bold
    characters: frozenset[int]
    note: str
    checkboxes: bool = False
    screen: bool = False


@dataclass(frozen=True, slots=True)
class Face:
    """Pieces that hold the same characters in one or two weights."""

    regular: Piece
    bold: Piece | None = None


@dataclass(slots=True)
class Plan:
    """Every font to be made; ``paper`` in order of preference, no character in two of its faces."""

    paper: list[Face] = field(default_factory=list)
    screen: list[Face] = field(default_factory=list)

    def pieces(self) -> list[Piece]:
        return [piece for face in (*self.paper, *self.screen) for piece in (face.regular, face.bold) if piece]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Build resources/fonts from the unpacked source packages.")
    for key, source in SOURCES.items():
        origin = f"{source.package} {source.version}"
        parser.add_argument(f"--{key}", type=Path, required=True, metavar="DIR", help=origin)
    parser.add_argument("--out", type=Path, default=Path(__file__).resolve().parents[2] / "resources" / "fonts")
    parser.add_argument("--jobs", type=int, default=2, help="fonts built at the same time (default 2)")
    options = parser.parse_args(argv)
    roots = {key: getattr(options, key.replace("-", "_")) for key in SOURCES}
    out: Path = options.out

    verify_sources(roots)
    level3 = level_3_ideographs(roots[UCD])
    plan = make_plan(roots, level3)
    out.mkdir(parents=True, exist_ok=True)
    for stale in out.glob("*.ttf"):
        stale.unlink()
    pieces = plan.pieces()
    with ProcessPoolExecutor(options.jobs) as pool:
        for piece in pool.map(build_piece, pieces, [out] * len(pieces), [level3] * len(pieces)):
            sys.stdout.write(f"{piece}  {(out / piece).stat().st_size:,} bytes\n")
    write_coverage(plan, out)
    write_licences(roots, out)
    total = sum(path.stat().st_size for path in out.glob("*.ttf"))
    sys.stdout.write(f"{len(pieces)} fonts, {total:,} bytes\n")
    return 0


def verify_sources(roots: dict[str, Path]) -> None:
    """Refuse any source file other than the one the fonts were measured with."""
    for key, source in SOURCES.items():
        for name, expected in source.files.items():
            actual = hashlib.sha256((roots[key] / name).read_bytes()).hexdigest()
            if actual != expected:
                sys.exit(f"{roots[key] / name} is not from {source.package} {source.version}: SHA-256 {actual}")


# ───── which characters


def gb2312_ideographs() -> set[int]:
    """The 6,763 ideographs of GB 2312, levels 1 and 2."""
    return {ord(char) for char in _double_bytes("gb2312", 0xB0, 0xF7)}


def gb2312_symbols() -> set[int]:
    return {ord(char) for char in _double_bytes("gb2312", 0xA1, 0xA9)}


def _double_bytes(codec: str, first: int, last: int) -> Iterable[str]:
    for lead in range(first, last + 1):
        for trail in range(0xA1, 0xFF):
            char = bytes((lead, trail)).decode(codec, "ignore")
            if char:
                yield char


def standard_8105(ucd: Path) -> set[int]:
    """通用规范汉字表 (2013): the characters with Unihan's ``kTGH``."""
    with bz2.open(ucd / "usr/share/unicode/Unihan_OtherMappings.txt.bz2", "rt", encoding="utf-8") as lines:
        found = {int(line.split("\t")[0][2:], 16) for line in lines if "\tkTGH\t" in line}
    if len(found) != 8105:
        sys.exit(f"Unihan lists {len(found)} characters of 通用规范汉字表, not 8,105")
    return found


def level_3_ideographs(ucd: Path) -> frozenset[int]:
    """The 87,887 ideographs of GB 18030-2022 level 3: Unified_Ideograph with an age of 11.0 or less."""
    folder = ucd / "usr/share/unicode"
    unified = _with_property(folder / "PropList.txt", lambda value: value == "Unified_Ideograph")
    old = _with_property(folder / "DerivedAge.txt", lambda value: float(value) <= 11.0)
    if len(unified & old) != 87_887:
        sys.exit(f"{len(unified & old)} ideographs of Unicode 11, not 87,887")
    return frozenset(unified & old)


def _with_property(path: Path, wanted: Callable[[str], bool]) -> set[int]:
    found: set[int] = set()
    for line in path.read_text(encoding="utf-8").splitlines():
        fields = [part.strip() for part in line.split("#")[0].split(";")]
        if len(fields) >= 2 and wanted(fields[1]):
            first, _, last = fields[0].partition("..")
            found.update(range(int(first, 16), int(last or first, 16) + 1))
    return found


def characters_in(path: Path) -> set[int]:
    with TTFont(path, lazy=True) as font:
        cmap = font.getBestCmap()
        return {code for code in cmap if font.getGlyphID(cmap[code]) and unicodedata.category(chr(code)) != "Cc"}


def make_plan(roots: dict[str, Path], level3: frozenset[int]) -> Plan:
    files = {Path(name).name: roots[key] / name for key, source in SOURCES.items() for name in source.files}
    serif, serif_bold = files["NotoSerifSC_400Regular.ttf"], files["NotoSerifSC_700Bold.ttf"]
    sans, sans_bold = files["NotoSansSC_400Regular.ttf"], files["NotoSansSC_700Bold.ttf"]
    serif_has = characters_in(serif)
    sans_has = characters_in(sans)
    hana_has = characters_in(files["HanaMinB.ttf"])
    if serif_has != characters_in(serif_bold) or sans_has != characters_in(sans_bold):
        sys.exit("regular and bold do not hold the same characters")

    wanted = {code for first, last in BODY_SYMBOLS for code in range(first, last + 1)}
    ideographs = gb2312_ideographs() | standard_8105(roots[UCD])
    wanted |= gb2312_symbols() | ideographs
    body = serif_has & wanted
    if ideographs - body or ideographs - sans_has:
        sys.exit("a character of GB 2312 or 通用规范汉字表 is in no body face")

    def pair(stem: str, family: str, regular: Path, bold: Path, characters: frozenset[int], **more: Any) -> Face:
        return Face(
            Piece(stem.format("Regular"), regular, family, "Regular", characters, **more),
            Piece(stem.format("Bold"), bold, family, "Bold", characters, **more),
        )

    plan = Plan()
    note = "Subset of Noto Serif SC 2.003-H1; checkboxes composed of its own square and tick."
    chosen = frozenset(body | {BOX, TICKED_BOX})
    plan.paper.append(
        pair("NotoSerifSC-{}-body", "Noto Serif SC Body", serif, serif_bold, chosen, note=note, checkboxes=True)
    )
    note = "Subset of Noto Serif SC 2.003-H1."
    for number, shard in enumerate(shards(serif_has - body, SERIF_SHARDS), start=1):
        stem, family = f"NotoSerifSC-{{}}-rest{number}", f"Noto Serif SC Rest {number}"
        plan.paper.append(pair(stem, family, serif, serif_bold, shard, note=note))
    rare = set(level3 - serif_has)
    if rare - hana_has:
        sys.exit(f"{len(rare - hana_has)} ideographs of GB 18030-2022 level 3 are in no font")
    for number, shard in enumerate(shards(rare, HANA_SHARDS), start=1):
        # Not named after its source: "HanaMinB" is a Reserved Font Name.
        note = "Subset of a GlyphWiki font of 2017-09-04 from the Debian package fonts-hanazono, renamed."
        piece = Piece(f"RareHan-{number:02}", files["HanaMinB.ttf"], f"Rare Han {number:02}", "Regular", shard, note)
        plan.paper.append(Face(piece))
    for script, block, version in SCRIPTS:
        source = files[f"NotoSans{script}-Regular.ttf"]
        chosen = frozenset((characters_in(source) & block) - serif_has)
        note = f"Subset of Noto Sans {script} {version}."
        stem, family = f"NotoSans{script}-Regular-paper", f"Noto Sans {script} Paper"
        plan.paper.append(Face(Piece(stem, source, family, "Regular", chosen, note)))
    # Ideographs newer than the 2022 text that the sans face alone draws.
    chosen = frozenset(code for code in sans_has - serif_has - hana_has if is_unified(code))
    note = "Subset of Noto Sans SC 2.004-H2."
    plan.paper.append(Face(Piece("NotoSansSC-Regular-extra", sans, "Noto Sans SC Extra", "Regular", chosen, note)))
    # The rest of Amendment 1 as far as there is a glyph.
    babelstone = files["BabelStoneHan.ttf"]
    drawn = serif_has | hana_has | sans_has
    chosen = frozenset(code for code in characters_in(babelstone) - drawn if is_unified(code))
    note = "Changed 2026-11-29: cut out of BabelStone Han 15.0.5 for Amendment 1, hinting removed, renamed."
    plan.paper.append(Face(Piece("AmendedHan-01", babelstone, "Amended Han 01", "Regular", chosen, note)))

    note = "Subset of Noto Sans SC 2.004-H2; checkboxes composed of its own square and tick."
    chosen = frozenset((sans_has & wanted) | {BOX, TICKED_BOX})
    plan.screen.append(
        pair(
            "NotoSansSC-{}-screen",
            "Noto Sans SC Screen",
            sans,
            sans_bold,
            chosen,
            note=note,
            checkboxes=True,
            screen=True,
        )
    )
    return plan


def is_unified(code: int) -> bool:
    newer_than_python = code == 0x2B739 or 0x30000 <= code <= 0x323AF
    return newer_than_python or unicodedata.name(chr(code), "").startswith("CJK UNIFIED IDEOGRAPH")


def shards(characters: set[int], count: int) -> list[frozenset[int]]:
    """Equal parts in code order, each of a size that loads in about 10 ms."""
    ordered = sorted(characters)
    cuts = [len(ordered) * index // count for index in range(count + 1)]
    parts = [frozenset(ordered[first:last]) for first, last in itertools.pairwise(cuts)]
    if any(not SHARD_LIMITS[0] <= len(part) <= SHARD_LIMITS[1] for part in parts):
        sys.exit(f"{len(ordered)} characters do not cut into {count} shards of {SHARD_LIMITS} characters")
    return parts


# ───── cutting


def build_piece(piece: Piece, out: Path, level3: frozenset[int]) -> str:
    """Write one font and return its file name."""
    font = TTFont(piece.source, recalcTimestamp=False)
    if piece.checkboxes:
        add_checkboxes(font)
    options = Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables = [*DROPPED_TABLES, *([] if piece.screen else ["gasp"])]
    options.name_IDs = ["*"]
    options.notdef_outline = True  # should .notdef ever be used, it shows
    options.glyph_names = False
    options.recalc_timestamp = False
    options.prune_unicode_ranges = True
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=piece.characters)
    subsetter.subset(font)
    rename(font, piece)

    cmap = font.getBestCmap()
    if set(cmap) != piece.characters:
        sys.exit(f"{piece.stem}: {len(piece.characters - set(cmap))} characters are missing")
    glyphs = font["glyf"]
    blank = [code for code in piece.characters & level3 if not glyphs[cmap[code]].numberOfContours]
    if blank or any(not font.getGlyphID(name) for name in cmap.values()):
        sys.exit(f"{piece.stem}: {len(blank)} ideographs are blank, or a character is drawn as .notdef")
    name = f"{piece.stem}.ttf"
    font.save(out / name, reorderTables=True)
    return name


def add_checkboxes(font: TTFont) -> None:
    cmap = font.getBestCmap()
    glyphs, metrics, outlines = font["glyf"], font["hmtx"], font.getGlyphSet()
    square, tick = glyphs[cmap[SQUARE]], glyphs[cmap[TICK]]
    scale = 0.76 * (square.xMax - square.xMin) / max(tick.xMax - tick.xMin, tick.yMax - tick.yMin)
    right = (square.xMin + square.xMax - scale * (tick.xMin + tick.xMax)) / 2
    up = (square.yMin + square.yMax - scale * (tick.yMin + tick.yMax)) / 2
    pen = TTGlyphPen(None)
    outlines[cmap[SQUARE]].draw(pen)
    outlines[cmap[TICK]].draw(TransformPen(pen, Transform(scale, 0, 0, scale, right, up)))
    name = "ticked.box"
    glyphs[name] = pen.glyph()
    glyphs[name].recalcBounds(glyphs)
    metrics[name] = (metrics[cmap[SQUARE]][0], glyphs[name].xMin)
    if "vmtx" in font:
        font["vmtx"][name] = font["vmtx"][cmap[SQUARE]]
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format in (4, 12):
            table.cmap.update({BOX: cmap[SQUARE], TICKED_BOX: name})


def rename(font: TTFont, piece: Piece) -> None:
    """Give the derived font names of its own; its copyright, trademark, makers and licence stay."""
    names = font["name"]
    kept = {identity: names.getDebugName(identity) for identity in (0, 5, 7, 8, 9, 13, 14)}
    kept[5] = kept[5] and kept[5].split(";")[0]
    own = {
        1: piece.family,
        2: piece.style,
        3: f"{piece.stem};{kept[5]}",
        4: f"{piece.family} {piece.style}",
        6: piece.stem,
        10: piece.note,
    }
    names.names = []
    for identity, text in sorted({**kept, **own}.items()):
        if text:
            names.setName(text, identity, 3, 1, 0x409)
    weight = font["OS/2"]
    weight.usWeightClass = 700 if piece.style == "Bold" else 400


# ───── what lies beside the fonts


def ranges_of(characters: Iterable[int]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for code in sorted(characters):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1] = (ranges[-1][0], code)
        else:
            ranges.append((code, code))
    return ranges


def hex_pairs(characters: Iterable[int]) -> list[str]:
    """Ranges as first and last, each in eight hexadecimal digits (so they unpack at once), eight to a line."""
    flat = [struct.pack(">II", *pair).hex().upper() for pair in ranges_of(characters)]
    return [" ".join(f"{pair[:8]} {pair[8:]}" for pair in flat[at : at + 8]) for at in range(0, len(flat), 8)]


def write_coverage(plan: Plan, out: Path) -> None:
    def face(entry: Face) -> dict[str, Any]:
        return {
            "regular": f"{entry.regular.stem}.ttf",
            "bold": f"{entry.bold.stem}.ttf" if entry.bold else None,
            "ranges": hex_pairs(entry.regular.characters),
        }

    content = {
        "about": "Made by packaging/fonts/build_fonts.py; do not edit. paper: in order of preference.",
        "sources": {source.package: source.version for source in SOURCES.values()},
        "fonttools": fontTools.version,
        "files": {
            f"{piece.stem}.ttf": {
                "postscript": piece.stem,
                "family": piece.family,
                "bytes": (out / f"{piece.stem}.ttf").stat().st_size,
                "characters": len(piece.characters),
            }
            for piece in plan.pieces()
        },
        "paper": [face(entry) for entry in plan.paper],
        "screen": [face(entry) for entry in plan.screen],
    }
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (out / "coverage.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def write_licences(roots: dict[str, Path], out: Path) -> None:
    """One licence file per family: the copyright line of the font itself, then the text its package carries."""

    def save(name: str, heading: str, body: str) -> None:
        text = "\n".join(line.rstrip() for line in f"{heading}\n\n{body}".splitlines())
        (out / name).write_text(text.strip() + "\n", encoding="utf-8", newline="\n")

    def notice(path: Path) -> str:
        with TTFont(path, lazy=True) as font:
            return f"{font['name'].getDebugName(0)}\n{font['name'].getDebugName(7) or ''}".strip()

    def heading(family: str, files: str, copyright_: str) -> str:
        return f"{family}: {files}\n\n{copyright_}"

    for key, family in ((SERIF, "NotoSerifSC"), (SANS, "NotoSansSC")):
        path = roots[key] / next(iter(SOURCES[key].files))
        body = (roots[key] / "LICENSE_FONT").read_text(encoding="utf-8")
        save(f"OFL-{family}.txt", heading(family, f"{family}-*.ttf", notice(path)), body)
    standard = (roots[SANS] / "LICENSE_FONT").read_text(encoding="utf-8")
    standard = standard[standard.index("This Font Software is licensed") :]
    for name in SOURCES[CORE].files:
        family = Path(name).stem.removesuffix("-Regular")
        save(f"OFL-{family}.txt", heading(family, f"{family}-*.ttf", notice(roots[CORE] / name)), standard)
    body = (roots[HANA] / "usr/share/doc/fonts-hanazono/copyright").read_text(encoding="utf-8")
    body = body[body.index("Copyright: Copyright 2008") :]
    first = "Cut from the GlyphWiki Project's Hanazono fonts and renamed, for the reserved names are not to be used."
    save("OFL-RareHan.txt", heading("RareHan", "RareHan-*.ttf", first), body)
    path = roots[BABELSTONE] / next(iter(SOURCES[BABELSTONE].files))
    with TTFont(path, lazy=True) as font:
        body = font["name"].getDebugName(13)
    first = f"{notice(path)}\n\nCut out of BabelStone Han 15.0.5 and renamed on 2026-11-29; the same terms hold."
    save("ARPHICPL-AmendedHan.txt", heading("AmendedHan", "AmendedHan-*.ttf", first), body)


if __name__ == "__main__":
    sys.exit(main())

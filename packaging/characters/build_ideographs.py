"""Writes resources/ideographs/parts.bin: which ideographs a part is in, their strokes and readings.

    python packaging/characters/build_ideographs.py --mojidata package

`package` is the unpacked npm package @mandel59/mojidata 1.8.1 (`npm pack`, `tar xf`); another file than the one measured is
refused. Of it three tables are read: the descriptions of BabelStone ("not copyrighted, and may be used freely for any purpose
without asking permission") with the additions of Mojidata IDS (CC0), and strokes, readings and variants of Unihan (Unicode
License v3). The same source and the same fonts give the same bytes. The format is told in the README beside the file.

Only what the fonts of the paper draw is listed, so it is made anew after the fonts. With `--sample` the ideographs are written too that the
tests look for, with the parts that somebody would type for each.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sqlite3
import sys
import unicodedata
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from pypinyin.constants import PINYIN_DICT  # noqa: E402

from counter_assistant.paper.coverage import Coverage  # noqa: E402

TARGET = ROOT / "resources" / "ideographs" / "parts.bin"
SAMPLE, SAMPLED, SEED = ROOT / "tests" / "fixtures" / "ideographs-by-parts.tsv", 500, 18030
MEASURED = "fb959e14abdd5b2fd6306513d1e7f477577f7555bc08d3b0ed081a7504526f3d"
OPERATORS = frozenset("⿰⿱⿲⿳⿴⿵⿶⿷⿸⿹⿺⿻⿼⿽⿾⿿\u31ef〾？")
TURNED = frozenset("⿾⿿\u31ef")
"""Mirrored, turned, or with something taken away: what follows is not seen in the character."""
MOST_TIMES = 4
LEVEL_3 = (
    (0x4E00, 0x9FEF), (0x3400, 0x4DB5), (0x20000, 0x2A6D6), (0x2A700, 0x2B734), (0x2B740, 0x2B81D), (0x2B820, 0x2CEA1),
    (0x2CEB0, 0x2EBE0),
)  # fmt: skip
READINGS = ("kMandarin", "kHanyuPinyin", "kXHC1983", "kTGHZ2013")

FORMS = """
人亻𠆢 水氵氺 心忄⺗㣺 手扌龵 犬犭 艹艸 草艹 金钅釒 食饣飠𩙿 言讠訁 糸纟糹 丝糹 衣衤 示礻 肉⺼月 月⺝⺼ 火灬 刀刂⺈ 阜阝 邑阝 耳阝
玉王𤣩 王𤣩 爪爫⺤ 网罒⺲𦉪 四罒 攴攵 文攵 走辶 之辶 宝宀 家宀 病疒 虎虍 足𧾷 牛牜 老耂 羊⺶𦍌⺷ 小⺌ 八丷 日曰 己已巳 户戶戸 青靑
黄黃 吴吳呉 吕呂 录彔 彐⺕彑 土士 入人 匚匸 冂⺆ 西覀襾 臼𦥑 竹⺮𥫗 雨⻗ 卜⺊ 卩㔾 母毋 册冊 川巛 彳行 长镸 角⻆ 骨⻣ 冰冫 口囗 国囗
围囗 左𠂇 春𡗗 泰𡗗 学𭕄 登癶 发癶 常龸 党龸 建廴 延廴 草茻 双㕛 并幷 升廾 弄廾 卷龹 区匚 同冂 风几 包勹 凶凵 山凵 点丶 提㇀ 竖丨 撇丿
横一 反又 寒𡨄 塞𡨄 虚虍 将爿丬 状丬 登豆 复夊 夏夊 每𠂉 午𠂉 朽丂 号丂 共龷 昔龷 同冋 丐丏 虫䖝
"""
"""What somebody types who means a form that no input method offers: the plain character first, then what it stands for."""

SAME = {
    "釒": "金", "訁": "言", "飠": "食", "糹": "糸", "氵": "水", "氺": "水", "亻": "人", "𠆢": "人", "忄": "心", "扌": "手", "犭": "犬",
    "灬": "火", "刂": "刀", "礻": "示", "衤": "衣", "𥫗": "竹", "⻗": "雨", "牜": "牛", "𤣩": "王", "𧾷": "足", "罒": "网",
}  # fmt: skip
"""A form to the plain character with which it is counted together: 鑫 has three of 金, one of them as 釒."""

_OF_FORMS = {"⺼": 4, "⺝": 4, "⺗": 4, "⺶": 6, "⺻": 6, "⺆": 2, "⺈": 2, "⺊": 2, "⺌": 3, "⺀": 2}
"""Strokes of the forms in use that Unihan does not count, because they are no ideographs."""


def descriptions(source: sqlite3.Connection) -> dict[str, list[list[str]]]:
    """Each ideograph with the parts of each of its descriptions; parts without a code are left out."""
    found: defaultdict[str, list[list[str]]] = defaultdict(list)
    turned: defaultdict[str, list[list[str]]] = defaultdict(list)
    for character, text in source.execute("SELECT UCS, IDS FROM ids ORDER BY UCS, IDS"):
        parts = [part for part in re.sub(r"\{\d+\}", "", text) if part not in OPERATORS and part != "\U000e0100"]
        if parts and parts != [character]:
            (turned if TURNED & set(text) else found)[character].append(parts)
    return dict(turned) | dict(found)


class Parts:
    """Every part of a character and the parts of those, each as often as it is there. A stroke counts where it is not a part of a part."""

    def __init__(self, described: dict[str, list[list[str]]], strokes: dict[str, int]) -> None:
        self._described, self._strokes = described, strokes
        self._known: dict[str, Counter[str]] = {}

    def of(self, character: str, within: tuple[str, ...] = ()) -> Counter[str]:
        if character in self._known:
            return self._known[character]
        most: Counter[str] = Counter()
        for parts in self._described.get(character, ()):
            total: Counter[str] = Counter()
            for part in parts:
                if part != character and part not in within:
                    inner = self.of(part, (*within, character))
                    total.update({one: n for one, n in inner.items() if one == part or not self.is_stroke(one)})
            most |= total
        most[character] = max(1, most[character])
        self._known[character] = most
        return most

    def strokes(self, part: str) -> int:
        """How many strokes a part has; 1 where that is not known."""
        return self._strokes.get(part) or _OF_FORMS.get(part, 1)

    def is_stroke(self, part: str) -> bool:
        return "\u31c0" <= part <= "\u31e5" or self._strokes.get(part) == 1


def variants(source: sqlite3.Connection, described: dict[str, list[list[str]]], parts: Parts) -> dict[str, str]:
    """What a part that is typed stands for besides itself: other forms, and its own part that no input method offers.

    So 部 stands for 咅, and whoever sees the left of 部 in a name types 部.
    """
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for group in FORMS.split():
        found[group[0]].update(dict.fromkeys(group[1:]))
    for table in ("kSimplifiedVariant", "kTraditionalVariant"):
        for one, code in source.execute(f"SELECT UCS, value FROM unihan_each_{table} ORDER BY UCS, value"):
            other = chr(int(code.removeprefix("U+"), 16))
            found[one][other] = found[other][one] = None
    for radical, one in source.execute("SELECT * FROM radeqv WHERE radical_CJKUI <> '' ORDER BY 1"):
        found[one][radical] = None
    offered, forms_of = usual(source), set(FORMS)
    for one in sorted(offered):
        within = {part for description in described.get(one, ()) for part in description}
        found[one].update(
            dict.fromkeys(sorted(part for part in within - offered.keys() - forms_of if parts.strokes(part) >= 4))
        )
    forms = {one: "".join(sorted(other for other in others if other != one)) for one, others in sorted(found.items())}
    return {one: others for one, others in forms.items() if others}


def readings(source: sqlite3.Connection) -> dict[str, set[str]]:
    """Syllables without tones to the characters that are read so."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for table in READINGS:
        for character, text in source.execute(f"SELECT UCS, value FROM unihan_each_{table}"):
            for reading in text.split(":")[-1].split(","):
                found[plain(reading)].add(character)
    return {syllable: found[syllable] for syllable in sorted(found) if syllable}


def plain(reading: str) -> str:
    """A syllable as it is typed: without tone, with v for ü."""
    parted = unicodedata.normalize("NFD", reading.lower()).replace("u\u0308", "v")
    return re.sub("[^a-z]", "", parted)


def in_order(characters: Iterable[str], source: sqlite3.Connection) -> list[str]:
    """The most usual first: 通用规范汉字表 in its order, GB 2312, the first block, the others; within each by code."""
    offered = usual(source)

    def place(character: str) -> tuple[int, int, int]:
        rare = 0 if character in offered else 1 if "一" <= character <= "\u9fff" else 2
        return rare, offered.get(character, 0), ord(character)

    return sorted(characters, key=place)


def usual(source: sqlite3.Connection) -> dict[str, int]:
    """What every input method offers, the most usual first: 通用规范汉字表 in its order, and the others of GB 2312."""
    table = {one: int(n.split(":")[1]) for one, n in source.execute("SELECT UCS, value FROM unihan_each_kTGH")}
    codes = (bytes((first, second)) for first in range(0xB0, 0xF8) for second in range(0xA1, 0xFF))
    more = {code.decode("gb2312", "ignore") for code in codes} - {""}
    return table | dict.fromkeys(sorted(more - table.keys()), len(table) + 1)


def lists(order: list[str], parts: Parts) -> dict[str, list[int]]:
    """The places of the characters that a part is in. The key is the part, repeated as often as it must be there."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for place, character in enumerate(order):
        together: Counter[str] = Counter()
        for part, times in parts.of(character).items():
            found[part].append(place)
            together[SAME.get(part, part)] += times
        for part, times in together.items():
            for n in range(2, min(times, MOST_TIMES) + 1):
                found[part * n].append(place)
    return {part: found[part] for part in sorted(found) if len(found[part]) > 1 or order[found[part][0]] != part}


def content(source: sqlite3.Connection) -> bytes:
    """The sections of the file, each behind its length."""
    coverage = Coverage.load(ROOT / "resources" / "fonts" / "coverage.json")
    described = descriptions(source)
    strokes = {one: int(n.split()[0]) for one, n in source.execute("SELECT UCS, value FROM unihan_kTotalStrokes")}
    listed = [one for (one,) in source.execute("SELECT DISTINCT UCS FROM ids") if not coverage.missing(one)]
    order = in_order(listed, source)
    parts = Parts(described, strokes)
    places = lists(order, parts)
    other = variants(source, described, parts)
    by_place = {one: place for place, one in enumerate(order)}
    needed = sorted({one for one in ("".join(other.values()) + "".join(places)) if one not in by_place})
    read = {
        syllable: sorted(by_place[one] for one in ones & by_place.keys()) for syllable, ones in readings(source).items()
    }
    read = {syllable: ones for syllable, ones in read.items() if ones}
    return b"".join(
        len(section).to_bytes(4, "little") + section
        for section in (
            "".join(order).encode(),
            bytes(strokes[one] for one in order),
            " ".join(places).encode(),
            _packed(places.values()),
            " ".join(read).encode(),
            _packed(read.values()),
            "".join(needed).encode(),
            bytes(map(parts.strokes, needed)),
            " ".join(one + forms for one, forms in other.items()).encode(),
        )
    )


def _packed(lists_: Iterable[list[int]]) -> bytes:
    """How many there are, how long each is, and of each the first and then the steps from one to the next.

    Numbers of three bytes, all first bytes before all second ones, which packs best.
    """
    lists_ = list(lists_)
    numbers = [len(lists_), *map(len, lists_), *(step for one in lists_ for step in _steps(one))]
    return b"".join(bytes(number >> shift & 255 for number in numbers) for shift in (0, 8, 16))


def _steps(numbers: list[int]) -> Iterator[int]:
    yield numbers[0]
    yield from (after - before for before, after in pairwise(numbers))


class Typist:
    """Somebody who looks at a character: which of its parts an input method gives, the largest first."""

    def __init__(
        self, described: dict[str, list[list[str]]], parts: Parts, offered: Iterable[str], forms: dict[str, str]
    ) -> None:
        self._described, self._parts, self._offered = described, parts, set(offered)
        self._said: defaultdict[str, list[str]] = defaultdict(list)
        for one, others in forms.items():
            for other in others:
                self._said[other].append(one)

    def parts(self, character: str) -> list[str]:
        return sorted(self._seen(character, ()), key=lambda part: -self._parts.strokes(part))

    def _seen(self, character: str, within: tuple[str, ...]) -> list[str]:
        ways = []
        for description in self._described.get(character, ()):
            seen: list[str] = []
            for part in description:
                if part in within or self._parts.is_stroke(part):
                    continue
                seen += [self._name(part)] if self._name(part) else self._seen(part, (*within, character))
            ways.append(seen)
        return max(ways, key=lambda way: (sum(map(self._parts.strokes, way)), -len(way)), default=[])

    def _name(self, part: str) -> str:
        """What is typed for a part: itself, else the form with the shortest reading."""
        if part in self._offered:
            return part
        names = [one for one in self._said[part] if one in self._offered and ord(one) in PINYIN_DICT]
        return min(names, key=lambda one: (len(PINYIN_DICT[ord(one)].split(",")[0]), one), default="")


def sample(source: sqlite3.Connection) -> str:
    """Ideographs of level 3, drawn evenly, with the parts that somebody types for each."""
    described = descriptions(source)
    strokes = {one: int(n.split()[0]) for one, n in source.execute("SELECT UCS, value FROM unihan_kTotalStrokes")}
    parts, offered = Parts(described, strokes), usual(source)
    typist = Typist(described, parts, offered, variants(source, described, parts))
    level_3 = [chr(code) for first, last in LEVEL_3 for code in range(first, last + 1)] + list(
        "﨎﨏﨑﨓﨔﨟﨡﨣﨤﨧﨨﨩"
    )
    drawn = random.Random(SEED).sample(level_3, SAMPLED)
    return "".join(f"{one}\t{' '.join(typist.parts(one))}\n" for one in drawn)


def main() -> None:
    parser = argparse.ArgumentParser(description="Build resources/ideographs/parts.bin.")
    parser.add_argument("--mojidata", type=Path, required=True, metavar="DIR", help="the unpacked package")
    parser.add_argument("--sample", action="store_true", help="write the ideographs of the tests, too")
    options = parser.parse_args()
    path = options.mojidata / "dist" / "moji.db"
    if hashlib.sha256(path.read_bytes()).hexdigest() != MEASURED:
        sys.exit(f"{path} is not the file that was measured")
    source = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    written = content(source)
    packed = zlib.compress(written, 9)
    TARGET.write_bytes(packed)
    if options.sample:
        SAMPLE.write_text(sample(source), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(written):,} bytes, {len(packed):,} packed\n")


if __name__ == "__main__":
    main()

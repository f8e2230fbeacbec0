"""命令行的 display：牌证和公示，存成 PDF；不编号，也不留记录.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.domain.displays.cards import PlateWords
from counter_assistant.domain.displays.display_kind import DisplayKind
from counter_assistant.domain.displays.rota import OnDuty
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.stoppable import run_through
from counter_assistant.domain.typed_text.days import read_day
from counter_assistant.operations.office import Office
from counter_assistant.operations.publications.displays.order import DisplayOrder, make_display
from counter_assistant.operations.publications.displays.promises import PromiseScope
from counter_assistant.operations.publications.displays.rota_keeping import proposed_rota
from counter_assistant.paper.displays.photos import read_photo, read_picture
from counter_assistant.printing.file import save_pdf

OF_PEOPLE = (DisplayKind.BADGES, DisplayKind.DESK_PLATES, DisplayKind.STAFF_LIST)


def display(kind: DisplayKind, options: Namespace) -> None:
    """Saves one display.

    Raises:
        Refusal: `bad-option` (what stands before or after the `=` of an option is missing).
    """
    with open_named(options) as office:
        made = run_through(make_display(office, _order(office, kind, options)))
        assert made is not None  # nobody stops it
        save_pdf(made.pdf, options.file)
    size = kind.size(options.size)
    value = {"kind": kind.value, "size": size.code, "file": path_in_words(options.file), "sheets": made.sheets}
    text = f"{kind.label}（{size.label}）{made.sheets} 张，存到 {value['file']}。"
    answer(options, value, [text], done="文件已经写好。")


def _order(office: Office, kind: DisplayKind, options: Namespace) -> DisplayOrder:
    order = DisplayOrder(kind, options.size)
    if kind in OF_PEOPLE:
        people = tuple(office.profile.clerk(one).staff_number for one in options.staff)
        photos = _pairs(options.photo, "--photo") if kind is DisplayKind.BADGES else {}
        read = {office.profile.clerk(one).staff_number: read_photo(Path(path)) for one, path in photos.items()}
        return replace(order, people=people, photos=read)
    match kind:
        case DisplayKind.WINDOW_PLATE:
            script = read_picture(options.script) if options.script else None
            says = PlateWords(options.says)
            return replace(order, says=says, name=options.name, second=options.second, script=script)
        case DisplayKind.PROMISES:
            scope = PromiseScope.ONE if options.item else PromiseScope.ALL if options.all else PromiseScope.APPROVED
            return replace(order, scope=scope, item=options.item, day=options.on)
        case DisplayKind.ROTA:
            return replace(order, rota=_rota(office, options))
        case _:
            return replace(order, day=options.on)


def _rota(office: Office, options: Namespace) -> tuple[OnDuty, ...]:
    """The rota of a week, with who leads on the days that are named."""
    named = {read_day(day, office.today()): name for day, name in _pairs(options.lead, "--lead").items()}
    days = proposed_rota(office, options.on or office.today())
    return tuple(replace(one, name=named.get(one.day, one.name)) for one in days)


def _pairs(texts: Sequence[str], option: str) -> dict[str, str]:
    pairs = {}
    for text in texts:
        before, mark, after = text.partition("=")
        if not (before and mark and after):
            raise Refusal("bad-option", f"{option} 的“{text}”不对。", "请写成 前面=后面，如 0001=photo.jpg。")
        pairs[before] = after
    return pairs


def add_commands(
    subparsers: Any, command: Callable[..., Any], words: Any, parser_class: type[Any], day: Callable[[str], Any]
) -> None:
    """Adds `display`; `command` makes one with the options that all have, `words` reads texts, `day` days."""
    kinds = subparsers.add_parser(
        "display", help="牌证和公示：胸牌、窗口牌、桌牌、一览表、承诺公示、带班安排、办事指南成册"
    )
    acts = kinds.add_subparsers(title="种类", required=True, metavar="种类", parser_class=parser_class)
    for kind in DisplayKind:
        made = command(acts, kind.value, partial(display, kind), f"{kind.label}（守则 {kind.clause}）")
        made.add_argument("file", type=Path, metavar="FILE.pdf", help="存到哪里")
        sizes = "、".join(f"{size.code} {size.label}" for size in kind.sizes)
        made.add_argument("--size", choices=[size.code for size in kind.sizes], default="", help=f"尺寸：{sizes}")
        if kind in OF_PEOPLE:
            made.add_argument(
                "--staff",
                type=words,
                action="append",
                default=[],
                metavar="STAFF",
                help="谁，工号或姓名，可以多次；不写是全部",
            )
        _own_options(made, kind, words, day)


def _own_options(made: Any, kind: DisplayKind, words: Any, day: Callable[[str], Any]) -> None:
    """What only one kind has."""
    match kind:
        case DisplayKind.BADGES:
            made.add_argument(
                "--photo",
                type=words,
                action="append",
                default=[],
                metavar="STAFF=FILE",
                help="照片，可以多次；没有的留框",
            )
        case DisplayKind.WINDOW_PLATE:
            says = "、".join(f"{one.value} {one.label}" for one in PlateWords)
            made.add_argument("--says", choices=[one.value for one in PlateWords], default="window", help=says)
            made.add_argument("--name", type=words, default="", metavar="TEXT", help="窗口号和名称，默认设置里的窗口")
            made.add_argument("--second", type=words, default="", metavar="TEXT", help="民族文字")
            made.add_argument("--script", type=Path, metavar="FILE", help="民族文字的图片，字库里没有的文字用")
        case DisplayKind.PROMISES:
            made.add_argument("--item", type=words, default="", metavar="ITEM", help="只要一个事项，编码")
            made.add_argument("--all", action="store_true", help="没有核定的也要，都标明不作为承诺")
        case DisplayKind.ROTA:
            made.add_argument(
                "--lead", type=words, action="append", default=[], metavar="DATE=NAME", help="哪天谁带班，可以多次"
            )
    if kind in (DisplayKind.PROMISES, DisplayKind.ROTA, DisplayKind.GUIDE_BOOK):
        made.add_argument("--on", type=day, metavar="DATE", help="按哪一天的规定，或者哪一天所在的一周；默认今天")

"""命令行 content：内容包的制作、查看、施行、退回，法规的新版本.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.content_commands import difference_value, visit_value
from counter_assistant.cli.office import open_named
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.formatting import chinese_date
from counter_assistant.domain.refusal import Refusal, readable
from counter_assistant.domain.revision.content_entry import ContentTaken
from counter_assistant.domain.revision.differences import ItemDifference
from counter_assistant.domain.revision.edition import Edition
from counter_assistant.domain.revision.statute_changes import Citation
from counter_assistant.files import reason_of, write_atomic
from counter_assistant.operations.catalogue import packs, statutes
from counter_assistant.operations.catalogue.revising import Revising
from counter_assistant.operations.catalogue.taking import take_back
from counter_assistant.operations.office import Office
from counter_assistant.storage.packs.key_file import NAME, make_key_file, open_key
from counter_assistant.storage.packs.pack_file import ENDING
from counter_assistant.storage.pasted_file import read_pasted


def pack(options: Namespace) -> None:
    """Makes the centre's key, or the pack of the edition that is told.

    Raises:
        Refusal: `pack-unsaved`.
    """
    if options.new_key:
        _new_key(options)
        return
    with open_named(options) as office:
        key = options.key or office.folder / NAME
        content, made = packs.make_pack(office, open_key(key, read_secret(options, "密钥的口令")))
    path = options.out or Path(f"{made.edition.version}{ENDING}")
    try:
        write_atomic(path, content)
    except (OSError, ValueError) as error:
        raise Refusal("pack-unsaved", f"内容包没有写出去：{reason_of(error)}。", "请用 --out 换一个地方。") from error
    value = _edition(made.edition) | {
        "pack": made.id, "centre": made.centre, "fingerprint": made.fingerprint, "file": path_in_words(path),
    }  # fmt: skip
    changed = len(made.edition.changes)
    text = [f"内容包 {value['file']}", f"{_headline(made.edition)}，改动 {changed} 项", f"密钥指纹 {made.fingerprint}"]
    answer(options, value, text, done=text[0])


def take(options: Namespace) -> None:
    """Shows what a pack changes, and takes it unless it is only looked at."""
    with open_named(options) as office:
        seen = packs.look(office, options.file)
        hindrance = _hindrance(office, seen, options.trust) if options.look else None
        entry = None if options.look else packs.take_pack(office, seen, options.confirmed_by, options.trust)
    made, trusted = seen.pack, seen.trusted or entry is not None
    value = _edition(made.edition) | {
        "pack": made.id, "centre": made.centre, "made": made.made.isoformat(), "fingerprint": made.fingerprint,
        "trusted": trusted, "statutes": list(seen.statutes), "phrases": list(seen.phrases), "differences": [_difference(each) for each in seen.items],
        "faults": [{"place": fault.place, "fault": fault.fault} for fault in seen.faults],
        "visits": [visit_value(run) for run in seen.failing],
        "hindrance": {"code": hindrance.code, "sentence": str(hindrance)} if hindrance else None,
        "entry": entry.seq if entry else None,
    }  # fmt: skip
    text = [
        readable(f"{made.centre}　{_headline(made.edition)}"),
        f"密钥指纹 {made.fingerprint}（{'已信任' if trusted else '未信任'}）",
    ]
    text += [*seen.statutes, *seen.phrases, *(line for each in seen.items for line in _in_lines(each))]
    text += [readable(said) for said in (*map(str, seen.faults), *(run.sentence for run in seen.failing))]
    done = f"已施行，台账第 {entry.seq} 条。" if entry else ""
    text.append(done or (f"只是查看，没有施行。{hindrance or ''}"))
    answer(options, value, text, done=done)


def back(options: Namespace) -> None:
    """Takes an earlier edition of the book once more."""
    with open_named(options) as office:
        entry = take_back(office, options.seq)
    taken = ContentTaken.from_payload(entry.payload)
    value = _edition(taken.edition) | {"pack": taken.pack.id if taken.pack else None, "entry": entry.seq}
    done = f"已退回到{_headline(taken.edition)}，台账第 {entry.seq} 条。"
    answer(options, value, [done], done=done)


def statute(options: Namespace) -> None:
    """Puts a new version of a statute into the revision in work, and says what it touches."""
    named = statutes.NamedVersion(options.version, options.label, options.start, options.source)
    pasted = read_pasted(options.file)
    before = read_pasted(options.before) if options.before else ""
    with open_named(options) as office:
        revising = Revising(office)
        seen = statutes.look_at_statute(revising, options.name, pasted, named, before)
        statutes.define_statute(revising, seen)
    articles = {str(number): article for number, article in seen.version.articles.items()}
    value = {
        "statute": seen.statute, "version": seen.version.version, "label": seen.version.label,
        "from": seen.version.effective_from.isoformat(),
        "articles": {n: [a.points.get(i, 0) for i in range(1, a.paragraphs + 1)] for n, a in articles.items()},
        "missing": list(seen.text.missing), "items": sorted({each.item for each in seen.touched}),
        "touched": [_citation(each) for each in seen.touched],
    }  # fmt: skip
    done = f"《{seen.statute}》（{seen.version.label}）{len(articles)} 条，已收进正在改的一稿。"
    text = [done, f"涉及 {len({each.item for each in seen.touched})} 个事项、{len(seen.touched)} 处引用："]
    answer(options, value, text + [each.in_words() for each in seen.touched], done=done)


def add_commands(acts: Any, command: Callable[..., Any], words: Any, day: Any) -> None:
    """Adds these commands to `content`; `command` makes one with the options that all have, the others read texts and days."""
    made = command(acts, "pack", pack, "把现在施行的目录签名成内容包；或者生成本中心的签名密钥")
    made.add_argument("--key", type=Path, metavar="FILE", help=f"密钥文件，默认数据文件夹里的 {NAME}")
    made.add_argument("--out", type=Path, metavar="FILE", help="内容包写到哪里，默认当前文件夹")
    made.add_argument("--new-key", type=Path, metavar="FILE", help="生成密钥，存到这个文件，报出指纹")
    taken = command(acts, "take", take, "收内容包：先看改了什么，由另一个人核对后施行")
    taken.add_argument("file", type=Path, metavar="FILE", help="内容包文件")
    taken.add_argument("--look", action="store_true", help="只看，不施行")
    taken.add_argument("--confirmed-by", type=words, default="", metavar="STAFF", help="核对的另一个人，工号或姓名")
    taken.add_argument(
        "--trust", type=words, default="", metavar="FINGERPRINT", help="与纸面核对过的密钥指纹，从此信任它"
    )
    earlier = command(acts, "back", back, "一步退回以前施行过的一版目录")
    earlier.add_argument("seq", type=int, metavar="SEQ", help="那一版在台账里的条目号")
    law = command(acts, "statute", statute, "把法规的新版本收进正在改的一稿，列出涉及的事项")
    law.add_argument("name", type=words, metavar="NAME", help="法规名称")
    law.add_argument("file", type=Path, metavar="FILE", help="新版正文，纯文本")
    law.add_argument("--version", type=int, required=True, metavar="YEAR", help="版本年份")
    law.add_argument("--from", dest="start", type=day, required=True, metavar="DAY", help="施行日")
    law.add_argument("--label", type=words, required=True, metavar="TEXT", help="文书上怎样称呼这一版")
    law.add_argument("--source", type=words, default="", metavar="TEXT", help="公布的文件，如 国务院令第844号")
    law.add_argument("--before", type=Path, metavar="FILE", help="现在引用的那一版正文，目录里没有存正文时用来对照")


def _new_key(options: Namespace) -> None:
    made = make_key_file(options.new_key, read_secret(options, "新密钥的口令", twice=True))
    value = {
        "key_file": path_in_words(options.new_key), "algorithm": made.algorithm, "key": made.key,
        "fingerprint": made.fingerprint,
    }  # fmt: skip
    text = [
        f"密钥已存到 {value['key_file']}",
        f"指纹 {made.fingerprint}",
        "请把指纹印在文件上发给各网点核对；密钥和口令分开保管。",
    ]
    answer(options, value, text, done=text[0])


def _hindrance(office: Office, seen: packs.PackLook, trust: str) -> Refusal | None:
    try:
        packs.refuse_hindered(office, seen, trust)
    except Refusal as refusal:
        return refusal
    return None


def _edition(edition: Edition) -> dict[str, Any]:
    approval = edition.approval
    return {
        "version": edition.version, "document": approval.number, "approver": approval.approver,
        "first_day": approval.since.isoformat(), "changes": list(edition.changes),
    }  # fmt: skip


def _headline(edition: Edition) -> str:
    return f"目录 {edition.version}（{edition.approval.number}，{chinese_date(edition.approval.since)}起施行）"


def _difference(each: ItemDifference) -> dict[str, Any]:
    changed = [difference_value(difference) for difference in each.differences]
    return {"item": each.item, "name": each.name, "happened": each.happened.name.lower(), "changed": changed}


def _in_lines(each: ItemDifference) -> list[str]:
    return [f"{each.item} {each.name}（{each.happened}）", *(f"　　{line.in_words()}" for line in each.differences)]


def _citation(each: Citation) -> dict[str, Any]:
    now = each.fate.now.in_words() if each.fate.now else None
    return {
        "item": each.item, "name": each.name, "place": each.place, "cites": each.ref.in_words(),
        "version": each.ref.version, "became": each.fate.became.value, "now": now,
        "likeness": round(each.fate.likeness, 2),
    }  # fmt: skip

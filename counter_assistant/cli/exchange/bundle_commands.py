"""命令行 bundle、merge：做交换包，收交换包；网点送中心的，和中心给网点的.

Each command raises what its operation refuses. `--piped` is the other process of the window, which reads its task and the keys from standard input.
"""

from __future__ import annotations

import argparse
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.exchange.bundle_entry import Outcome
from counter_assistant.domain.refusal import readable
from counter_assistant.operations.exchange import merge_process, receiving
from counter_assistant.operations.exchange.answering import answer_branch
from counter_assistant.operations.exchange.looking_into import findings_of
from counter_assistant.operations.exchange.sending import Sent, send_to_centre
from counter_assistant.operations.exchange.taking import Received, take_bundle
from counter_assistant.operations.office import Office
from counter_assistant.operations.other_process import PIPED
from counter_assistant.storage.exchange.bundle_file import Bundle, read_bundle
from counter_assistant.storage.exchange.bundle_manifest import CENTRE
from counter_assistant.storage.packs.key_file import NAME, OPENING_NAME, open_key, open_pair

PULL = "已写好，读回来一样，可以拔出。"


def bundle(options: Namespace) -> None:
    """Makes a bundle for the centre, or for a branch."""
    with open_named(options) as office:
        if options.to == CENTRE:
            _answer_sent(options, send_to_centre(office, options.folder, options.since))
            return
        signer = open_key(options.key or _beside(office, NAME), read_secret(options, "签名密钥的口令"))
        made = answer_branch(office, options.folder, options.to, signer, options.hand_out)
    value = _in_json(made.sent) | {"parts": [part.kind.value for part in made.parts], "unsigned": made.unsigned}
    text = [
        f"交换包 {value['file']}，给安装点 {options.to}",
        f"里面有：{'、'.join(part.kind.label for part in made.parts) or '没有什么'}",
    ]
    text += [f"没有签它的台账头：{made.unsigned}"] if made.unsigned else []
    answer(options, value, [*text, PULL], done=text[0])


def merge(options: Namespace) -> None:
    """Takes a bundle: at the centre that of a branch, at a branch that of the centre."""
    if options.piped:
        merge_process.serve(merge_process.write_line)
        return
    brought = read_bundle(options.file)
    with open_named(options) as office:
        if brought.manifest.to == CENTRE:
            _take(options, office, brought)
        else:
            _receive(options, office, brought)


def _take(options: Namespace, office: Office, brought: Bundle) -> None:
    pair = open_pair(
        options.opening_key or _beside(office, OPENING_NAME), read_secret(options, "打开网点台账的密钥的口令")
    )
    received = take_bundle(office, brought, pair, options.trust)
    said, merged = received.said, received.merged
    open_still = [each for each in findings_of(office) if each.installation == said.installation and not each.settled]
    value = _of_head(said) | {
        "outcome": merged.outcome.value, "new": merged.new, "again": received.again, "joined": len(merged.joined), "why": merged.why,
        "entry": received.entry.seq, "findings": [each.id for each in open_still],
    }  # fmt: skip
    text = [_outcome(received)]
    text += [f"以前等着的 {len(merged.joined)} 包也接上了。"] if merged.joined else []
    text += [f"要查明：{readable(each.sentence)}{each.remedy}" for each in open_still]
    answer(options, value, [*text, "可以拔出。"], done=text[0])


def _outcome(received: Received) -> str:
    said, merged = received.said, received.merged
    which = f"安装点 {said.installation} 到第 {said.entries} 条"
    match merged.outcome:
        case Outcome.WAITS:
            return f"{which}：前面缺一段，先存着，等缺的送来。"
        case Outcome.REJECTED:
            return f"{which}：没有收下，{merged.why}"
    return f"{which}：收下了 {merged.new} 条新的。" if merged.new else f"{which}：没有新的，中心都有。"


def _receive(options: Namespace, office: Office, brought: Bundle) -> None:
    looked = receiving.look(office, brought)
    done = () if options.look else receiving.receive(office, looked, options.trust, options.confirmed_by)
    value = {
        "from": looked.manifest.said.installation, "fingerprint": looked.manifest.fingerprint,
        "parts": [{"part": part.kind.value, "says": line} for (part, _), line in zip(looked.parts, looked.lines, strict=True)],
        "taken": [{"part": each.label, "entry": each.entry or None, "why": str(each.why) if each.why else ""} for each in done],
    }  # fmt: skip
    text = [*looked.lines, *(each.sentence for each in done)]
    text += [] if done else ["只是查看，没有收。" if options.look else "里面没有什么。"]
    answer(options, value, [readable(line) for line in [*text, "可以拔出。"]], done="已收过一遍。" if done else "")


def _answer_sent(options: Namespace, sent: Sent) -> None:
    value, said = _in_json(sent), sent.manifest
    text = [
        f"交换包 {value['file']}，第 {said.after + 1} 条到第 {said.said.entries} 条，给中心",
        f"签名密钥的指纹 {sent.fingerprint}，中心第一次收时与您核对。",
        PULL,
    ]
    answer(options, value, text, done=text[0])


def _in_json(sent: Sent) -> dict[str, Any]:
    said = sent.manifest
    return _of_head(said.said) | {
        "file": path_in_words(sent.path), "for": said.to, "after": said.after, "lines": said.lines, "bytes": sent.size,
        "fingerprint": sent.fingerprint,
    }  # fmt: skip


def _of_head(said: HeadStatement) -> dict[str, Any]:
    return {
        "book": said.book,
        "installation": said.installation,
        "head": f"{said.entries}:{said.head}",
        "time": said.time,
    }


def _beside(office: Office, name: str) -> Path:
    return office.folder / name


def add_commands(subparsers: Any, command: Callable[..., Any], words: Callable[[str], str]) -> None:
    """Adds these commands; `command` makes one with the options that all have, `words` reads texts."""
    made = command(subparsers, "bundle", bundle, "做交换包：网点的记录封给中心，或者中心的见证、目录、日历封给网点")
    made.add_argument("folder", type=Path, metavar="DIR", help="写到这个文件夹，如 U 盘上的")
    made.add_argument(
        "--for", dest="to", type=words, required=True, metavar="centre|BRANCH", help="给中心，或者给这个代码的安装点"
    )
    made.add_argument("--since", type=int, metavar="SEQ", help="给中心：中心已经有到第几条；默认到它签过的一条")
    made.add_argument("--key", type=Path, metavar="KEYFILE", help=f"给网点：签名的密钥文件，默认数据文件夹里的 {NAME}")
    made.add_argument("--hand-out", type=Path, metavar="FILE", help="给网点：一起带去打开台账的公钥文件")
    taken = command(subparsers, "merge", merge, "收交换包：中心收网点的，网点收中心的")
    taken.add_argument("file", type=Path, metavar="BUNDLE", help="交换包文件")
    taken.add_argument(PIPED, action="store_true", help=argparse.SUPPRESS)
    taken.add_argument("--look", action="store_true", help="网点：只看里面有什么，不收")
    taken.add_argument(
        "--trust", type=words, default="", metavar="FINGERPRINT", help="与对方核对过的密钥指纹，从此信任它"
    )
    taken.add_argument(
        "--confirmed-by", type=words, default="", metavar="STAFF", help="网点：核对内容包的另一个人，工号或姓名"
    )
    taken.add_argument(
        "--opening-key",
        type=Path,
        metavar="KEYFILE",
        help=f"中心：打开网点台账的密钥文件，默认数据文件夹里的 {OPENING_NAME}",
    )

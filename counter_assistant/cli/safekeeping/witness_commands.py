"""命令行 archive head、cosign、witness：台账头送中心，中心签名，网点收下.

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.cli.secret import read_secret
from counter_assistant.domain.closing.head_statement import HeadStatement
from counter_assistant.domain.closing.outside_head import grouped
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.revision.pack import fingerprint
from counter_assistant.files import reason_of, write_atomic
from counter_assistant.operations.witnessing.cosigning import Witnessing, cosign
from counter_assistant.operations.witnessing.stating import state_head
from counter_assistant.operations.witnessing.taking import take_cosigned
from counter_assistant.storage.packs.key_file import NAME, open_key
from counter_assistant.storage.witnessing.statement_file import read_statement


def archive_head(options: Namespace) -> None:
    """Writes the head of the book for the centre to sign."""
    with open_named(options) as office:
        said = state_head(office, options.out, options.since)
    value = _in_json(said) | {"file": path_in_words(options.out)}
    text = [f"台账头 {said.entries}:{grouped(said.head)}", f"凭据 {value['file']}，请送中心签名。"]
    answer(options, value, text, done=text[1])


def archive_cosign(options: Namespace) -> None:
    """Signs a branch's head as the centre.

    Raises:
        Refusal: `cosigned-unsaved`: it is signed, and the file is not written.
    """
    stated = read_statement(options.file)
    with open_named(options) as office:
        signer = open_key(options.key or office.folder / NAME, read_secret(options, "密钥的口令"))
        done = cosign(office, stated, signer, options.record, options.anew)
    try:
        write_atomic(options.out, f"{done.head.line}\n".encode())
    except (OSError, ValueError) as error:
        raise Refusal(
            "cosigned-unsaved", f"已经签了，文件没有写出去：{reason_of(error)}。", "请用 --out 换一个地方，再办一次。"
        ) from error
    _answer_cosigned(options, done)


def _answer_cosigned(options: Namespace, done: Witnessing) -> None:
    said = done.said
    value = _in_json(said) | {
        "file": path_in_words(options.out), "fingerprint": fingerprint(done.head.algorithm, done.head.key),
        "again": done.again, "begun": done.begun,
    }  # fmt: skip
    text = [
        f"已签：安装点 {said.installation} 的台账第 {said.entries} 条{'，与上次的一份相同' if done.again else ''}。",
        f"签好的文件 {value['file']}，请发回网点。",
    ]
    text += ["见证记录是新建的。以前签过的，请找回原来的记录，不要用这一份。"] if done.begun else []
    answer(options, value, text, done=text[0])


def archive_witness(options: Namespace) -> None:
    """Takes in what the centre signed."""
    with open_named(options) as office:
        entry, said = take_cosigned(office, options.file, options.trust, options.clerk)
    text = [f"中心见证了第 {said.entries} 条，已写进台账第 {entry.seq} 条。"]
    answer(options, _in_json(said) | {"entry": entry.seq}, text, done=text[0])


def add_commands(acts: Any, command: Callable[..., Any], words: Callable[[str], str]) -> None:
    """Adds the commands to those of `archive`; `command` makes one with the options that all have, `words` reads texts."""
    head = command(acts, "head", archive_head, "台账头存成凭据，送中心签名")
    head.add_argument("--since", type=int, metavar="SEQ", help="附上从这一条起的记录链；默认从中心上次签过的起")
    signed = command(acts, "cosign", archive_cosign, "中心：给网点的台账头签名；比签过的旧、分叉的不签")
    signed.add_argument("--key", type=Path, metavar="KEYFILE", help="中心签名的密钥文件")
    signed.add_argument("--heads", dest="record", type=Path, metavar="FILE", help="中心的见证记录，默认在数据文件夹里")
    signed.add_argument("--anew", type=words, default="", metavar="TEXT", help="查明以后从头见证，写明缘由")
    taken = command(acts, "witness", archive_witness, "网点：收下中心签过的台账头，写进台账")
    taken.add_argument("--trust", type=words, default="", metavar="FINGERPRINT", help="与中心纸面上核对过的密钥指纹")
    taken.add_argument("--clerk", type=words, default="", metavar="CLERK", help="经办人工号或姓名")
    for made, what in ((head, "凭据"), (signed, "签好的文件")):
        made.add_argument("--out", type=Path, required=True, metavar="FILE", help=f"{what}存到哪里")
    for read in (signed, taken):
        read.add_argument("file", type=Path, metavar="FILE", help="送来的文件")


def _in_json(said: HeadStatement) -> dict[str, Any]:
    return {
        "book": said.book,
        "head": f"{said.entries}:{said.head}",
        "installation": said.installation,
        "time": said.time,
    }

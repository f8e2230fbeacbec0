"""命令行的各条命令：调用操作，把结果印成文字或一个 JSON 值。

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import named, open_named
from counter_assistant.domain.assessment.checklist import build_checklist
from counter_assistant.domain.assessment.material_lines import AbsentLine, Line, MaybeLine
from counter_assistant.domain.assessment.situation import Situation
from counter_assistant.domain.calendar.workdays import DayCount
from counter_assistant.domain.formatting import chinese_time, listed
from counter_assistant.domain.papers.formats import PaperFormat
from counter_assistant.domain.refusal import Refusal
from counter_assistant.domain.typed_text.characters import SEARCH_LENGTH
from counter_assistant.domain.typed_text.parts_query import read_parts
from counter_assistant.domain.wording import phrases as wording
from counter_assistant.operations.archive import reprint_and_void
from counter_assistant.operations.intake.matter import find_item
from counter_assistant.operations.intake.request import Request
from counter_assistant.operations.intake.request_json import read_request_file
from counter_assistant.operations.issuing.issue import Issued, copies_of, gives_paper, issue_slip
from counter_assistant.operations.issuing.set_paper import format_of
from counter_assistant.operations.office import Office
from counter_assistant.operations.program import program
from counter_assistant.operations.wording import office_phrases as phrase_acts
from counter_assistant.operations.wording.check import find_forbidden
from counter_assistant.paths import named_folder
from counter_assistant.storage.journal.records import ArchiveRow


def items(options: Namespace) -> None:
    """Searches the catalogue."""
    with open_named(options) as office:
        found = office.content.index.search(_search_text(options))
    values = [{"id": entry.id, "name": entry.name, "handling": entry.handling} for entry in found]
    answer(options, values, [f"{entry.id}　{entry.name}" for entry in found] or ["没有找到事项。"])


def checklist(options: Namespace) -> None:
    """Shows the checklist of a situation."""
    with open_named(options) as office:
        item = find_item(office.catalogue, options.item, options.on or office.today())
        situation = Situation.of(item, _answers(options.answers))
        lines = build_checklist(situation, shared=frozenset(office.profile.shared_materials))
    value = {
        "item": item.id,
        "required": [_line(line) for line in lines.required],
        "maybe": [_line(line) for line in lines.maybe],
        "not_required": [_absent(line) for line in (*lines.not_required, *lines.never_ask)],
    }
    text = [f"{item.id}　{item.name}（示例，待本中心核定）" if not item.approval else f"{item.id}　{item.name}"]
    text += [f"情形：{situation.in_words()}", "须提供："]
    text += [
        f"　{line.material.name}　{line.material.counts}　{listed((line.why, line.also), '；')}"
        for line in lines.required
    ]
    text += [f"　如{line.if_phrase}，另需：{line.in_short}" for line in lines.maybe]
    text += ["不需要："] + [f"　{line.name}　{line.why}" for line in lines.not_required]
    text += ["不得要求："] + [f"　{line.name}　{line.why}" for line in lines.never_ask]
    answer(options, value, text)


def deadline(options: Namespace) -> None:
    """Counts a limit day by day, with the notices that the office adopted and the county's holidays."""
    with open_named(options) as office:
        counted = office.calendar.deadline(options.start, options.days, options.unit)
    value = {
        "due": counted.due.isoformat(),
        "provisional": counted.provisional,
        "days": [_day(d) for d in counted.days],
    }
    text = [f"{day.date.isoformat()}　{'计' if day.counts else '不计'}　{day.why}" for day in counted.days]
    note = "（预计，待放假通知；如遇调休以实际工作日为准）" if counted.provisional else ""
    answer(options, value, [*text, f"截止：{counted.due.isoformat()}{note}"])


def issue(options: Namespace) -> None:
    """Decides, numbers, archives and renders a request."""
    request = read_request_file(options.request)
    with open_named(options) as office:
        folder = _out(options, office, request)
        issued = issue_slip(office, request)
        slip = issued.slip
        path, chosen = None, None
        if slip and folder:
            chosen = format_of(office, slip.draft, _format(options))
            pdf = reprint_and_void.pdf_of(office, reprint_and_void.show(office, slip.number), wanted=chosen.which)
            path = path_in_words(reprint_and_void.save_paper(pdf, folder, slip.number, digits=slip.qr))
            office.prints.settle([slip.number])  # whoever has the file prints it
    value = {
        "number": slip.number if slip else None,
        "kind": issued.kind.value if issued.kind else "none",
        "clause": issued.clause,
        "due": issued.due.isoformat() if issued.due else None,
        "due_if_completed": issued.due_if_completed.isoformat() if issued.due_if_completed else None,
        "provisional": issued.provisional,
        "check_code": slip.check_code if slip else None,
        "pdf": path,
        "copies": list(copies_of(issued)),
        "format": chosen.which.value if chosen else None,
    }
    text = _issued_text(issued, path) + ([chosen.said] if chosen and chosen.said else [])
    answer(options, value, text, done="　".join(text))


def archive_search(options: Namespace) -> None:
    """Searches the archive."""
    with open_named(options) as office:
        rows = office.archive.search(_search_text(options))
    text = [
        f"{r.number}　{r.applicant}　{r.item_name}　{chinese_time(r.issued_at)}{'　作废' if r.void else ''}"
        for r in rows
    ]
    answer(options, [_row(row) for row in rows], text or ["没有找到文书。"])


def archive_show(options: Namespace) -> None:
    """Shows one slip as it was issued."""
    with open_named(options) as office:
        record = reprint_and_void.show(office, options.number)
    by = record.voided.corrected_by if record.voided else ""
    value = _row(record.row) | {"check_code": record.slip.check_code, "text": record.slip.draft.texts()}
    value |= {"corrects": record.corrects or None, "corrected_by": by or None}
    state = record.voided.state if record.voided else ""
    head = [record.row.number, listed((f"校验码 {record.slip.check_code}", state, record.corrected_in_words), "　")]
    answer(options, value, head + record.slip.draft.lines())


def archive_reprint(options: Namespace) -> None:
    """Reprints one slip, counted and marked."""
    with open_named(options) as office:
        folder = reprint_and_void.paper_folder(named_folder(options.out, "--out"))
        slip = reprint_and_void.show(office, options.number).slip
        chosen = format_of(office, slip.draft, _format(options))
        pdf, count = reprint_and_void.reprint(office, options.number, options.clerk, wanted=chosen.which)
        path = path_in_words(reprint_and_void.save_paper(pdf, folder, options.number, f"补打{count}", slip.qr))
    done = f"补打第 {count} 次：{path}"
    value = {"number": options.number, "reprints": count, "pdf": path, "format": chosen.which.value}
    answer(options, value, [done, *filter(None, (chosen.said,))], done)


def _format(options: Namespace) -> PaperFormat | None:
    """The format that was asked for; None for the office's own choice."""
    return PaperFormat(options.format) if options.format else None


def archive_void(options: Namespace) -> None:
    """Voids one slip."""
    with open_named(options) as office:
        reprint_and_void.void(office, options.number, options.reason, options.clerk, options.copy_returned)
    done = f"已作废：{options.number}。编号不再使用。"
    answer(options, {"number": options.number, "void": True}, [done], done)


def characters(options: Namespace) -> None:
    """Finds ideographs by parts, strokes and reading; needs no book."""
    ideographs = program().ideographs
    found = ideographs.find(read_parts(_search_text(options)), options.most)
    values, lines = [], []
    for one in found:
        code, strokes, readings = f"U+{ord(one):04X}", ideographs.strokes(one), ideographs.readings(one)
        values.append({"character": one, "code": code, "strokes": strokes, "readings": readings})
        lines.append(f"{one}　{code}　{strokes} 画　{'、'.join(readings)}".rstrip("　"))
    answer(options, values, lines or ["没有找到字。汉字是部件，字母是读音，=12 是总笔画，+5 是部件以外的笔画。"])


def phrases(options: Namespace) -> None:
    """Searches the polite phrases, the office's own included."""
    with open_named(options) as office:
        found = phrase_acts.index_of(office).search(_search_text(options))
    text = [f"{p.number}　{p.channel.label}·{p.moment.label}　{wording.shown(p)}" for p in found]
    answer(options, [_phrase(phrase) for phrase in found], text or ["没有找到用语。"])


def guard(options: Namespace) -> None:
    """Finds the forbidden phrases of a text. Finding one is no error."""
    hits = find_forbidden(options.text)
    value = {"hits": [{"text": hit.text, "taboo": hit.forbidden, "instead": hit.instead} for hit in hits]}
    text = [
        f"第 {hit.start + 1} 个字起：“{hit.text}”，近于忌语“{wording.typeset(hit.forbidden)}”"
        f"　可改说：“{wording.typeset(hit.instead)}”"
        for hit in hits
    ]
    answer(options, value, text or ["没有忌语。"])


def _out(options: Namespace, office: Office, request: Request) -> Path | None:
    """Where papers are put, None where none will be: an office that is at work has none lie about beside its book, sealed or not."""
    if options.out is None and (office.sealed or (office.profile.confirmed and not office.training)):
        if not gives_paper(office, request):
            return None
        raise Refusal(
            "out-not-named",
            "没有写明 PDF 存到哪里：台账旁边不存放看得懂的文书。",
            "请用 --out 指明 PDF 存到哪里，打印后自行清理。",
        )
    return reprint_and_void.paper_folder(named(options.out, "--out") or office.folder / "papers")


def _search_text(options: Namespace) -> str:
    """The text to search for. A whole page of it was pasted by mistake, which "not found" would not tell."""
    text: str = options.text
    if len(text) > SEARCH_LENGTH:
        what = f"要找的文字有 {len(text)} 个字，超过 {SEARCH_LENGTH} 个字。"
        raise Refusal("search-too-long", what, "请只写姓名、编号、名称或后四位。")
    return text


def _answers(texts: list[str]) -> dict[str, str]:
    answers: dict[str, str] = {}
    for text in texts:
        question, mark, answer = text.partition("=")
        if not mark:
            raise Refusal("bad-answer", f"回答“{text}”无法识别。", "请写成 marital=married 这样。")
        if question in answers:
            raise Refusal("answer-twice", f"“{question}”回答了两次。", "请只留一个。")
        answers[question] = answer
    return answers


def _line(line: Line | MaybeLine) -> dict[str, Any]:
    return {"id": line.material.id, "name": line.material.name, "submit": line.submit.value, "why": line.why}


def _absent(line: AbsentLine) -> dict[str, Any]:
    return {"id": line.id, "name": line.name, "why": line.why, "forbidden": line.forbidden}


def _day(day: DayCount) -> dict[str, Any]:
    return {"date": day.date.isoformat(), "counts": day.counts, "why": day.why}


def _phrase(phrase: wording.Phrase) -> dict[str, Any]:
    return {
        "n": phrase.number,
        "text": phrase.text,
        "channel": phrase.channel.value,
        "moment": phrase.moment.value,
        "blanks": [{"name": blank.name, "hint": blank.hint} for blank in phrase.blanks],
        "source": phrase.clause,
        "own": phrase.own,
        "pinned": phrase.pinned,
    }


def _row(row: ArchiveRow) -> dict[str, Any]:
    return {
        "number": row.number,
        "kind": row.kind,
        "applicant": row.applicant,
        "item": row.item,
        "issued_at": row.issued_at.isoformat(),
        "void": row.void,
    }


def _issued_text(issued: Issued, path: str | None) -> list[str]:
    text = [f"{issued.kind.in_words if issued.kind else '不出具文书，已登记'}　守则 {issued.clause}"]
    if issued.slip:
        text += [f"编号：{issued.slip.number}　校验码 {issued.slip.check_code}", f"PDF：{path}"]
    elif issued.kind:
        text.append("口头告知，已记录。")
    if issued.due:
        text.append(f"到期：{issued.due.isoformat()}{'（预计）' if issued.provisional else ''}")
    return text

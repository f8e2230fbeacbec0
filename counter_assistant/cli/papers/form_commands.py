"""命令行的 forms：一件事要填的表，还要问什么，填好存成 PDF；空白的也行。

Each command raises what its operation refuses.
"""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from counter_assistant.cli.answer import answer, path_in_words
from counter_assistant.cli.office import open_named
from counter_assistant.domain.counter_forms.asked import AGAIN
from counter_assistant.domain.refusal import Refusal
from counter_assistant.operations.archive.reprint_and_void import paper_folder, save_paper
from counter_assistant.operations.counter_forms.of_matter import FormsOfMatter, fault_of, filled, form_pdf, forms_of
from counter_assistant.operations.intake.json_file import read_json_file
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.intake.request_json import read_request_file
from counter_assistant.operations.office import Office
from counter_assistant.operations.on_duty import on_duty
from counter_assistant.paths import named_folder


def forms(options: Namespace) -> None:
    """Lists the forms that a request needs and what they ask for; with `--out` saves them, filled or blank.

    Raises:
        Refusal: `bad-value` (a value of the file is no text, or nobody asks for it).
    """
    request = read_request_file(options.request)
    with open_named(options) as office:
        matter = assess(request, office.catalogue, on_duty(office).profile, office.today())
        given = _values(options.values, office) if options.values else {}
        of_matter = forms_of(office, matter, given)
        paths = _save(office, of_matter, Path(named_folder(options.out, "--out")), options.blank) if options.out else {}
        value = _value(office, of_matter, paths)
    text = [f"{one['number']}　{one['title']}{'　' + one['pdf'] if one['pdf'] else ''}" for one in value["forms"]]
    text += [f"还要问：{'、'.join(one['label'] for one in value['asked'])}"] if value["asked"] and not paths else []
    answer(options, value, text or ["这件事没有要填的表。"], done="　".join(paths.values()))


def _values(path: Path, office: Office) -> dict[str, str]:
    """What is filled in, by key. A file says a number once: nobody types it here."""
    asked = office.program.counter_forms.asked
    typed: dict[str, str] = {}
    for key, text in read_json_file(path).items():
        if not isinstance(text, str) or not (key in asked or key.startswith("rows:")):
            raise Refusal("bad-value", f"“{key}”不是问到的值，或者不是文字。", "有哪些见 forms 列出的 asked。")
        typed[key] = text
    return typed | {AGAIN + key: text for key, text in typed.items() if key in asked and asked[key].twice}


def _save(office: Office, of_matter: FormsOfMatter, folder: Path, blank: bool) -> dict[str, str]:
    """Saves every form; where one cannot be right, none."""
    if not blank:
        faults = [*of_matter.faults.values(), *(fault_of(office, form, of_matter.case) for form in of_matter.forms)]
        if wrong := next((fault for fault in faults if fault), None):
            raise wrong
    papers = [
        (form, form_pdf(office, filled(office, of_matter, form, blank=blank), of_matter.case.known, blank=blank))
        for form in of_matter.forms
    ]
    place = paper_folder(folder)
    return {form.number: path_in_words(save_paper(pdf, place, f"{form.number} {form.title}")) for form, pdf in papers}


def _value(office: Office, of_matter: FormsOfMatter, paths: Mapping[str, str]) -> dict[str, Any]:
    return {
        "forms": [
            {
                "number": form.number,
                "title": form.title,
                "copies": list(form.copies),
                "missing": list(filled(office, of_matter, form).missing),
                "pdf": paths.get(form.number),
            }
            for form in of_matter.forms
        ],
        "asked": [
            {"key": one.key, "label": one.label, "kind": one.kind.value, "options": [o.codes[0] for o in one.options]}
            for one in of_matter.asked
        ],
        "faults": [{"key": key, "fault": str(fault)} for key, fault in of_matter.faults.items()],
    }


def add_commands(subparsers: Any, command: Callable[..., Any]) -> None:
    """Adds `forms`; `command` makes one with the options that all have."""
    made = command(subparsers, "forms", forms, "免填单：一件事要填的表，填好存成 PDF")
    made.add_argument("request", type=Path, metavar="REQUEST.json", help="请求，和 issue 的一样")
    made.add_argument("--values", type=Path, metavar="VALUES.json", help="问到的值，按键写")
    made.add_argument("--out", metavar="DIR", help="PDF 存放的文件夹；不写只列出来")
    made.add_argument("--blank", action="store_true", help="空白的表，带回去填")

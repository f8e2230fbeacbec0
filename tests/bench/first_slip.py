"""The first slip of a day at a desk that is running, beside the later ones: from the request to the PDF. Milliseconds.

The desk has been made ready as its window does it (`ui/shell/opening.py`), and each visitor's page was previewed before, as it is at
every desk. `first_over_later` is what the first one takes longer, the middle of several processes.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
PROCESSES = 7
DESK = """
import importlib, json, tempfile, time
from pathlib import Path
from counter_assistant.ui.shell import opening
for name in opening.FOR_THE_PAPER: importlib.import_module(name)
from counter_assistant.domain.papers.slip import COPY_LABELS
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.issuing.issue import draft_of, issue_slip
from counter_assistant.operations.issuing.set_paper import pdf_of_slip
from tests.make import a_request, an_office
taken = []
with tempfile.TemporaryDirectory() as folder:
    office = an_office(Path(folder))
    for prepare in opening.SLICES: prepare(office)
    for n in range(12):
        request = a_request(applicant={"name": "罗平周玉罕岩温白秀英李秋霞"[n:n + 2]}, request_id=str(n))
        matter = assess(request, office.catalogue, office.profile, office.today())
        office.program.typesetter.preview(draft_of(office, matter, matter.kind), copy=COPY_LABELS[1])
        began, worked = time.perf_counter(), time.process_time()
        pdf_of_slip(office, issue_slip(office, request).slip)
        taken.append((time.perf_counter() - began, time.process_time() - worked))
    office.close()
print(json.dumps(taken))
"""


def run() -> dict[str, float]:
    """The figures of this bench."""
    runs = []
    for _ in range(PROCESSES):
        done = subprocess.run([sys.executable, "-c", DESK], cwd=ROOT, capture_output=True, text=True, check=True)
        runs.append(json.loads(done.stdout))
    figures: dict[str, float] = {}
    for at, name in enumerate(("clock", "cpu")):
        firsts, laters = [taken[0][at] for taken in runs], [median(each[at] for each in taken[1:]) for taken in runs]
        over = [first - later for first, later in zip(firsts, laters, strict=True)]
        figures |= {
            f"first_{name}_ms": median(firsts),
            f"later_{name}_ms": median(laters),
            f"first_over_later_{name}_ms": median(over),
        }
    return {name: round(value * 1e3, 2) for name, value in figures.items()}

"""What a key at the desk costs for the page beside it: the draft set and drawn, beside drawing alone. Milliseconds of the processor.

Each key changes the visitor's name, or what is told; both ways of measuring take turns. `page` is setting and drawing, `key` the whole
way from the request: decision, wording, setting and drawing. Ratios are through drawing alone, at the 95th percentile of each.
"""

from __future__ import annotations

import tempfile
import time
from itertools import product
from pathlib import Path
from statistics import median, quantiles

import pypdfium2

from counter_assistant.domain.papers.slip import COPY_LABELS
from counter_assistant.operations.intake.matter import assess
from counter_assistant.operations.intake.request_json import read_request
from counter_assistant.operations.issuing.issue import draft_of
from counter_assistant.operations.issuing.set_paper import format_of
from tests.make import an_office, content

WIDTH = 480  # pixels of the page at the desk in a window of 1366×768
WARM_UP, KEYS = 20, 200
TYPED = "罗平周玉罕岩温白秀英李秋霞"
ANSWERS = tuple(product(("unmarried", "married"), ("registered", "unregistered"), ("yes", "no")))


def run() -> dict[str, float]:
    """The figures of this bench."""
    taken: dict[str, list[float]] = {"raster": [], "page": [], "key": []}
    with tempfile.TemporaryDirectory() as folder:
        office = an_office(Path(folder))
        try:
            for n in range(WARM_UP + KEYS):
                marital, lease, loan = ANSWERS[n // len(TYPED) % len(ANSWERS)]
                answers = {"who": "self", "marital": marital, "lease": lease, "fund_loan_open": loan}
                request = content(applicant={"name": TYPED[: 1 + n % len(TYPED)]}, answers=answers)
                began = time.process_time()
                matter = assess(read_request(request), office.catalogue, office.profile, office.today())
                assert matter.kind
                draft = draft_of(office, matter, matter.kind)
                which, _ = format_of(office, draft)
                decided = time.process_time()
                pdf = office.program.typesetter.preview(draft, copy=COPY_LABELS[1], wanted=which)
                drawn = _draw(pdf)
                ended = time.process_time()
                taken["raster"].append(drawn)
                taken["page"].append(ended - decided)
                taken["key"].append(ended - began)
        finally:
            office.close()
    cuts = {name: quantiles(times[WARM_UP:], n=20, method="inclusive")[-1] * 1e3 for name, times in taken.items()}
    figures = {f"{name}_p50_ms": median(times[WARM_UP:]) * 1e3 for name, times in taken.items()}
    figures |= {f"{name}_p95_ms": cut for name, cut in cuts.items()}
    figures |= {f"{name}_ratio": cuts[name] / cuts["raster"] for name in ("page", "key")}
    return {name: round(value, 2) for name, value in figures.items()}


def _draw(pdf: bytes) -> float:
    """Draws the page as the desk does; returns how long that took."""
    began = time.process_time()
    document = pypdfium2.PdfDocument(pdf)
    page = document[0]
    page.render(scale=WIDTH / page.get_width(), prefer_bgrx=True, rev_byteorder=False)
    page.close()
    document.close()
    return time.process_time() - began

"""A thousand slips one after the other, ours and typst's, each in a process of its own: seconds of the processor, memory in MiB.

The sides take turns, three times each; seconds are medians, memory is the most that any took. `batch_ratio` and `memory_ratio` are
ours through typst's.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
SLIPS, TURNS = 1000, 3
SIDES = ("our_side", "peers_side")
BATCH = """
import json, resource, time
from tests.bench import slip
side = slip.{side}()
began = time.process_time()
for n in range(1, {slips} + 1): side(n)
print(json.dumps([time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


def run() -> dict[str, float]:
    """The figures of this bench."""
    runs: dict[str, list[tuple[float, float]]] = {side: [] for side in SIDES}
    for _ in range(TURNS):
        for side in SIDES:
            command = [sys.executable, "-c", BATCH.format(side=side, slips=SLIPS)]
            done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
            seconds, memory = json.loads(done.stdout)
            runs[side].append((seconds, memory))
    ours, peers = (median(seconds for seconds, _ in runs[side]) for side in SIDES)
    held, peers_held = (max(memory for _, memory in runs[side]) for side in SIDES)
    figures = {"batch_s": ours, "typst_batch_s": peers, "batch_ratio": ours / peers}
    figures |= {"batch_mib": held, "typst_batch_mib": peers_held, "memory_ratio": held / peers_held}
    return {name: round(value, 3) for name, value in figures.items()}

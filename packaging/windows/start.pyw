"""Opens the desk. What an office writes lies beside the program where a file data-beside.txt lies there, else in the user's own folder."""

import os
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
if (HERE / "data-beside.txt").is_file():
    os.environ.setdefault("COUNTER_ASSISTANT_DATA", str(HERE / "data"))

from counter_assistant.__main__ import main  # noqa: E402 - what it reads of the environment is set before

sys.exit(main())

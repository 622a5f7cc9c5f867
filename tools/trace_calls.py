"""Which system calls the screens make, each beside what the walls answer; needs strace.

`python tools/trace_calls.py` traces `tests/security/every_screen.py` with the Python that runs it,
from where the walls would go up, and prints each call, how often, and "granted", "by argument" or
"refused". What is refused and needed belongs in `iprof_kit/kernel/walls/granted.py`, with a reason.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path

from iprof_kit.kernel.walls import SESSION

SCREENS = Path(__file__).resolve().parents[1] / "tests" / "security" / "every_screen.py"
MARK = "/here-the-walls-go-up"
_CALL = re.compile(r"^\d+ +(\w+)\(")


def main() -> None:
    """Trace, count, compare."""
    with tempfile.TemporaryDirectory() as folder:
        trace, own, fonts = (Path(folder) / name for name in ("trace", "own", "fonts"))
        own.mkdir()
        fonts.mkdir()
        environment = os.environ | {
            "MPLCONFIGDIR": str(fonts),
            "MPLBACKEND": "agg",
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }
        command = ["strace", "-f", "-qq", "-o", str(trace), sys.executable, str(SCREENS), str(own)]
        subprocess.run([*command, "--traced"], env=environment, check=True)
        lines = trace.read_text(errors="replace").partition(MARK)[2].splitlines()
    made = Counter(found[1] for line in lines if (found := _CALL.match(line)))
    for name, times in sorted(made.items()):
        print(f"{name:<20} {times:>7}  {_answer(name)}")


def _answer(name: str) -> str:
    grants = [grant for grant in SESSION if name in grant.names]
    if not grants:
        return "refused"
    return "granted" if any(not grant.when for grant in grants) else f"only {grants[0].only}"


if __name__ == "__main__":
    main()

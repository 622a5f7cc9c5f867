"""Our payslips beside OpenFisca-France: every line that both compute, by kind of difference.

python tools/openfisca [--seed N] [--people N]. OpenFisca-France (AGPL) is never a dependency: it
runs in an environment of its own, in `.venv/peers` or the folder named by IPROF_PEERS, made from
`requirements.txt`, and is spoken to by JSON. Ends with 1 where a difference is not explained by a
row of `ecarts.csv`.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from secrets import randbelow

sys.path.insert(0, str(Path(__file__).parents[2]))

from comparing import compared, report


def main() -> int:
    """Compare, print the table, tell by the exit code whether each difference is explained."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--seed", type=int, default=randbelow(1_000_000))
    options.add_argument("--people", type=int, default=100)
    chosen = options.parse_args()
    found = compared(chosen.seed, chosen.people)
    print(report(found))
    return 1 if found.unexplained else 0


if __name__ == "__main__":
    sys.exit(main())

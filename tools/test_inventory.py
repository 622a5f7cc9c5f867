"""Print every test by name with how often it runs, sorted, without the paths that move.

python tools/test_inventory.py [BEFORE.txt]

`TestClass::test_name  3  [params…]`: two lists compared tell which tests are lost. With a list made
before, prints only what is lost, then what is new, and ends with 1 where something is lost.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

_PATH = re.compile(r"\S*/\S+|\S+\.\w{2,5}\b")


def inventory() -> list[str]:
    """Return one line a test function: its name, its count, its parameters."""
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(done.stdout[-3000:] + done.stderr[-1000:])
    found: dict[str, list[str]] = defaultdict(list)
    for line in done.stdout.splitlines():
        if "::" in line:
            _, _, test = line.partition("::")
            name, _, parameters = test.partition("[")
            found[name].append(_PATH.sub("…", parameters.removesuffix("]")))
    return sorted(f"{name}  {len(all_)}  {sorted(all_)}" for name, all_ in found.items())


def main() -> int:
    """Print the list, or what differs from one made before."""
    now = inventory()
    if len(sys.argv) < 2:
        print("\n".join(now))
        return 0
    before = Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()
    lost, new = sorted(set(before) - set(now)), sorted(set(now) - set(before))
    print("\n".join([f"{len(lost)} lost or changed", *(f"- {one[:200]}" for one in lost)]))
    print("\n".join([f"{len(new)} new or changed", *(f"+ {one[:200]}" for one in new)]))
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())

"""One person, one answer: people drawn at random, and each disagreement between what they are told.

`python tools/one_answer.py --seed N --people 500` draws people with every position, leave, place,
family and quotité that the import accepts, builds their screens without a browser, and compares
the facts of their figures, of their agenda, of their letters, and the answers of `ask` and of the
command. A disagreement that no said hypothesis parts is printed; the same seed and number draw the
same person. `--seconds` ends sooner; `--from` draws one person again among the others. Ends with 1
where something disagrees, or a screen could not be shown.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections import Counter
from pathlib import Path
from secrets import randbelow

sys.path.insert(0, str(Path(__file__).parents[1]))

from answers.compared import disagreements
from answers.heard import heard
from answers.people import people

_BATCH = 50
_MOST_LEFT = 200_000


def main() -> int:
    """Draw, compare, print each disagreement, then how many people and facts were looked at."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=randbelow(1_000_000))
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--from", dest="start", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    asked = parser.parse_args()
    ends = time.monotonic() + asked.seconds
    kinds: Counter[str] = Counter()
    refused: Counter[str] = Counter()
    seen = facts = 0
    for start in range(asked.start, asked.start + asked.people, _BATCH):
        if time.monotonic() > ends:
            break
        for one in people(asked.seed, min(_BATCH, asked.start + asked.people - start), start):
            if time.monotonic() > ends:
                break
            if seen == 1:
                _keep_the_tables()
            told = heard(one)
            seen, facts = seen + 1, facts + sum(1 for _ in told.facts())
            for path in told.failed:
                kinds[f"écran {path}"] += 1
                print(f"{asked.seed} {one.number} : {path} ne s’ouvre pas")
            refused.update(told.refused)
            for found in disagreements(told):
                kinds[found.quantity] += 1
                print(f"{asked.seed} {one.number} : {found.words}", flush=True)
        print(f"  {seen} personnes, {facts} faits", flush=True)
    print(
        f"graine {asked.seed} : {seen} personnes, {facts} faits, {sum(kinds.values())} désaccords"
    )
    for kind, count in kinds.most_common():
        print(f"  {count} × {kind}")
    for path, count in refused.most_common():
        print(f"  {count} × {path} dit pourquoi il ne montre rien")
    return 1 if kinds else 0


def _keep_the_tables() -> None:
    """Leave the tables of the law, read for the first person, out of what is looked for as waste.

    What each person leaves is looked for once in a while: a tenth of the time went there.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_MOST_LEFT)


if __name__ == "__main__":
    sys.exit(main())

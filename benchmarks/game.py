"""The campaign game: a criterion, a weight or the ratio changed to redraw, warm.

From the message to the new HTML, 250 people ranked, four procedures beside, by the clock, which a
busy machine slows, and by the processor. `.venv/test/bin/python benchmarks/game.py`
"""

import statistics
import time

from internals import GamePage, Intent, Visit, nobody, render

WARM, TIMES = 5, 60
PATH = "/atelier/campagne"


def main() -> None:
    """Measure and print two lines, and the opening."""
    start = time.perf_counter()
    page = GamePage(Visit(nobody))
    render(*page.show(PATH))
    print(f"first page of a process: {(time.perf_counter() - start) * 1000:.0f} ms\n")
    took = [changed(page, number) for number in range(WARM + TIMES)][WARM:]
    print("| a choice changed to redraw | median | 95 % |\n|---|---:|---:|")
    for name, times in zip(("clock", "processor"), zip(*took, strict=True), strict=True):
        worst = sorted(times)[int(0.95 * len(times))]
        print(f"| {name} | {statistics.median(times):.0f} ms | {worst:.0f} ms |")


def changed(page: GamePage, number: int) -> tuple[float, float]:
    """Return the milliseconds of one choice, by the clock and by the processor."""
    acts = (
        Intent("jeu_regles", {"taux": str(number % 36), "appreciation": str(number % 3)}),
        Intent("jeu_tard", {"of": "bareme"}),
        Intent("jeu_tot", {"of": "echelon"}),
    )
    start, used = time.perf_counter(), time.process_time()
    page.receive(acts[number % len(acts)])
    render(*page.show(PATH))
    return (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000


if __name__ == "__main__":
    main()

"""The trainers' board: adding an event to redraw, four scenarios; goal 150 ms median, warm.

Every event is one that no answer kept holds: another month, another year. From the message to the
new HTML, by the clock, which a busy machine slows, and by the processor.
`.venv/test/bin/python benchmarks/atelier.py`
"""

import statistics
import time

from internals import Atelier, personas

GOAL_MS, WARM, TIMES = 150, 5, 40


def main() -> None:
    """Measure and print two lines."""
    board = Atelier(personas())
    board.handle({"kind": "route", "path": "/atelier", "query": ""})
    took = [added(board, number) for number in range(WARM + TIMES)][WARM:]
    print(f"| an event added, goal {GOAL_MS} ms | median | 95 % |\n|---|---:|---:|")
    for name, times in zip(("clock", "processor"), zip(*took, strict=True), strict=True):
        worst = sorted(times)[int(0.95 * len(times))]
        print(f"| {name} | {statistics.median(times):.0f} ms | {worst:.0f} ms |")


def added(board: Atelier, number: int) -> tuple[float, float]:
    """Return the milliseconds of one event added, by the clock and by the processor."""
    values = {
        "nature": "temps_partiel", "debut": f"01/{number % 12 + 1:02d}/{2032 + number // 12}",
        "fin": f"31/08/{2042 + number // 12}", "quotite": "80",
    }  # fmt: skip
    board.handle(intent("es_onglet", of="1"))
    board.handle(intent("es_ajouter", of="1"))
    start, used = time.perf_counter(), time.process_time()
    board.handle(intent("es_valider", **values))
    took = (time.perf_counter() - start) * 1000, (time.process_time() - used) * 1000
    board.handle(intent("es_retirer", of="1:1"))
    return took


def intent(name: str, **values: str) -> dict[str, object]:
    """Return a message of the page."""
    return {"kind": "intent", "name": name, "values": values, "path": "/atelier"}


if __name__ == "__main__":
    main()

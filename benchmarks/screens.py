"""How long each screen of the portal takes to be built, and its controls: no browser, no server.

One fictitious person, everything warm: what a session's process spends between a message and the
HTML of its answer. `.venv/test/bin/python benchmarks/screens.py`
"""

import statistics
import time

from internals import Portal, Understudy, answered, paris_today, sample_people

TIMES = 9
CONTROLS = (
    ("/perspectives/promotions", "scenarios", ({"quotite-B": "80"}, {"quotite-B": "100"}), True),
    ("/perspectives/et-si", "es_base", ({"enfants": "1"}, {"enfants": "2"}), True),
    ("/perspectives/ma-paie", "paie", ({"echelon": "7"}, {"echelon": "8"}), False),
    (
        "/perspectives/retraite",
        "retraite",
        ({"depart_1": "01/09/2055"}, {"depart_1": "01/09/2056"}),
        True,
    ),
    (
        "/perspectives/autres-affectations",
        "campagne",
        ({"campagne": "2025"}, {"campagne": "2026"}),
        True,
    ),
    ("/perspectives/autres-parcours", "filtre", ({"etat": "ouvert"}, {"etat": ""}), False),
    ("/dossier/anciennetes", "anciennetes_au", ({"au": "31/08/2026"}, {"au": "31/08/2027"}), False),
)
"""Address, intent, two values in turn, and whether a figure is drawn (goal 200 ms, else 100)."""


def main() -> None:
    """Measure and print two tables."""
    person = next(iter(sample_people().values()))
    portal = Portal(lambda: Understudy(person, paris_today()))
    print("| screen | median | slowest |\n|---|---:|---:|")
    for path in answered():
        print(row(path, [took(portal, {"kind": "route", "path": path}) for _ in range(TIMES)]))
    print("\n| control | median | slowest | goal |\n|---|---:|---:|---:|")
    for path, name, values, drawn in CONTROLS:
        took(portal, {"kind": "route", "path": path})
        messages = [
            {
                "kind": "intent",
                "name": name,
                "path": path,
                "values": values[turn % 2],
                "changed": next(iter(values[0])),
            }
            for turn in range(TIMES)
        ]
        if portal.handle(messages[0]).html == portal.handle(messages[1]).html:
            raise ValueError(f"{path}: the control changes nothing")
        times = [took(portal, message) for message in messages]
        print(f"{row(f'{path}, {name}', times)} {200 if drawn else 100} ms |")


def took(portal: Portal, message: dict[str, object]) -> float:
    """Return the milliseconds of one answer."""
    started = time.perf_counter()
    portal.handle(message)
    return (time.perf_counter() - started) * 1000


def row(name: str, times: list[float]) -> str:
    """Return a row of a table; the first answer, which loads and compiles, is left out."""
    warm = times[1:]
    return f"| {name} | {statistics.median(warm):.0f} ms | {max(warm):.0f} ms |"


if __name__ == "__main__":
    main()

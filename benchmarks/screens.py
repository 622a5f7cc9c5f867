"""How long each screen of the portal takes to be built, and its controls: no browser, no server.

One fictitious person, everything warm: the processor that a session's process spends between a
message and the HTML of its answer, which a busy machine does not change. Where the law has enough
values, a control never stands twice at the same one. `.venv/test/bin/python benchmarks/screens.py`
"""

import statistics
import time

from internals import Portal, Understudy, answered, paris_today, sample_people

TIMES = 9
CONTROLS = (
    (
        "/perspectives/promotions",
        "scenarios",
        tuple(
            {"hors_classe-B": str(year), "quotite": share}
            for share in ("90", "100")
            for year in range(2033, 2041)
        ),
    ),
    ("/perspectives/et-si", "es_base", ({"enfants": "1"}, {"enfants": "2"})),
    ("/perspectives/ma-paie", "paie", ({"echelon": "7"}, {"echelon": "8"})),
    (
        "/perspectives/retraite",
        "retraite",
        ({"depart_1": "01/09/2055"}, {"depart_1": "01/09/2056"}),
    ),
    ("/perspectives/autres-affectations", "campagne", ({"campagne": "2025"}, {"campagne": "2026"})),
    ("/perspectives/autres-parcours", "filtre", ({"famille": "concours"}, {"famille": ""})),
    ("/dossier/anciennetes", "anciennetes_au", ({"au": "31/08/2026"}, {"au": "31/08/2027"})),
)
"""Address, intent, values in turn."""
GOAL = 100
"""Milliseconds of a control, its figure included."""


def main() -> None:
    """Measure and print two tables."""
    person = next(iter(sample_people().values()))
    portal = Portal(lambda: Understudy(person, paris_today()))
    print("| screen | median | slowest |\n|---|---:|---:|")
    for path in answered():
        print(row(path, [took(portal, {"kind": "route", "path": path}) for _ in range(TIMES)]))
    print("\n| control | median | slowest | goal |\n|---|---:|---:|---:|")
    for path, name, values in CONTROLS:
        took(portal, {"kind": "route", "path": path})
        messages = [
            {
                "kind": "intent",
                "name": name,
                "path": path,
                "values": values[turn % len(values)],
                "changed": next(iter(values[0])),
            }
            for turn in range(TIMES)
        ]
        if portal.handle(messages[0]).html == portal.handle(messages[1]).html:
            raise ValueError(f"{path}: the control changes nothing")
        times = [took(portal, message) for message in messages]
        print(f"{row(f'{path}, {name}', times)} {GOAL} ms |")


def took(portal: Portal, message: dict[str, object]) -> float:
    """Return the milliseconds of processor of one answer."""
    started = time.process_time()
    portal.handle(message)
    return (time.process_time() - started) * 1000


def row(name: str, times: list[float]) -> str:
    """Return a row of a table; the first answer, which loads and compiles, is left out."""
    warm = times[1:]
    return f"| {name} | {statistics.median(warm):.0f} ms | {max(warm):.0f} ms |"


if __name__ == "__main__":
    main()

"""What a screen measures at both widths, and the limits of the design that it is held to."""

import csv
from pathlib import Path

HERE = Path(__file__).parent
MEASURE = (HERE / "screen_measures.js").read_text(encoding="utf-8").split("\n", 1)[1]
GOALS = {"mots": 60, "figure_390": 480, "haut_1280": 2000, "haut_390": 3600, "a_verifier": 1,
         "noms": 0}  # fmt: skip


def ceilings():
    """Return, by address, what a screen that misses a goal measures: only to be lowered."""
    with (HERE / "limits_of_screens.csv").open(encoding="utf-8", newline="") as file:
        rows = [{k: v for k, v in row.items() if k != "raison"} for row in csv.DictReader(file)]
    return {row.pop("adresse"): {k: int(v) for k, v in row.items() if v} for row in rows}


def measured(page):
    """Measure the screen that is shown, closed, at both widths."""
    page.set_viewport_size({"width": 1280, "height": 800})
    wide = page.evaluate(MEASURE)
    page.set_viewport_size({"width": 390, "height": 844})
    narrow = page.evaluate(MEASURE)
    return {"mots": wide["words"], "figure_390": narrow["figure"], "haut_1280": wide["height"],
            "haut_390": narrow["height"], "a_verifier": max(wide["marks"], narrow["marks"]),
            "noms": wide["said"]}  # fmt: skip


def too_much(path, measures, limits=None):
    """Return what a screen measures over its limits, in words."""
    limits = limits or GOALS | ceilings().get(path, {})
    return [f"{path} {name} : {measures[name]} > {limits[name]}"
            for name in GOALS if measures[name] > limits[name]]  # fmt: skip

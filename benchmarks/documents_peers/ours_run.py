"""Our templates, each in a fresh process: python ours_run.py CV.json TEMPLATE OUT.pdf TIMES."""

import gzip
import json
import sys
import time
from datetime import date
from pathlib import Path

begin = time.perf_counter()
sys.path.append(str(Path(__file__).parents[1]))

from internals import cv_model, layout, render  # noqa: E402

TODAY = date(2026, 11, 25)


def retitled(content, number):
    """Return the CV as after another key: everything is laid out again."""
    cv = cv_model.Cv.model_validate(content)
    identite = cv.faits.identite
    changed = identite.model_copy(update={"titre": f"{identite.titre} {number}"})
    return cv.model_copy(update={"faits": cv.faits.model_copy(update={"identite": changed})})


def main(path, template, out, times):
    content = json.loads(Path(path).read_text("utf-8"))
    target = cv_model.Cible(modele=template)
    taken, seen = [], []
    for number in range(times):
        start, spent = begin if number == 0 else time.perf_counter(), time.process_time()
        made = render.pdf(layout.document(retitled(content, number), target, TODAY), template)
        taken.append((time.perf_counter() - start, time.process_time() - spent))
    Path(out).write_bytes(made)
    for number in range(times, 2 * times):
        start = time.perf_counter()
        pages = render.pages_svg(
            layout.document(retitled(content, number), target, TODAY), template
        )
        seen.append(time.perf_counter() - start)
    later, cpu = zip(*taken[1:], strict=True)
    weight = len(gzip.compress("".join(pages).encode()))
    print(
        json.dumps(
            {
                "first": taken[0][0],
                "later": later,
                "cpu": cpu,
                "preview": seen,
                "preview_bytes": weight,
            }
        )
    )


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]))

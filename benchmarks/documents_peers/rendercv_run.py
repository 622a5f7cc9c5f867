"""RenderCV in its own environment: python rendercv_run.py FACTS.json OUT.pdf TIMES.

Its own pipeline, told to make the PDF only; the facts change a little each time, as when one types.
"""

import json
import shutil
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

begin = time.perf_counter()

from rendercv.renderer.pdf_png import generate_pdf  # noqa: E402
from rendercv.renderer.typst import generate_typst  # noqa: E402
from rendercv.schema.rendercv_model_builder import (  # noqa: E402
    build_rendercv_dictionary_and_model,
)


def make(facts, number, folder):
    facts["cv"]["headline"] = f"{facts['cv']['headline']} {number}"
    path = folder / "cv.yaml"
    path.write_text(json.dumps(facts), encoding="utf-8")
    _, model = build_rendercv_dictionary_and_model(path.read_text("utf-8"), input_file_path=path)
    return generate_pdf(model, generate_typst(model))


def main(facts, out, times):
    taken = []
    with TemporaryDirectory() as folder:
        for number in range(times):
            start, spent = begin if number == 0 else time.perf_counter(), time.process_time()
            made = make(json.loads(Path(facts).read_text("utf-8")), number, Path(folder))
            taken.append((time.perf_counter() - start, time.process_time() - spent))
        shutil.copy(made, out)
    later, cpu = zip(*taken[1:], strict=True)
    print(json.dumps({"first": taken[0][0], "later": later, "cpu": cpu}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

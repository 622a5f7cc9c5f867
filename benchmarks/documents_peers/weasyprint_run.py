"""WeasyPrint in its own environment: python weasyprint_run.py PAGE.html OUT.pdf TIMES.

The same words as HTML, the same font, tagged as PDF/UA-1.
"""

import json
import sys
import time
from pathlib import Path

begin = time.perf_counter()

from weasyprint import HTML  # noqa: E402


def main(page, out, times):
    html, taken = Path(page).read_text("utf-8"), []
    for number in range(times):
        start, spent = begin if number == 0 else time.perf_counter(), time.process_time()
        changed = html.replace("</h1>", f" {number}</h1>")
        HTML(string=changed).write_pdf(out, pdf_variant="pdf/ua-1")
        taken.append((time.perf_counter() - start, time.process_time() - spent))
    later, cpu = zip(*taken[1:], strict=True)
    print(json.dumps({"first": taken[0][0], "later": later, "cpu": cpu}))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))

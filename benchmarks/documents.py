"""How fast a CV is printed, how heavy, how well tagged, beside RenderCV and WeasyPrint.

python benchmarks/documents.py [--times N] [--peers FOLDER] [--no-peers]

Each is measured in a process of its own, in one run. The first time counts the imports and the
fonts; the later ones are medians, one word changed each time. The peers are installed each in an
environment of its own under FOLDER, with the pinned lists of documents_peers/. RenderCV downloads
its icons when it prints; none is printed here, so an empty package stands for them.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any

import pikepdf
from documents_person import CV, document
from internals import FONTS, TEMPLATES, Document, render

HERE = Path(__file__).parent
PEERS = HERE / "documents_peers"
CSS = """@page { size: A4; margin: 1.8cm 2.1cm } body { font: 10.5pt/1.4 Atkinson }
@font-face { font-family: Atkinson; src: url(file://%s/AtkinsonHyperlegible_400Regular.ttf) }
@font-face { font-family: Atkinson; font-weight: bold;
  src: url(file://%s/AtkinsonHyperlegible_700Bold.ttf) }
h1 { font-size: 22pt; margin: 0 } h2 { font-size: 12.5pt; border-bottom: 1pt solid }
ul { list-style: none; padding: 0; margin: 0 } p { margin: 0 0 3pt }"""


def measured(command: list[str], **more: str) -> dict[str, Any]:
    """Run a measure in a process of its own and return what it prints."""
    env = os.environ | {"PYTHONPATH": str(HERE.parent)} | more
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=env)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def environment(folder: Path, name: str, python: str) -> Path:
    """Return the Python of a peer's own environment, made if it is not there."""
    home = folder / name
    if not (home / "bin" / "python").exists():
        subprocess.run(["uv", "venv", "-q", "--python", python, home], check=True)
        listed = PEERS / f"{name}.txt"
        subprocess.run(
            ["uv", "pip", "install", "-q", "--python", home / "bin" / "python", "-r", listed],
            check=True,
        )
    return home / "bin" / "python"


def without_icons(folder: Path) -> str:
    """Return a cache of typst packages with an empty one for the icons."""
    package = folder / "typst" / "packages" / "preview" / "fontawesome" / "0.6.0"
    package.mkdir(parents=True)
    head = '[package]\nname = "fontawesome"\nversion = "0.6.0"\nentrypoint = "lib.typ"\n'
    (package / "typst.toml").write_text(head, encoding="utf-8")
    (package / "lib.typ").write_text("#let fa-icon(name, ..rest) = []\n", encoding="utf-8")
    return str(folder)


def facts_of_rendercv(made: Document) -> dict[str, Any]:
    """Return the same words as RenderCV takes them: one normal entry a line."""
    sections: dict[str, Any] = {}
    for section in made.sections:
        lines: list[Any] = []
        for part in section.parts:
            lines += [{"name": f"{f.label} : {f.value}"} for f in part.facts]
            lines += [
                {
                    "name": e.title,
                    "date": e.dates,
                    "summary": ", ".join(e.details),
                    "highlights": e.text.splitlines(),
                }
                for e in part.entries
            ]
        sections[section.title] = lines
    sections = {"Présentation": [made.summary], **sections}
    return {
        "cv": {"name": made.name, "headline": made.headline, "sections": sections},
        "locale": {"language": "french"},
    }


def tags(path: Path) -> str:
    """Return what a PDF says of its accessibility."""
    with pikepdf.open(path) as pdf, pdf.open_metadata() as xmp:
        tagged = "balisé" if "/StructTreeRoot" in pdf.Root else "non balisé"
        lang = f"langue {pdf.Root.Lang}" if "/Lang" in pdf.Root else "sans langue"
        ua = f"UA-{xmp['pdfuaid:part']}" if "pdfuaid:part" in xmp else "sans UA"
        part = xmp.get("pdfaid:part")
        archive = f"A-{part}{xmp['pdfaid:conformance'].lower()}" if part else "sans A"
        return f"{tagged}, {lang}, {ua}, {archive}, {len(pdf.pages)} p."


def ours(folder: Path, times: int) -> dict[str, tuple[dict[str, Any], Path]]:
    """Measure our templates."""
    facts = folder / "cv.json"
    facts.write_text(CV.model_dump_json(), encoding="utf-8")
    found = {}
    for template in TEMPLATES:
        out = folder / f"{template}.pdf"
        run = [sys.executable, PEERS / "ours_run.py", facts, template, out, times]
        found[template] = (measured(list(map(str, run))), out)
    return found


def peers(folder: Path, homes: Path, times: int) -> dict[str, tuple[dict[str, Any], Path]]:
    """Measure the peers on the same words."""
    made = document()
    facts, page = folder / "facts.json", folder / "page.html"
    facts.write_text(json.dumps(facts_of_rendercv(made)), encoding="utf-8")
    style = CSS.replace("%s", str(FONTS))
    page.write_text(
        f'<html lang="fr"><title>{made.title}</title><style>{style}</style>{render.html(made)}',
        encoding="utf-8",
    )
    given = {"rendercv": (facts, "3.13"), "weasyprint": (page, "3.11")}
    cache = without_icons(folder / "cache")
    found = {}
    for name, (data, python) in given.items():
        out = folder / f"{name}.pdf"
        home = environment(homes, name, python)
        run = [home, PEERS / f"{name}_run.py", data, out, times]
        found[name] = (measured(list(map(str, run)), XDG_CACHE_HOME=cache), out)
    return found


def main() -> None:
    """Print the table, ratios to `classique`."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    options.add_argument("--times", type=int, default=15)
    options.add_argument("--peers", type=Path, default=Path(gettempdir()) / "iprof-peers")
    options.add_argument("--no-peers", action="store_true")
    chosen = options.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        found = ours(folder, chosen.times)
        if not chosen.no_peers and shutil.which("uv"):
            found |= peers(folder, chosen.peers, chosen.times)
        print(f"Charge moyenne : {os.getloadavg()[0]:.1f}\n")
        print(
            "| | 1re (ms) | suivantes (ms) | processeur (ms) | rapport | Ko | aperçu (ms) | "
            "aperçu gzip (Ko) | accessibilité |"
        )
        print("|---" * 9 + "|")
        base = statistics.median(found["classique"][0]["cpu"])
        for title, (times, out) in found.items():
            row(title, times, out, base)


def row(title: str, times: dict[str, Any], out: Path, base: float) -> None:
    """Print one line of the table; the ratio is of processor times, which noise changes less."""
    later, cpu = statistics.median(times["later"]), statistics.median(times["cpu"])
    preview, weight = "sans objet", "sans objet"
    if "preview" in times:
        preview = f"{statistics.median(times['preview']) * 1000:.0f}"
        weight = f"{times['preview_bytes'] / 1024:.0f}"
    print(
        f"| {title} | {times['first'] * 1000:.0f} | {later * 1000:.1f} | {cpu * 1000:.1f} | "
        f"{cpu / base:.1f} | {out.stat().st_size / 1024:.0f} | {preview} | {weight} | "
        f"{tags(out)} |"
    )


if __name__ == "__main__":
    main()

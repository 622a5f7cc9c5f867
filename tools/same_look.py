"""The same look: two style sheets on the same pages, and each computed style that is not the same.

`python tools/same_look.py OLD NEW` takes two sheets or checkouts (their `kit.css` as it is
served), lays both in turn on pages that the sample's people are shown, and compares the computed
style and the place of every element, `::before`, `::after` and markers among them: at several
widths, on paper, in the dark, in forced colours, with everything open, and with what waits for a
pointer or a key (`:hover`, `:focus`…) made to hold everywhere. It ends with 1 where anything
differs. `--page FILE` adds pages that were saved.

The pages are drawn once by `drawn/` and kept; of those that show the same kinds of elements the
first alone are laid (`--most`); then each template, all its branches at once.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from playwright.sync_api import sync_playwright

Kind = tuple[tuple[str, str], ...]
HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
KEPT = Path(tempfile.gettempdir()) / "same_look"
_OWN_SHEET = """<style id="sheet"></style>
<style>* { transition: none !important; animation: none !important; }</style>"""
SHELL = f"""<!doctype html><html lang="fr"><head><meta charset="utf-8">{_OWN_SHEET}</head><body>
<a class="skip" href="#contenu">Aller au contenu</a><div class="kit"><p>Kit libre.</p></div>
<div class="shell"><nav class="side"><ul class="menu"><li><a href="/">Accueil</a></li></ul></nav>
<main id="contenu" tabindex="-1"><div class="screen-status"></div>
<div class="screen" data-kit-screen>{{page}}</div></main></div></body></html>"""
"""What stands around a screen; the base of addresses is nowhere, so that nothing is fetched."""
_SERVED = """import sys
from iprof_kit.server.pages.assets import assets
sys.stdout.buffer.write(assets()["kit.css"].variants["identity"])"""
_STATES = (":hover", ":focus-visible", ":focus-within", ":focus", ":active")
_SHOWN = 40
_STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPENED = re.compile(r'<([a-z]\w*)(?:[^>]*?\sclass="([^"]*)")?')
_VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_HOLDS = ":not(.no-such-class)"
"""What holds everywhere and weighs as much as a state."""
MEDIA: tuple[tuple[str, dict[str, Any]], ...] = (
    ("1280", {"width": 1280}), ("390", {"width": 390}),
    ("papier", {"width": 760, "media": "print"}),
    ("1720", {"width": 1720}), ("1100", {"width": 1100}), ("880", {"width": 880}),
    ("700", {"width": 700}), ("340", {"width": 340}),
    ("sombre", {"width": 1280, "color_scheme": "dark"}),
    ("contraste", {"width": 390, "forced_colors": "active"}),
    ("états", {"width": 1280, "states": True}), ("états 390", {"width": 390, "states": True}),
)  # fmt: skip
_COMPARE = """
([old, next]) => {
  for (const one of document.querySelectorAll("details")) one.open = true;
  const sheet = document.getElementById("sheet");
  const probe = document.createElement("i").style;
  const told = new Set(["display", "width", "height"]);
  for (const text of [old, next])
    for (const [, name] of text.matchAll(/(?<=[{;])\\s*([a-z-]+):/g)) {
      probe.cssText = "";
      probe.setProperty(name, "inherit");
      for (const each of probe) told.add(each);
    }
  const names = [...told].filter((one) => !/^(transition|animation|-webkit-tap)/.test(one));
  const kind = (one) => one && `${one.tagName}.${one.getAttribute("class") ?? ""}`;
  const repeats = (one) => kind(one.previousElementSibling) === kind(one)
    && kind(one.nextElementSibling) === kind(one)
    && kind(one.previousElementSibling.previousElementSibling) === kind(one);
  const inside = (one) =>
    one && one !== document.body && (repeats(one) || inside(one.parentElement));
  const all = [...document.body.querySelectorAll("*")].filter((one) => !inside(one));
  const said = (style) => names.map((name) => style.getPropertyValue(name));
  const look = (text) => {
    sheet.textContent = text;
    return all.map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect();
      const parts = [["", [...said(getComputedStyle(one)), [x, y, width, height].join(" ")]]];
      for (const part of ["::before", "::after", "::marker"]) {
        const style = getComputedStyle(one, part);
        if (part === "::marker" ? one.tagName === "LI" : style.content !== "none")
          parts.push([part, said(style)]);
      }
      return parts;
    });
  };
  const before = look(old), after = look(next), found = [];
  all.forEach((one, n) => {
    const where = [one.parentElement?.parentElement, one.parentElement, one].map(kind).join(" ");
    const parts = new Map(after[n]);
    if (parts.size !== before[n].length) found.push([where, "parts", "", ""]);
    for (const [part, values] of before[n])
      values.forEach((value, i) => {
        const other = parts.get(part)?.[i];
        if (value !== other) found.push([where + part, names[i] ?? "place", value, String(other)]);
      });
  });
  return found;
}
"""
"""Both looks of a page, and where they differ: by the properties that either sheet says. What
stands between two of its own kind, as a row among rows, is not looked at."""


def main() -> int:
    """Compare the two, print what differs by property and place; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("old")
    parser.add_argument("new")
    parser.add_argument("--page", action="append", default=[], type=Path)
    parser.add_argument("--most", type=int, default=130, help="pages laid")
    parser.add_argument("--media", default="", help="« 1280,papier »")
    asked = parser.parse_args()
    begun = time.monotonic()
    old, new = sheet(asked.old), sheet(asked.new)
    pages = chosen(drawn_pages(), asked.most)
    pages |= templates()
    pages |= {one.name: one.read_text(encoding="utf-8") for one in asked.page}
    media = [one for one in MEDIA if not asked.media or one[0] in asked.media.split(",")]
    where: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for name, medium, element, prop, before, after in compared(old, new, pages, media):
        where[element, prop, before, after].append(f"{name} ({medium})")
    ordered = sorted(where.items(), key=lambda one: -len(one[1]))
    for (element, prop, before, after), places in ordered[:_SHOWN]:
        print(f"{len(places):5} × {element} {prop}: {before} → {after}   {places[0]}")
    took = f"{time.monotonic() - begun:.0f} s"
    print(f"{len(pages)} pages × {len(media)}, {len(where)} différences ({took})")
    return 1 if where else 0


def sheet(named: str) -> str:
    """Return a sheet: the text of a file, or what a checkout serves."""
    place = Path(named)
    if place.suffix == ".css":
        return place.read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", _SERVED], cwd=place, env={"PYTHONPATH": str(place.resolve())},
        capture_output=True, check=True,
    )  # fmt: skip
    return done.stdout.decode()


def drawn_pages() -> dict[str, str]:
    """Return the pages of the sample's people, drawn by this tree unless they are kept."""
    file = KEPT / "pages.jsonl"
    if not file.exists():
        KEPT.mkdir(exist_ok=True)
        part = file.with_suffix(".part")
        part.unlink(missing_ok=True)
        subprocess.run([sys.executable, __file__, "draw", str(part)], check=True, cwd=ROOT)
        part.rename(file)
    with file.open(encoding="utf-8") as lines:
        return dict(json.loads(line) for line in lines)


def templates() -> dict[str, str]:
    """Return each template with all its branches at once: what no page drawn has shown."""
    found = {}
    for path in sorted((ROOT / "iprof_kit" / "ui").rglob("*.html")):
        if "takeaway" not in path.parts:
            text = _STATEMENT.sub("", path.read_text(encoding="utf-8"))
            found[path.name] = _VALUE.sub("x", text).replace(" hidden", "")
    return found


def draw(file: str) -> int:
    """Draw whole pages into a file, as `drawn/drawing.py` draws what differs between them."""
    from drawn import drawing, person

    class Whole(person.Person):
        """One who keeps each page as it is."""

        def _keep(self, name: str, html: str, before: tuple[str, ...]) -> tuple[str, ...]:
            self._files.clear()
            with Path(file).open("a", encoding="utf-8") as out:
                out.write(json.dumps([name, html]) + "\n")
            return before

    vars(drawing)["Person"] = Whole
    sys.argv = ["drawing.py", str(ROOT), file + ".aside", "1", "quick", ""]
    return drawing.main()


def chosen(pages: dict[str, str], most: int) -> dict[str, str]:
    """Return the pages that together show every kind of element, as few as that takes at most."""
    kinds = {name: kinds_of(text) for name, text in pages.items() if text.strip()}
    seen: Counter[Kind] = Counter()
    kept: dict[str, str] = {}
    for name in sorted(kinds, key=lambda one: -len(kinds[one])):
        if len(kept) < most and any(not seen[kind] for kind in kinds[name]):
            kept[name] = pages[name]
            seen.update(kinds[name])
    return kept


def kinds_of(text: str) -> set[Kind]:
    """Return the kinds of elements of a page: tag and classes, with those of the two before."""
    opened = _OPENED.findall(text)
    return set(zip(opened, opened[1:], opened[2:], strict=False))


def compared(
    old: str, new: str, pages: dict[str, str], media: list[tuple[str, dict[str, Any]]]
) -> Iterator[tuple[str, ...]]:
    """Yield each difference: page, medium, element, property, before, after."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for medium, how in media:
            page = browser.new_page(viewport={"width": how["width"], "height": 900})
            page.route("**/*", lambda route: route.abort())
            page.emulate_media(**{k: v for k, v in how.items() if k not in ("width", "states")})
            sheets = [held(one) if how.get("states") else one for one in (old, new)]
            for name, text in pages.items():
                page.set_content(laid(text))
                for element, prop, before, after in page.evaluate(_COMPARE, sheets):
                    yield name, medium, element, prop, before, after
            page.close()
        browser.close()


def held(text: str) -> str:
    """Return a sheet whose states hold everywhere, each as heavy as it was."""
    for state in _STATES:
        text = re.sub(re.escape(state) + r"(?![-\w])", _HOLDS, text)
    return text


def laid(text: str) -> str:
    """Return a page whole: a screen within its shell, or what was saved, without its sheet."""
    if not text.lstrip().lower().startswith("<!doctype"):
        return SHELL.replace("{page}", text)
    bare = re.sub(r"<link[^>]*>|<script.*?</script>", "", text, flags=re.DOTALL)
    return bare.replace("</head>", f"{_OWN_SHEET}</head>", 1)


if __name__ == "__main__":
    sys.exit(draw(sys.argv[2]) if sys.argv[1:2] == ["draw"] else main())

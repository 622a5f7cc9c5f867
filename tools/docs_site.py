"""The documentation as a site by reader, which opens without a network.

`python3 tools/docs_site.py FOLDER` writes it (`make docs`: in `dist/docs`). The pages are copied as
they stand, with the files of the repository that they link to, each under its own path: a link that
is true in the repository is true in the site, and no public address is invented. The order is that
of the readers: `docs/index.md` names their pages, each of which names what its reader opens, and
after « Aussi » what another one has. A dead link, a dead anchor or a page that no reader is led to
is refused.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = Path(__file__).with_suffix(".toml")
FRONT, INDEX, READERS = "README.md", "docs/index.md", "docs/lecteurs"
CODE = re.compile(r"^ *(```|~~~).*?^ *\1|`[^`\n]+`(?!\])", re.MULTILINE | re.DOTALL)
READ_A_WORD = '.normalize("NFKD").toLowerCase()'
READ_IN_FRENCH = READ_A_WORD + r'.replace(/\p{M}/gu,"").replace(/([a-z]{3})[sx]$/,"$1")'
IN_FRENCH = {
    "workers/search.*.js": {READ_A_WORD: READ_IN_FRENCH},
    "bundle.*.js": {
        '"Search"': '"Rechercher"',
        '"Close search"': '"Fermer la recherche"',
        '"Filters"': '"Filtres"',
        '"Tags"': '"Étiquettes"',
        '"Search results"': '"Résultats"',
        '"No results"': '"Aucun résultat"',
        '"Loading search': '"Préparation de la recherche',
        '"result":"results"': '"résultat":"résultats"',
    },
}
"""What the search of Zensical has in English, file by file; and its reading of a word, which keeps
accents apart and knows no plural: « echelons » is to find « échelon »."""
ALSO = "\n## Aussi\n"
"""What a reader's page names after these words is in the part of another reader."""
LINK = re.compile(r"(?<!!)\[([^\]]+)\]\(([^)\s]+)\)")


def main() -> int:
    """Write the site in the folder named; return the exit code."""
    folder = Path(sys.argv[1] if sys.argv[1:] else ROOT / "dist" / "docs").resolve()
    if code := build(ROOT, folder):
        return code
    print(f"Documentation : {folder / 'index.html'}")
    print(f"Avec la recherche : python3 -m http.server --bind 127.0.0.1 --directory {folder}")
    return 0


def build(root: Path, folder: Path) -> int:
    """Write the site of a repository in a folder of its own; return the exit code."""
    lost = sorted(set(pages_of(root)) - set(in_order(root)))
    if lost:
        print(f"Aucun lecteur n’est mené à : {', '.join(lost)}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as place:
        stage(root, Path(place))
        command = [sys.executable, "-m", "zensical", "build", "--strict"]
        done = subprocess.run(command, cwd=place, capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
            return 1
        search_in_french(Path(place, "site"))
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(Path(place, "site"), folder)
    return 0


def stage(root: Path, place: Path) -> None:
    """Copy the pages and what they link to where the site is built, with its settings."""
    pages = place / "pages"
    shutil.copytree(root / "docs", pages / "docs")
    for name in linked(root):
        (pages / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(root / name, pages / name)
    head, rest = SETTINGS.read_text("utf-8").split("[project]\n", 1)
    written = f"{head}[project]\nnav = {as_toml(navigation(root))}\n{rest}"
    (place / "zensical.toml").write_text(written, "utf-8")


def search_in_french(site: Path) -> None:
    """Have the search of the site speak and read French; a word that it has no more is refused."""
    for pattern, words in IN_FRENCH.items():
        (script,) = (site / "assets" / "javascripts").glob(pattern)
        text = script.read_text("utf-8")
        for word, french in words.items():
            if word not in text:
                raise LookupError(f"la recherche de Zensical n’a plus {word} : voyez IN_FRENCH")
            text = text.replace(word, french)
        script.write_text(text, "utf-8")


def pages_of(root: Path) -> list[str]:
    """Return the pages of the documentation."""
    return sorted(path.relative_to(root).as_posix() for path in (root / "docs").rglob("*.md"))


def links(root: Path, page: str, until: str = "\0") -> list[tuple[str, str]]:
    """Return the words and the file of each link of a page to a file of the repository."""
    text = CODE.sub("", (root / page).read_text("utf-8").split(until)[0])
    found = []
    for words, address in LINK.findall(text):
        target = re.split(r"[#?]", address)[0]
        path = ((root / page).parent / target).resolve()
        if target and ":" not in target and path.is_file() and path.is_relative_to(root):
            found.append((words.replace("`", ""), path.relative_to(root).as_posix()))
    return found


def linked(root: Path) -> set[str]:
    """Return the front page and every file outside `docs` that pages link to, however far."""
    seen: set[str] = set()
    waiting = [FRONT, *pages_of(root)]
    while waiting:
        page = waiting.pop()
        if page in seen:
            continue
        seen.add(page)
        if page.endswith(".md"):
            waiting += [path for _, path in links(root, page)]
    return {path for path in seen if not path.startswith("docs/")}


def navigation(root: Path) -> list[tuple[str, object]]:
    """Return the pages as the site orders them: a section for each reader."""
    readers = [link for link in links(root, INDEX) if link[1].startswith(READERS)]
    sections = [(words, [("", page), *led(root, page, {page})]) for words, page in readers]
    return [("Accueil", FRONT), ("Lecteurs", INDEX), *sections]


def led(root: Path, page: str, placed: set[str]) -> list[tuple[str, object]]:
    """Return the pages that a page leads to, each once, and those of its folders."""
    entries: list[tuple[str, object]] = []
    for words, path in links(root, page, until=ALSO):
        if path in placed or not path.endswith(".md") or path.startswith((READERS, FRONT)):
            continue
        placed.add(path)
        first = path.endswith("/README.md")
        named = title(root / path) if words.endswith(".md") else words
        entries.append((named, [("", path), *led(root, path, placed)] if first else path))
    return entries


def title(page: Path) -> str:
    """Return the title of a page, for a link that has no words but its file."""
    return page.read_text("utf-8").splitlines()[0].lstrip("# ")


def in_order(root: Path) -> list[str]:
    """Return every page that the site's order holds."""
    text = json.dumps(navigation(root))
    return re.findall(r"\"(docs/[^\"]+\.md)\"", text)


def as_toml(entries: list[tuple[str, object]]) -> str:
    """Return an order of pages as Zensical reads it; a section begins with its own page."""
    written = []
    for words, path in entries:
        target = as_toml(path) if isinstance(path, list) else json.dumps(path)
        written.append(f"{{ {json.dumps(words)} = {target} }}" if words else target)
    return f"[{', '.join(written)}]"


if __name__ == "__main__":
    sys.exit(main())

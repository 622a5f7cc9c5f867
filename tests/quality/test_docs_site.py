"""The documentation is a site by reader: each page in it, each link alive, all of it here."""

import importlib.util
import json
import re
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from iprof_kit.base.paths import ROOT

READERS = [
    "enseignant", "gestionnaire", "evaluateur", "formateur", "analyste", "administrateur",
    "developpeur", "juriste",
]  # fmt: skip


def tool():
    spec = importlib.util.spec_from_file_location("docs_site", ROOT / "tools" / "docs_site.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Page(HTMLParser):
    """What a page of the site names, and the places in it that a link may aim at."""

    def __init__(self, path):
        super().__init__()
        self.loaded, self.led, self.places = set(), set(), set()
        self.feed(path.read_text("utf-8"))

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        self.places |= {named.get("id"), named.get("name") if tag == "a" else None}
        source = named.get("src") or named.get("srcset")
        self.loaded |= {source} if source else set()
        if href := named.get("href"):
            (self.led if tag == "a" else self.loaded).add(href)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("docs") / "site"
    assert tool().build(ROOT, folder) == 0
    pages = {path.relative_to(folder).as_posix(): Page(path) for path in folder.rglob("*.html")}
    return pages, folder


def test_each_reader_has_a_page_that_leads_to_pages_of_the_site(site):
    pages, folder = site
    index = pages["docs/index.html"]
    assert {f"lecteurs/{name}.html" for name in READERS} <= index.led
    for name in READERS:
        led = {href.split("#")[0] for href in pages[f"docs/lecteurs/{name}.html"].led}
        inside = {href for href in led if href.endswith(".html") and "lecteurs" not in href}
        assert len(inside) > 3, name
        assert all((folder / "docs/lecteurs" / href).is_file() for href in inside), name


def test_every_page_of_the_documentation_is_in_the_site(site):
    pages, _ = site
    wanted = {page.removesuffix(".md").replace("README", "index") for page in tool().pages_of(ROOT)}
    assert {f"{page}.html" for page in wanted} <= set(pages)


def test_every_link_and_picture_of_the_site_is_alive(site):
    pages, folder = site
    dead = []
    for name, page in pages.items():
        if name == "404.html":  # opens anywhere: its addresses begin at the root
            continue
        for address in page.led | page.loaded:
            path, _, place = unquote(re.sub(r"\?[^#]*", "", address)).partition("#")
            if re.match(r"[a-z]+:", path):
                continue
            target = (folder / name).parent / path if path else folder / name
            aimed = pages.get(target.resolve().relative_to(folder.resolve()).as_posix())
            if not target.exists() or (place and aimed and place not in aimed.places):
                dead.append(f"{name} : {address}")
    assert dead == []


def test_nothing_of_the_site_is_loaded_from_outside(site):
    pages, folder = site
    assert not [url for page in pages.values() for url in page.loaded if "//" in url]
    for sheet in folder.rglob("*.css"):
        assert not re.search(r"url\(['\"]?(https?:)?//|@import", sheet.read_text("utf-8")), sheet


def test_the_search_of_the_site_is_french_and_knows_its_pages(site):
    _, folder = site
    index = json.loads((folder / "search.json").read_text("utf-8"))
    assert index["config"]["lang"] == ["fr"]
    assert "docs/lecteurs/juriste.html" in {item["location"] for item in index["items"]}
    words = re.split(index["config"]["separator"], "l’échelon, d'un «\u00a0corps\u00a0»")
    assert [word for word in words if word] == ["l", "échelon", "d", "un", "corps"]
    (worker,) = (folder / "assets/javascripts/workers").glob("search.*.js")
    assert tool().READ_IN_FRENCH in worker.read_text("utf-8")


def small(folder, teacher="- [Le CV](../cv.md) : tout.", cv="# Le CV\n\n## Ici\n"):
    """Return a repository of a front page, one reader and one page."""
    written = {
        "README.md": "# Kit\n\n[La documentation](docs/index.md)\n",
        "docs/index.md": "# Lecteurs\n\n[Enseignant](lecteurs/enseignant.md)\n",
        "docs/lecteurs/enseignant.md": f"# Enseignant\n\n{teacher}\n",
        "docs/cv.md": cv,
    }
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_a_small_repository_of_one_reader_is_a_site(tmp_path):
    assert tool().build(small(tmp_path / "whole"), tmp_path / "site") == 0
    assert (tmp_path / "site" / "docs" / "lecteurs" / "enseignant.html").is_file()


@pytest.mark.parametrize(
    ("planted", "said"),
    [
        ({"teacher": "[Le CV](../cv.md#ailleurs)"}, "anchor does not exist"),
        ({"teacher": "[Le CV](../cv.md), [rien](../rien.md)"}, "page does not exist"),
        ({"teacher": "Rien ici."}, "Aucun lecteur n’est mené à : docs/cv.md"),
    ],
)
def test_a_page_that_nobody_reaches_or_a_dead_link_is_refused(tmp_path, capsys, planted, said):
    assert tool().build(small(tmp_path / "wrong", **planted), tmp_path / "other") == 1
    assert said in capsys.readouterr().err
    assert not (tmp_path / "other").exists()

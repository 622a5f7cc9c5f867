"""The gallery: fifteen fictitious people, the board of each, files of strangers within limits."""

import re
import tracemalloc

import pytest
from ui_html import check

from iprof_kit.base.paths import PERSONAS
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.ui.kit.guarded import UNAVAILABLE
from iprof_kit.ui.screens.galerie.screen import Gallery


class Nobody:
    """A guichet that refuses all that a visitor is refused: whatever is asked is a fault."""

    def ask(self, op, **_args):
        raise AssertionError(f"{op} was asked for")


@pytest.fixture
def gallery():
    return Gallery(personas(), Nobody)


def shown(gallery, query=""):
    return gallery.handle({"kind": "route", "path": "/galerie", "query": query}).html


def does(gallery, name, **values):
    return gallery.handle({"kind": "intent", "name": name, "values": values}).html


def on_the_board(html):
    return re.search(r'id="personne-t"[^>]*><span data-own>([^<,]*)', html)[1]


def brings(gallery, file, content):
    message = {"kind": "intent", "name": "at_ouvrir", "values": {}, "file": file,
               "content": content, "size": len(content or b"")}  # fmt: skip
    return gallery.handle(message).html


def test_every_persona_is_a_card_that_opens_her_board(gallery):
    page = check(shown(gallery))
    assert "15 carrières fictives" in page.text
    for one in personas().values():
        html = shown(gallery, f"?p={one.id}")
        assert on_the_board(html) == f"{one.prenom} {one.nom}"
        assert re.search(r'data-address="/galerie\?s=2\.', html)
        assert 'href="/galerie"' in html
        assert "/scenarios" not in html


def test_the_board_of_a_visitor_has_every_control_but_the_signature(gallery):
    html = shown(gallery, "?p=claire_vasseur")
    for intent in ("at_comparer", "at_deplacer", "at_jour", "at_enregistrer", "at_ouvrir",
                   "es_idee", "es_ajouter", "at_persona"):  # fmt: skip
        assert intent in html, intent
    assert "at_lien" not in html
    assert 'id="lien"' not in does(gallery, "at_lien")
    moved = does(gallery, "at_deplacer", of="0:0", mois="27")
    assert "au 1er septembre 2028" in check(moved).text
    message = {"kind": "intent", "name": "at_enregistrer", "values": {}}
    assert gallery.handle(message).download.name.startswith("seance-claire_vasseur")


def test_its_own_address_gives_the_board_back_and_the_bare_one_the_people(gallery):
    html = does(gallery, "at_persona", of="hugo_lambert")
    address = re.search(r'data-address="/galerie(\?[^"]*)"', html)[1]
    assert on_the_board(shown(Gallery(personas(), Nobody), address)) == "Hugo Lambert"
    assert "Choisir une personne" in check(shown(gallery)).text


def test_who_nobody_is_called_shows_a_board_all_the_same(gallery):
    for query in ("?p=personne", "?p=", "?s=x", "?p=" + "a" * 4_000):
        assert UNAVAILABLE not in shown(gallery, query)


CLAIRE = (PERSONAS / "claire_vasseur.yml").read_text(encoding="utf-8")
HOSTILE = {
    "bombe.yml": b"a: &a [x, x, x]\nb: &b [*a, *a, *a]\nc: [*b, *b, *b]\n",
    "profond.yml": b"[" * 50_000,
    "double.yml": CLAIRE.replace("prenom:", "prenom: A\nprenom:").encode(),
    "onglets.yml": b"id:\tx\n",
    "lourd.yml": b"a" * 1_100_000,
    "mille.yml": (CLAIRE + "  - {nom: X}\n" * 1_000).encode(),
    "binaire.yml": b"\x00\xff" * 100,
    "profonde.json": b"[" * 100_000,
    "lourde.json": b" " * 1_100_000,
    "nombre.json": b'{"format": "iprof-atelier-2", "x": ' + b"9" * 100_000 + b"}",
}


@pytest.mark.parametrize("file", HOSTILE)
def test_a_hostile_file_is_told_changes_nothing_and_takes_little_memory(gallery, file):
    shown(gallery, "?p=hugo_lambert")
    tracemalloc.start()
    html = brings(gallery, file, HOSTILE[file])
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 60_000_000
    assert UNAVAILABLE not in html
    assert 'class="note' in html
    assert on_the_board(html) == "Hugo Lambert"

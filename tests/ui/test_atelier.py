"""The trainers' board: fictitious people alone, a frozen day, scenarios moved, a file and back."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
import ui_people as people
from ui_html import check

from iprof_kit.base import clock
from iprof_kit.base.errors import Unavailable
from iprof_kit.calculate.atelier import results
from iprof_kit.calculate.atelier import seance as seances
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.et_si.naming import NATURES
from iprof_kit.services.contract.links.seances import SeanceSignee, SeanceVerifiee
from iprof_kit.services.contract.operations import OPERATIONS
from iprof_kit.ui.components import guichet
from iprof_kit.ui.kit.guarded import UNAVAILABLE
from iprof_kit.ui.kit.notebook import nobody
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.atelier import board as boards
from iprof_kit.ui.screens.atelier import reopening
from iprof_kit.ui.screens.atelier.figure import figures
from iprof_kit.ui.screens.atelier.pair import Pair
from iprof_kit.ui.screens.atelier.screen import BoardPage
from iprof_kit.ui.screens.atelier.signatures import Signatures
from iprof_kit.ui.screens.atelier_rooms.screen import Atelier, open_atelier

EARLIER = Path(__file__).parents[1] / "calculate" / "links_of_earlier_versions"
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def atelier():
    return Atelier(personas())


def opened(atelier, query=""):
    return atelier.handle({"kind": "route", "path": "/atelier", "query": query})


def does(atelier, name, **values):
    message = {"kind": "intent", "name": name, "values": values, "path": "/atelier"}
    return atelier.handle(message).html


def brings(atelier, file, content):
    message = {"kind": "intent", "name": "at_ouvrir", "values": {}, "file": file,
               "content": content, "size": len(content or b"")}  # fmt: skip
    return atelier.handle(message).html


def comparable(html):
    """The page without what a figure numbers anew, nor what counts messages and turns."""
    html = re.sub(r'\b(g|m)\d+([td])?\b|data-(turn|n|focus)="[^"]*"', "", html)
    return re.sub(r'<div class="note.*?</div>', "", html, flags=re.DOTALL).split()


def address_of(html):
    return re.search(r'data-address="/atelier(\?[^"]*)"', html)[1]


@pytest.mark.parametrize("key", personas())
def test_every_persona_is_shown_and_nobody_is_called_you(atelier, key):
    html = does(atelier, "at_persona", of=key)
    page = check(html)
    assert personas()[key].nom in page.text
    assert UNAVAILABLE not in html
    assert not re.search(r"\b(vous|votre|vos)\b", page.text, re.IGNORECASE)
    assert "Personne fictive" in page.text


def test_no_guichet_is_asked_whatever_is_done(atelier, monkeypatch):
    def nobody(*_args, **_more):
        raise AssertionError("a file was asked for")

    monkeypatch.setattr(guichet, "open_guichet", nobody)
    monkeypatch.setattr(guichet.Guichet, "ask", nobody)
    opened(atelier)
    for act in (("at_persona", {"of": "karim_benali"}), ("es_idee", {"of": "direction"}),
                ("at_jour", {"jour": "01/10/2026"}), ("at_enregistrer", {})):  # fmt: skip
        assert UNAVAILABLE not in does(atelier, act[0], **act[1])


def test_two_scenarios_are_compared_up_to_a_year(atelier):
    opened(atelier)
    html = does(atelier, "at_comparer", premier="B", second="C", horizon="2031")
    page = check(html)
    assert "B − C, net, d’ici 2031" in page.text
    assert re.search(
        r"B (donne|aurait donné) [\d\u00a0]+\u00a0€ nets de (plus|moins) que C", page.text
    )


def test_a_past_campaign_is_compared_and_said_to_be_past(atelier):
    opened(atelier)
    page = check(does(atelier, "at_comparer", premier="D", second="B", horizon="2037"))
    assert "D aurait donné" in page.text
    assert "pour comparer seulement" in page.text
    assert "2025, pour comparer" in page.text


def test_a_flag_is_moved_by_years_for_a_promotion_and_by_months_for_the_others(atelier):
    opened(atelier)
    moved = check(does(atelier, "at_deplacer", of="0:0", mois="27"))
    assert "au 1er septembre 2028" in moved.text
    freely = check(does(atelier, "at_deplacer", of="2:1", mois="30"))
    assert "du 1er février 2029 au 31 janvier 2032" in freely.text


def test_a_flag_that_the_law_refuses_comes_back_and_says_why(atelier):
    opened(atelier)
    before = does(atelier, "es_onglet", of="2")
    after = does(atelier, "at_deplacer", of="2:1", mois="0")
    assert "Changement refusé, rien n’a été modifié." in after
    assert address_of(after) == address_of(before)
    assert 'data-n="1"' in before
    assert 'data-n="2"' in after


def test_the_project_that_no_text_adopted_is_a_hypothesis_said_as_such(atelier):
    opened(atelier)
    does(atelier, "at_persona", of="nadia_perrin")
    html = does(atelier, "es_idee", of="projet")
    assert "Projet de 2025, jamais publié (hypothèse)" in html
    assert '<span class="mark pre">hypothèse</span>' in html


def test_the_same_address_gives_the_same_page_on_another_day(atelier, monkeypatch):
    opened(atelier)
    does(atelier, "at_persona", of="hugo_lambert")
    html = does(atelier, "es_idee", of="partiel")
    monkeypatch.setattr(clock, "utc_now", lambda: NOON.replace(year=2031))
    again = opened(Atelier(personas()), address_of(html)).html
    assert comparable(again) == comparable(html)


def test_a_seance_saved_is_dated_and_its_file_gives_the_page_back(atelier, monkeypatch):
    monkeypatch.setattr(boards, "utc_now", lambda: NOON)
    opened(atelier)
    does(atelier, "at_comparer", premier="C", second="B", horizon="2031")
    message = {"kind": "intent", "name": "at_enregistrer", "values": {}, "path": "/atelier"}
    saved = atelier.handle(message)
    assert "Séance enregistrée le 25 novembre 2026 à 13\u00a0h\u00a000" in check(saved.html).text
    assert saved.download.name == "seance-claire_vasseur-2026-08-31.json"
    other = Atelier(personas())
    opened(other)
    again = brings(other, saved.download.name, saved.download.content)
    assert "Séance rouverte." in again
    assert "Rien n’a changé depuis le 25 novembre 2026" in check(again).text
    assert comparable(again) == comparable(saved.html)


def test_a_file_that_was_altered_changes_nothing_and_says_so(atelier):
    before = opened(atelier).html
    message = {"kind": "intent", "name": "at_enregistrer", "values": {}, "path": "/atelier"}
    content = atelier.handle(message).download.content
    after = brings(atelier, "s.json", content.replace(b'"horizon": 2037', b'"horizon": 2041'))
    assert "modifié depuis son enregistrement" in after
    assert comparable(after) == comparable(before)


def test_a_persona_of_one_s_own_is_checked_and_opened(atelier):
    from iprof_kit.base.paths import PERSONAS

    text = (PERSONAS / "lina_morel.yml").read_text(encoding="utf-8")
    own_text = text.replace("prenom: Lina", "prenom: Zoé").replace("id: lina_morel", "id: zoe")
    assert "Zoé Morel" in check(brings(atelier, "zoe.yml", own_text.encode())).text
    wrong = brings(atelier, "zoe.yml", own_text.replace("corps: certifie", "corps: x").encode())
    assert "Ligne 12, colonne 10" in check(wrong).text
    assert "Zoé Morel" in check(wrong).text
    assert "n’est pas du texte" in brings(atelier, "z.yml", b"\xff\xfe\x00")


def test_a_wrong_address_shows_the_first_persona_and_says_what_is_wrong(atelier):
    html = opened(atelier, "?s=abc").html
    assert "Cette adresse n’est pas celle d’une séance" in html
    assert "Claire Vasseur" in html


def test_the_day_is_frozen_where_the_trainer_puts_it_or_refused_at_its_field(atelier):
    opened(atelier)
    assert (
        "Jour figé\u00a0: 1er octobre 2026"
        in check(does(atelier, "at_jour", jour="1/10/2026")).text
    )
    for wrong in ("demain", "01/01/2020"):
        html = does(atelier, "at_jour", jour=wrong)
        assert f'value="{wrong}"' in html
        assert "Jour figé\u00a0: 1er octobre 2026" in check(html).text


def test_the_careers_of_2017_stand_side_by_side_without_any_name(atelier):
    html = opened(atelier).html
    table = re.search(r'<table class="tbl fit ppcr">.*?</table>', html, re.DOTALL)[0]
    assert table.count("<tr>") == 2 + 3
    for one in personas().values():
        assert one.nom not in table
    assert "5e échelon" in table
    assert "4e échelon" in table


def test_any_message_is_answered(atelier):
    for name in ("at_deplacer", "at_comparer", "at_persona", "at_jour", "es_retirer", "x"):
        for values in ({}, {"of": "9:9", "mois": "x"}, {"of": "0:0", "mois": "99999999"}, None):
            message = {"kind": "intent", "name": name, "values": values, "path": "/atelier"}
            assert UNAVAILABLE not in atelier.handle(message).html


def test_the_notebook_opens_it_without_server(tmp_path):
    from iprof_kit.base.paths import PERSONAS

    text = (PERSONAS / "lina_morel.yml").read_text(encoding="utf-8")
    own = tmp_path / "zoe.yml"
    own.write_text(text.replace("id: lina_morel", "id: zoe").replace("prenom: Lina", "prenom: Zoé"))
    assert "Zoé" in open_atelier([own]).html


HYPOTHESES = (
    {},
    {"debut": "01/09/2020", "fin": "01/09/2019"},
    {"debut": "01/09/2027", "fin": "31/08/2028", "quotite": "55", "classes": "5", "zone": "1",
     "reseau": "REP", "corps": "agrege", "echelon": "8"},
    {"debut": "01/09/2080", "quotite": "33", "zone": "3", "echelon": "6"},
)  # fmt: skip


@pytest.mark.parametrize("nature", NATURES)
@pytest.mark.parametrize("key", ["paul_delmas", "karim_benali"])
def test_what_the_law_refuses_of_a_fictitious_person_is_told_of_her_not_to_you(
    atelier, key, nature
):
    does(atelier, "at_persona", of=key)
    for values in HYPOTHESES:
        does(atelier, "es_ajouter", of="0")
        for html in (
            does(atelier, "es_nature", nature=nature),
            does(atelier, "es_valider", nature=nature, **values),
        ):
            assert not re.search(r"\b(vous|votre|vos)\b", check(html).text, re.IGNORECASE)
        does(atelier, "es_fermer")


def test_a_seance_too_long_for_an_address_says_so_and_leaves_none_that_is_older(
    atelier, monkeypatch
):
    assert "trop longue pour une adresse" not in opened(atelier).html
    monkeypatch.setattr(seances, "LONGEST_ADDRESS", 100)
    does(atelier, "at_persona", of="hugo_lambert")
    html = does(atelier, "at_jour", jour="01/10/2026")
    assert address_of(html) == "?"
    assert "Séance trop longue pour une adresse." in check(html).text
    message = {"kind": "intent", "name": "at_enregistrer", "values": {}, "path": "/atelier"}
    content = atelier.handle(message).download.content
    again = brings(Atelier(personas()), "seance.json", content)
    assert "1er octobre 2026" in check(again).text


def test_the_help_of_the_atelier_is_its_own(atelier):
    assert 'data-help="/aide/atelier"' in opened(atelier).html
    screens = Portal(lambda: people.FakeGuichet(role="formateur", hidden=True), people.answer)
    html = screens.handle({"kind": "route", "path": "/aide/atelier"}).html
    said = check(html).text
    assert "Aide\u00a0: Atelier" in said
    assert "Où se fait l’acte" in said
    assert 'href="/aide/atelier"' in screens.handle({"kind": "route", "path": "/aide"}).html


class Server:
    """The guichet of a server that signs: what it was asked is kept."""

    def __init__(self, gallery=True, down=False):
        self.gallery, self.down, self.asked = gallery, down, []

    def ask(self, op, **args):
        self.asked.append(op)
        if self.down:
            raise Unavailable("le serveur ne répond pas.")
        checked = OPERATIONS[op].read(args)
        if op == "seance.signer":
            return SeanceSignee(signature=f"vu{len(checked.lettres)}")
        if op == "seance.verifier":
            return SeanceVerifiee(signee=checked.signature == f"vu{len(checked.lettres)}")
        return people.FakeGuichet(role="formateur").ask(op).model_copy(
            update={"galerie": self.gallery}
        )  # fmt: skip


def served(**how):
    server = Server(**how)
    return Atelier(personas(), Signatures(lambda: server)), server


def link_of(html):
    return re.search(r'id="lien"[^>]*value="([^"]*)"', html)[1]


@pytest.mark.parametrize(("gallery", "path", "words"), [
    (True, "/galerie", "Il s’ouvre sans compte, dans la galerie."),
    (False, "/atelier", "avec un compte de formateur"),
])  # fmt: skip
def test_a_link_is_signed_when_asked_for_and_says_who_may_open_it(gallery, path, words):
    board, server = served(gallery=gallery)
    opened(board)
    assert server.asked == []
    html = does(board, "at_lien")
    assert link_of(html).startswith(f"{path}?s=2.")
    assert words in check(html).text
    assert address_of(html) == link_of(html).removeprefix(path)
    assert 'id="lien"' not in does(board, "es_idee", of="partiel")


def test_a_signed_link_opened_another_day_says_who_signed_and_that_nothing_has_changed(monkeypatch):
    monkeypatch.setattr(boards, "utc_now", lambda: NOON)
    board, _ = served()
    opened(board)
    link = link_of(does(board, "at_lien")).removeprefix("/galerie")
    monkeypatch.setattr(boards, "utc_now", lambda: NOON.replace(year=2027))
    html = opened(served()[0], link).html
    assert "Rien n’a changé depuis le 25 novembre 2026" in check(html).text
    assert "Lien signé par ce serveur." in check(html).text
    assert address_of(html) == link
    for other in (Atelier(personas()), served(down=True)[0]):
        unknown = check(opened(other, link).html).text
        assert "Sa signature n’a pas pu être vérifiée ici." in unknown
        assert "Rien n’a changé depuis le 25 novembre 2026" in unknown


def test_a_link_whose_signature_is_another_s_opens_nothing():
    board, _ = served()
    does(board, "at_persona", of="hugo_lambert")
    link = link_of(does(board, "at_lien")).removeprefix("/galerie")
    for wrong in (link + "0", link[:-2], link + "." + "x" * 200):
        html = opened(served()[0], wrong).html
        assert "Ce lien a été modifié" in check(html).text
        assert "Claire Vasseur" in check(html).text.partition("Changer, comprendre")[0]


def test_one_s_own_address_reloaded_on_its_day_says_nothing(atelier, monkeypatch):
    monkeypatch.setattr(boards, "utc_now", lambda: NOON)
    address = address_of(opened(atelier).html)
    assert 'class="note' not in opened(Atelier(personas()), address).html
    monkeypatch.setattr(boards, "utc_now", lambda: NOON.replace(day=26))
    html = opened(Atelier(personas()), address).html
    assert "Rien n’a changé depuis le 25 novembre 2026" in check(html).text
    assert "sans signature" in check(html).text
    assert address_of(html) == address


def test_what_has_changed_since_a_link_is_told_in_euros_with_its_cause(atelier, monkeypatch):
    monkeypatch.setattr(boards, "utc_now", lambda: NOON)
    address = address_of(opened(atelier).html)
    before = results.results_of
    monkeypatch.setattr(
        results, "results_of", lambda one: {k: v | {"cumul_net": 1234.5} if k == "B" else v
                                            for k, v in before(one).items()}
    )  # fmt: skip
    said = check(opened(Atelier(personas()), address).html).text
    assert "B ne donne plus les mêmes résultats depuis le 25 novembre 2026." in said
    assert re.search(r"B : [\d\u00a0,]+ € nets jusqu’au départ alors, 1 234,50 € aujourd’hui"
                     .replace(" :", "\u00a0:").replace(" €", "\u00a0€").replace("1 2", "1\u00a02"),
                     said)  # fmt: skip
    assert "Mêmes tables du droit ; le calcul a changé".replace(" ;", "\u00a0;") in said
    monkeypatch.setattr(reopening, "rules_version", lambda: "other")
    said = check(opened(Atelier(personas()), address).html).text
    assert "Les tables du droit ont changé" in said


@pytest.mark.parametrize("file", sorted(EARLIER.glob("*.txt")), ids=lambda one: one.stem)
def test_a_link_of_an_earlier_version_opens_and_says_what_it_did_not_keep(atelier, file):
    html = opened(atelier, f"?s={file.read_text().strip()}").html
    said = check(html).text
    assert "Lien ouvert, d’une version antérieure du kit." in said
    assert "rien ne permet de dire s’ils ont changé" in said
    assert address_of(html).startswith("?s=2.")


@pytest.mark.parametrize("file", sorted(EARLIER.glob("*.json")), ids=lambda one: one.stem)
def test_a_file_of_an_earlier_version_opens_and_compares_its_results(atelier, file):
    opened(atelier)
    said = check(brings(atelier, file.name, file.read_bytes())).text
    assert re.search(
        r"Rien n’a changé depuis son enregistrement|les mêmes résultats depuis son enregistrement",
        said,
    )


_END = re.compile(
    r'<text x="([\d.]+)" y="([\d.]+)" font-size="([\d.]+)"[^>]*text-anchor="end" '
    r'font-weight="700"[^>]*>([ABCD]\W[^<]*€)</text>'
)


def ends_of(svg):
    """The box of what names the end of each line, by letter."""
    for x, y, size, words in _END.findall(svg):
        right, base, high = float(x), float(y), float(size)
        box = (right - len(words) * high * 0.58, base - 0.75 * high, right, base + 0.22 * high)
        yield words[0], box


def lines_of(svg):
    """The segments of every line."""
    for path in re.findall(r'<path class="line"[^>]* d="([^"]+)"', svg):
        x = y = 0.0
        for turn, numbers in re.findall(r"([MHV])([-\d. ]+)", path):
            at = [float(one) for one in numbers.split()]
            further = (at[0], at[1] if turn == "M" else y) if turn != "V" else (x, at[0])
            if turn != "M":
                yield (min(x, further[0]), min(y, further[1]), max(x, further[0]),
                       max(y, further[1]))  # fmt: skip
            x, y = further


@pytest.mark.parametrize("key", personas())
def test_on_a_phone_every_line_is_named_at_its_end_clear_of_every_line(key):
    board = BoardPage(Visit(nobody), personas())
    board.choose(key)
    answer = board.answer()
    for horizon in (board.seance.horizon, board.seance.jour.year + 5, board.answer_end()):
        svg = figures(Pair(answer, board.seance.compares, horizon))[1]
        named = dict(ends_of(svg))
        assert len(named) == len(answer.scenarios), horizon
        for letter, box in named.items():
            for one in lines_of(svg):
                clear = box[2] <= one[0] or one[2] <= box[0] or box[3] <= one[1] or one[3] <= box[1]
                assert clear, (horizon, letter)


@pytest.mark.parametrize(
    ("vers", "name", "head"),
    [
        ("html", "seance-claire-vasseur-2026-08-31.html", b"<!doctype html>"),
        ("pdf", "seance-claire-vasseur-2026-08-31.pdf", b"%PDF-"),
        ("diapos", "seance-claire-vasseur-2026-08-31.diapos.html", b"<!DOCTYPE html>"),
        ("carnet", "seance-claire-vasseur-2026-08-31.ipynb", b"{"),
    ],
)
def test_the_board_is_taken_away_by_one_button(atelier, vers, name, head):
    assert f'id="emporter-{vers}"' in opened(atelier).html
    values = {"of": vers}
    message = {"kind": "intent", "name": "at_emporter", "values": values, "path": "/atelier"}
    given = atelier.handle(message)
    assert given.download.name == name
    assert given.download.content.strip().startswith(head)
    assert "Fichier fait le" in given.html


def test_those_shown_before_are_taken_away_where_it_is_asked(atelier):
    opened(atelier)
    assert 'id="ensemble"' not in does(atelier, "at_comparer", premier="A", second="B")
    html = does(atelier, "at_persona", of="karim_benali")
    assert "ouvertes avant" in html
    take = {"kind": "intent", "name": "at_emporter", "values": {"of": "html"}, "path": "/atelier"}
    assert b"Claire" not in atelier.handle(take).download.content
    does(atelier, "at_ensemble", ensemble="oui")
    page = atelier.handle(take).download.content.decode()
    assert "Deux carrières à comparer" in page
    assert page.index(">Karim<") < page.index(">Claire<")

"""The last day of a campaign: its hour, the list of the closing, the letter, one wish alone."""

import io
import re
from datetime import datetime

import pytest
import ui_people as people
from pypdf import PdfReader
from ui_visitor import Visitor

from iprof_kit.base.clock import PARIS
from iprof_kit.law.campaigns.files import services
from iprof_kit.services.contract.carnet import CarnetLu

INTER = "interdepartemental_1d_2027"
GIVEN = {
    "id": INTER, "service": "interdepartemental_1d", "annee": 2027,
    "etapes": [
        {"etape": "saisie_voeux_siam", "du": "2027-01-06", "au": "2027-01-27", "heure_au": "18:00",
         "source": "note de service d’essai", "confiance": "A"},
        {"etape": "envoi_confirmations", "du": "2027-01-28",
         "source": "note de service d’essai", "confiance": "A"},
        {"etape": "annulation_participation", "au": "2027-02-17",
         "source": "note de service d’essai", "confiance": "A"},
        {"etape": "correction_baremes", "du": "2027-02-01", "au": "2027-02-12", "heure_au": "17:00",
         "source": "note de service d’essai", "confiance": "A"},
    ],
}  # fmt: skip
BEFORE = datetime(2027, 1, 27, 17, tzinfo=PARIS)
AFTER = datetime(2027, 2, 2, 9, tzinfo=PARIS)
SAVED = datetime(2027, 1, 14, 8, tzinfo=PARIS)
WISHES = ["44", "29", "35"]
MOVED = {
    "campagne": INTER, "etape": "saisie_voeux_siam", "portee": "national",
    "jusqu_au": datetime(2027, 1, 29, 12, tzinfo=PARIS), "motif": "panne de SIAM",
    "note_le": datetime(2027, 1, 27, 15, tzinfo=PARIS), "par": "la DSDEN",
}  # fmt: skip


class Page(Visitor):
    path = "/services/siam"

    def __init__(self, at=BEFORE, path=None, dossier=people.JEAN, incidents=()):
        guichet = people.FakeGuichet(dossier)
        guichet.services["ajoutees"] = (GIVEN,)
        guichet.services["lu_a"] = at
        guichet.services["incidents"] = incidents
        kept = {"1d": {"voeux": WISHES}}
        guichet.carnets |= {
            "voeux": CarnetLu(sujet="voeux", contenu=kept, revision=1, enregistre_le=SAVED),
            "services": CarnetLu(sujet="services", contenu={}, revision=0),
        }
        self.path = path or self.path
        self.query = f"?campagne={INTER}" if path is None else ""
        super().__init__(guichet=guichet)

    def shown(self, message):
        return super().shown({**message, "query": self.query})

    @property
    def seen(self):
        return " ".join(self.page.text.replace("\u00a0", " ").split())


def test_p16_on_the_last_day_the_list_stands_once_and_opens_where_it_is_changed():
    page = Page()
    assert "La liste telle qu’elle est" in page.seen
    begins = '<details class="why whole change-list" id="changer">'
    shown, fold, folded = page.html.partition(begins)
    assert fold
    assert ["Vos vœux, par ordre" in part for part in (shown, folded)] == [False, True]
    page.do("voeu_ajouter", lieu="44")  # it is there already: refused, and said in its place
    assert 'id="changer" open>' in page.html
    month_before = Page(at=datetime(2027, 1, 10, 9, tzinfo=PARIS))
    assert 'id="changer"' not in month_before.html


@pytest.mark.parametrize("path", [None, "/services"])
def test_p16_the_hour_of_the_closing_is_in_the_headline(path):
    page = Page(at=datetime(2027, 1, 20, 9, tzinfo=PARIS), path=path)
    assert "d’ici au 27 janvier 2027, 18 h, heure de Paris." in page.seen


def test_p16_overseas_the_headline_has_the_hour_of_the_place_too():
    page = Page(dossier=people.JEAN.model_copy(update={"departement": "974"}))
    assert "18 h, heure de Paris (21 h à La Réunion)" in page.seen


def test_p16_accueil_says_the_hour_of_a_last_day():
    assert "Dernier jour, 18 h, heure de Paris : saisir" in Page(path="/accueil").seen


def test_p16_after_the_closing_each_list_has_its_own_number_and_moment():
    page = Page(at=AFTER)
    page.do("voeu_ajouter", lieu="56")
    before, _, aside = page.seen.partition("Essayer un autre ordre, à part")
    assert "3 vœux, 6 au plus" in before
    assert "4 vœux" not in before
    assert "Liste enregistrée" not in before
    assert "4 vœux, 6 au plus" in aside


def test_p16_one_wish_alone_is_cancelled_after_the_closing_and_may_be_kept_again():
    page = Page(at=AFTER)
    assert "L’annulation d’un seul vœu se demande, d’ici au 17 février 2027" in page.seen
    page.do("voeu_annuler", of="29")
    assert page.seen.count("annulation notée") == 1
    assert "Ne plus l’annuler : 29 Finistère" in page.seen
    page.do("voeu_annuler", of="29")
    assert "annulation notée" not in page.seen


def test_p16_no_wish_is_cancelled_before_the_closing_nor_after_the_last_day():
    assert "Annuler ce vœu seul" not in Page().seen
    late = Page(at=datetime(2027, 2, 18, 9, tzinfo=PARIS))
    assert "Annuler ce vœu seul" not in late.seen
    late.do("voeu_annuler", of="29")
    assert "aucune annulation n’est plus possible" in late.seen.lower()


def test_p16_the_interdepartemental_movement_has_three_acknowledgements():
    # Demande à renvoyer (messagerie I-Prof), barème initial, barème définitif: its own steps
    service = services()["interdepartemental_1d"]
    assert [one.key for one in service.acknowledgements] == ["demande", "initial", "definitif"]
    assert "Demande à renvoyer" in Page(at=AFTER).seen


def test_p16_a_moved_closing_says_what_it_was_and_who_said_it():
    page = Page(incidents=(MOVED,))
    assert "d’ici au 29 janvier 2027, 12 h, heure de Paris." in page.seen
    said = "Échéance déplacée : panne de SIAM ; était le 27 janvier 2027, 18 h, heure de Paris"
    assert said in page.seen
    assert "par la DSDEN" in page.seen
    back = {**MOVED, "jusqu_au": datetime(2027, 1, 27, 18, tzinfo=PARIS), "motif": "SIAM répond",
            "note_le": datetime(2027, 1, 27, 16, tzinfo=PARIS)}  # fmt: skip
    again = Page(incidents=(MOVED, back))
    assert "Déplacement retiré : SIAM répond" in again.seen
    assert "SIAM ferme dans 1 h, à 18 h, heure de Paris." in again.seen


def proved(page):
    sent = {"kind": "intent", "name": "preuve_pdf", "values": {}, "changed": "", "path": page.path}
    return page.portal.handle(sent).download


def test_p16_the_proof_of_an_attempt_is_one_page_with_hour_zone_wishes_and_digest():
    page = Page(dossier=people.JEAN.model_copy(update={"departement": "974"}))
    page.do("essai_note", etape="saisie_voeux_siam", texte="erreur 503, page blanche")
    made = proved(page)
    pages = PdfReader(io.BytesIO(made.content)).pages
    assert len(pages) == 1
    words = " ".join(pages[0].extract_text().replace("\u00a0", " ").split())
    assert "erreur 503, page blanche" in words
    assert "17 h, heure de Paris (20 h à La Réunion)" in words
    for wish in ("1. 44 Loire-Atlantique", "2. 29 Finistère", "3. 35 Ille-et-Vilaine"):
        assert wish in words
    assert re.search(r"Empreinte de la liste : [0-9a-f]{4} [0-9a-f]{4}", words)
    assert "Ce n’est pas un dépôt" in words


def test_p16_two_equal_lists_have_one_digest_and_another_order_has_another():
    def printed(page):
        text = PdfReader(io.BytesIO(proved(page).content)).pages[0].extract_text()
        return re.search(r"liste : ([0-9a-f ]{19})", " ".join(text.split()))[1]

    page = Page()
    first = printed(page)
    assert printed(Page()) == first
    page.do("voeu_descendre", of="44")
    assert printed(page) != first


def test_p16_the_last_day_begins_with_what_is_left_in_which_zone():
    page = Page(at=datetime(2027, 1, 27, 17, 35, tzinfo=PARIS))
    assert "SIAM ferme dans 25 min, à 18 h, heure de Paris." in page.seen
    assert "mercredi 27 janvier 2027, 17 h 35" in page.seen
    assert "Aucune annoncée, lu à 17 h 35." in page.seen
    page.do("essai_note", etape="saisie_voeux_siam", texte="erreur")
    assert "Essais notés :" in page.seen
    assert 'class="tried"' in page.html


def test_p16_after_its_hour_the_day_says_closed_and_the_next_day_no_more():
    page = Page(at=datetime(2027, 1, 27, 18, 5, tzinfo=PARIS))
    assert "SIAM est fermé depuis 18 h, heure de Paris." in page.seen
    assert 'class="rest"' not in page.html
    assert "last-hours" not in Page(at=AFTER).html
    assert "last-hours" not in Page(at=datetime(2027, 1, 26, 12, tzinfo=PARIS)).html


def test_p16_what_is_left_is_counted_by_the_page_between_two_moments_of_the_server():
    page = Page(at=datetime(2027, 1, 27, 17, 35, tzinfo=PARIS))
    (day,) = [one for one in page.page.all("div") if "data-closes" in one]
    assert (int(day["data-closes"]) - int(day["data-at"])) / 60_000 == 25
    assert "Page ouverte mercredi 27 janvier 2027, 17 h 35" in page.seen
    assert 'data-over="SIAM est fermé depuis 18 h' in page.html.replace("\u00a0", " ")
    assert "data-closes" not in Page(at=datetime(2027, 1, 27, 18, 5, tzinfo=PARIS)).html


def test_p16_read_again_is_of_the_list_that_was_read_and_of_no_other_order():
    page = Page()
    assert "Pas encore relue dans SIAM." in page.seen
    page.do("liste_relue")
    assert "Relecture notée. Reçu n°" in page.seen
    assert "Relue par vous dans SIAM le" in page.seen
    assert "noté le" not in page.seen  # it is not the act
    assert "Liste relue dans SIAM" in page.html.replace("\u00a0", " ")  # on the picture too
    page.do("voeu_descendre", of="44")
    assert "Votre liste a changé ici depuis sa relecture dans SIAM" in page.seen
    assert "C’est relu" not in Page(at=datetime(2027, 1, 27, 18, 5, tzinfo=PARIS)).seen


def test_p16_the_picture_of_the_proof_has_the_list_and_the_digest_of_the_printed_one():
    page = Page()
    mark = re.search(r'class="code">([0-9a-f]{4}(?: [0-9a-f]{4}){3})<', page.html)[1]
    printed = PdfReader(io.BytesIO(proved(page).content)).pages[0].extract_text()
    assert mark in " ".join(printed.split())
    sheet = page.html.partition('class="proof-sheet"')[2].partition("<em>")[0]
    assert re.findall(r"(?:44|29|35) [A-Z][a-z]", sheet) == ["44 Lo", "29 Fi", "35 Il"]


def test_p16_a_message_to_the_cellule_is_prepared_in_courrier_and_nothing_leaves():
    page = Page()
    page.do("essai_note", etape="saisie_voeux_siam", texte="page blanche")
    page.do("message_cellule")
    assert 'data-goes="/courrier?nouveau=1"' in page.html
    kept = page.guichet.carnets["courrier"].contenu["nouveau"]
    for words in ("cellule mobilité", "page blanche", "1. 44 Loire-Atlantique", "à 18 h, heure"):
        assert words in kept["texte"].replace("\u00a0", " ")
    assert kept["objet"].replace("\u00a0", " ").startswith("SIAM ne répond pas")
    assert "courrier_ecrire" not in page.guichet.asked
    assert "data-goes" not in Page().html


def test_p16_a_message_that_is_begun_is_not_replaced_by_the_prepared_one():
    page = Page()
    begun = {"nouveau": {"texte": "Bonjour, ma quotité.", "cle": "cle-commencee"}}
    page.guichet.carnets["courrier"] = CarnetLu(sujet="courrier", contenu=begun, revision=1,
                                                enregistre_le=SAVED)  # fmt: skip
    page.do("message_cellule")
    assert "un autre message est déjà commencé" in page.seen.lower()
    assert "data-goes" not in page.html
    assert page.guichet.carnets["courrier"].contenu == begun

"""« Envois en nombre » on the desk: written, proposed by its count, confirmed by somebody else."""

import pytest
from ui_desk import NOW, Manager
from ui_roles import WRITTEN, FakeMailings

from iprof_kit.base.errors import Refused
from iprof_kit.services.contract.bureau.envois import (
    EtapeEnvoi,
)

PATH = "/bureau/envois"


def opened(**changed):
    manager = Manager(FakeMailings(WRITTEN.model_copy(update=changed)), PATH)
    manager.do("envoi_ouvrir", of="e1")
    return manager


def test_the_count_the_filter_and_one_reading_are_beside_what_is_written():
    manager = opened()
    for words in ("412 personnes", "sur 742 suivies", "corps Professeur des écoles",
                  "Comme le lit Jean Dupont", "Bonjour Jean.", "Instituteur (330)"):  # fmt: skip
        assert words in manager.text
    manager.do("envoi_apercu", of="1")
    assert "Comme le lit Awa Diarra" in manager.text


def test_what_is_typed_is_kept_as_it_is_with_its_filter():
    manager = opened()
    manager.do("envoi_brouillon", envoi="e1", objet="Autre", texte="Mots", reponse="oui",
               corps="Instituteur", echelon="5", departement="063", etablissement="",
               finalite="Prévenir")  # fmt: skip
    [kept] = manager.guichet.did("envoi_garder")
    assert (kept["objet"], kept["corps"], kept["reponse"]) == ("Autre", "Instituteur", True)
    assert (kept["echelon"], kept["departement"], kept["finalite"]) == ("5", "063", "Prévenir")
    assert "Brouillon gardé" in manager.text
    manager.do("envoi_brouillon", envoi="autre", objet="D’un autre envoi")
    assert len(manager.guichet.did("envoi_garder")) == 1


def test_p17_a_filter_of_few_people_says_that_each_receives_a_letter():
    assert "chacune reçoit une lettre, sans les critères" in opened(lettres=True).text
    manager = opened(choix={"echelon": {"5": 12}, "departement": {"063": 12}})
    assert "5e échelon (12)" in manager.text
    assert "Position" not in manager.text
    assert "Pourquoi ce message" in manager.text


@pytest.mark.parametrize(("typed", "sent"), [("30000", 30_000), ("beaucoup", None), ("", None)])
def test_a_wrong_count_proposes_nothing_and_stays(typed, sent):
    manager = opened()
    manager.do("envoi_agir", of="proposer", envoi="e1", compte=typed)
    [asked] = manager.guichet.did("envoi_agir")
    assert asked["compte"] == sent
    assert "Le nombre n’est pas le bon." in manager.text
    assert f'value="{typed}"' in manager.html


def test_once_proposed_nothing_left_and_it_is_not_written_any_more():
    manager = opened()
    manager.do("envoi_agir", of="proposer", envoi="e1", compte="412")
    assert "Rien n’est parti : un autre compte le confirme." in manager.text
    assert 'name="texte"' not in manager.html
    assert "Confirmer l’envoi" not in manager.text


def test_a_colleague_reads_the_same_and_may_confirm_or_send_back():
    manager = opened(par_vous=False, etat="propose", libelle="À confirmer",
                     actes=["confirmer", "renvoyer"], partis=["Paul Lefèvre"])  # fmt: skip
    for words in ("Confirmer l’envoi", "Renvoyer à l’auteur", "Écrit par l’équipe B (gmorel)",
                  "hors du portefeuille ou du filtre depuis : Paul Lefèvre."):  # fmt: skip
        assert words in manager.text
    manager.do("envoi_liste")
    assert "1 envoi attend votre confirmation." in manager.text


def test_what_was_sent_says_who_received_and_read_and_may_be_recalled():
    step = EtapeEnvoi(libelle="Rappelé", le=NOW, par="vous", motif="Mauvaise date.", nombre=400)
    manager = opened(etat="envoye", libelle="Envoyé", recus=412, lus=12, retires=400,
                     actes=["rappeler"], etapes=[step])  # fmt: skip
    for words in ("Rappeler le message", "Rappelé avant lecture", "Motif : Mauvaise date."):
        assert words in manager.text


def test_an_act_that_the_state_does_not_offer_is_not_asked():
    manager = opened()
    manager.do("envoi_agir", of="confirmer", envoi="e1", compte="412")
    assert manager.guichet.did("envoi_agir") == []


def test_what_the_guichet_refuses_is_said_and_shows_nobody():
    refused = FakeMailings(refusal=Refused("Ce bureau n’est pas le vôtre."))
    manager = Manager(refused, PATH)
    assert "n’est pas le vôtre" in manager.text
    assert "Jean Dupont" not in manager.text

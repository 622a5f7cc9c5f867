"""What is tried on a screen: read once, saved, and never over what another device wrote."""

import pytest
import ui_people as people

from iprof_kit.base.errors import Unavailable
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.render import environment
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.messages import Intent


def describe(document):
    return [f"taux {document['taux']}"] if "taux" in document else []


def device(guichet):
    carnet = Carnet(Visit(lambda: guichet), "paie", describe)
    carnet.load()
    return carnet


def shown(carnet):
    template = environment().from_string('{% import "carnet.html" as c %}{{ c.state(view) }}')
    return template.render(view=carnet.view())


@pytest.fixture
def guichet():
    return people.FakeGuichet()


@pytest.fixture
def two(guichet):
    """Two devices, each with its own writing since the same start."""
    first, second = device(guichet), device(guichet)
    first.write({"taux": "5"})
    second.write({"taux": "7"})
    return first, second


def test_it_is_read_once_an_opening_and_saved_with_a_dated_receipt(guichet):
    carnet = device(guichet)
    carnet.load()
    assert guichet.asked == ["carnet_lire"]
    assert "Rien n’est encore enregistré" in shown(carnet)
    carnet.write({"taux": "5"})
    receipt = "Enregistré dans ce kit le 25 novembre 2026 à 14 h 32, heure de Paris."
    assert receipt in shown(carnet).replace("\u00a0", " ")
    assert device(guichet).content == {"taux": "5"}


def test_saving_the_same_again_asks_nothing(guichet):
    carnet = device(guichet)
    carnet.write({"taux": "5"})
    carnet.write({"taux": "5"})
    assert guichet.asked == ["carnet_lire", "carnet_enregistrer"]


def test_the_caller_s_document_is_not_held(guichet):
    carnet, mine = device(guichet), {"taux": "5", "liste": []}
    carnet.write(mine)
    mine["liste"].append(1)
    assert carnet.content == {"taux": "5", "liste": []}


def test_two_writings_are_both_shown_and_none_is_lost(two, guichet):
    page = shown(two[1])
    assert "<li data-own>taux 5" in page  # what a person typed: no sigle of it is explained
    assert "<li data-own>taux 7" in page
    assert guichet.carnets["paie"].contenu["taux"] == "5"


@pytest.mark.parametrize(
    ("act", "left"), [("carnet_garder_ici", "7"), ("carnet_prendre_autre", "5")]
)
def test_the_person_chooses_between_two_writings(two, guichet, act, left):
    assert two[1].receive(Intent(act, {}))
    assert two[1].content == guichet.carnets["paie"].contenu == {"taux": left}
    assert "modifiés ailleurs" not in shown(two[1])


REQUESTS = {"temps_partiel": {"depot": "02/12/2026"}, "mutation": {"texte": "Avant."}}


def requests(guichet, start=REQUESTS):
    """Return two tabs that show the same requests."""
    first = device(guichet)
    first.write(start)
    return first, device(guichet)


def test_p28_two_tabs_that_write_different_fields_choose_nothing_and_lose_nothing(guichet):
    first, second = requests(guichet)
    first.write(REQUESTS | {"temps_partiel": {"depot": "03/12/2026"}})
    second.write(REQUESTS | {"mutation": {"texte": "Après."}})
    assert second.other is None
    whole = {"temps_partiel": {"depot": "03/12/2026"}, "mutation": {"texte": "Après."}}
    assert second.content == guichet.carnets["paie"].contenu == whole


def test_p28_the_choice_is_by_field_and_a_new_page_still_has_both_values(guichet):
    first, second = requests(guichet)
    first.write({"temps_partiel": {"depot": "03/12/2026"}, "mutation": {"texte": "Tab un."}})
    second.write({"temps_partiel": {"depot": "02/12/2026", "reponse": "non"},
                  "mutation": {"texte": "Tab deux."}})  # fmt: skip
    stored = guichet.carnets["paie"].contenu
    assert stored["temps_partiel"] == {"depot": "03/12/2026", "reponse": "non"}
    assert stored["mutation"] == {"texte": "Tab un."}  # nothing was written over
    again = device(guichet)  # F5
    assert again.other is not None
    assert again.content["mutation"] == {"texte": "Tab deux."}
    assert again.other.content["mutation"] == {"texte": "Tab un."}
    assert set(again.content) == set(REQUESTS)


def test_p28_what_is_typed_beside_a_choice_is_kept_before_it_is_made(guichet):
    first, second = requests(guichet)
    first.write(REQUESTS | {"mutation": {"texte": "Tab un."}})
    second.write(REQUESTS | {"mutation": {"texte": "Tab deux."}})
    second.write(second.content | {"conge": {"debut": "01/03/2027"}})
    assert guichet.carnets["paie"].contenu["conge"] == {"debut": "01/03/2027"}
    assert second.other is not None
    again = device(guichet)
    assert again.content["mutation"] == {"texte": "Tab deux."}


@pytest.mark.parametrize(
    ("act", "left"), [("carnet_garder_ici", "Tab deux."), ("carnet_prendre_autre", "Tab un.")]
)
def test_p28_a_choice_made_after_a_reload_ends_it_everywhere(guichet, act, left):
    first, second = requests(guichet)
    first.write(REQUESTS | {"mutation": {"texte": "Tab un."}})
    second.write(REQUESTS | {"mutation": {"texte": "Tab deux."}})
    again = device(guichet)
    again.receive(Intent(act, {}))
    assert guichet.carnets["paie"].contenu == REQUESTS | {"mutation": {"texte": left}}
    assert device(guichet).other is None


def test_p28_a_field_erased_here_and_changed_there_is_a_choice_too(guichet):
    first, second = requests(guichet)
    first.write(REQUESTS | {"mutation": {"texte": "Tab un."}})
    second.write({"temps_partiel": REQUESTS["temps_partiel"]})
    again = device(guichet)
    assert "mutation" not in again.content
    again.receive(Intent("carnet_garder_ici", {}))
    assert guichet.carnets["paie"].contenu == {"temps_partiel": {"depot": "02/12/2026"}}


def test_a_save_that_fails_says_so_keeps_the_writing_and_can_be_tried_again(guichet):
    carnet = device(guichet)
    guichet.refusal = Unavailable("le serveur ne répond pas.", remedy="Réessayez.")
    carnet.write({"taux": "5"})
    assert "Vos essais ne sont pas enregistrés." in shown(carnet)
    assert carnet.content == {"taux": "5"}
    guichet.refusal = None
    assert carnet.receive(Intent("carnet_enregistrer", {}))
    assert "Enregistré dans ce kit" in shown(carnet)


def test_a_device_where_nothing_waits_reads_the_other_s_writing_at_the_next_opening(guichet):
    visit = Visit(lambda: guichet)
    carnet = Carnet(visit, "paie", describe)
    carnet.load()
    device(guichet).write({"taux": "5"})
    assert carnet.load() == {}
    visit.read_again()
    assert carnet.load() == {"taux": "5"}


def test_an_intent_of_the_rubrique_is_left_to_it(guichet):
    assert not device(guichet).receive(Intent("autre", {}))

"""What is typed of illness, invalidity or a strike is held in memory, and nowhere else."""

import json
import pickle
import shutil
import subprocess
from pathlib import Path

import pytest
import ui_people as people
from ui_situation import Screens

from iprof_kit.services.contract.carnet import holds_sensitive
from iprof_kit.ui.components import module
from iprof_kit.ui.kit.carnet import Carnet
from iprof_kit.ui.kit.sensitive import LONGEST, MOST, Sensitive
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.messages import Intent

MARK = "7731"
ENTERED = Path(module.__file__).with_name("entered.js")


@pytest.fixture
def guichet():
    return people.FakeGuichet()


@pytest.fixture
def visit(guichet):
    return Visit(lambda: guichet)


def typed(visit, **values):
    carnet = Carnet(visit, "paie")
    carnet.take_fields(Intent("paie", values))
    return carnet


def test_p01_a_sensitive_field_reaches_no_service(visit, guichet):
    carnet = typed(visit, enfants="3", sensible_greve_jours=MARK)
    assert MARK not in json.dumps([c.contenu for c in guichet.carnets.values()])
    assert carnet.typed() == {"enfants": "3"}
    assert carnet.typed_here() == {"enfants": "3", "sensible_greve_jours": MARK}


def test_p01_it_is_known_to_the_other_screens_of_the_page_and_to_no_other_page(visit, guichet):
    typed(visit, sensible_invalidite="oui")
    assert Carnet(visit, "retraite").typed_here() == {"sensible_invalidite": "oui"}
    assert Carnet(Visit(lambda: guichet), "retraite").typed_here() == {}


def test_p01_it_is_undone_by_its_name_or_with_all_that_its_screen_shows(visit):
    carnet = typed(visit, sensible_greve_jours="2", sensible_invalidite="oui", enfants="1")
    carnet.labels = {"sensible_greve_jours": "Grève", "enfants": "Enfants"}
    carnet.forget()
    assert carnet.typed_here() == {"sensible_invalidite": "oui"}
    carnet.forget("sensible_invalidite")
    assert carnet.typed_here() == {}


def test_p01_what_was_kept_under_such_a_name_is_not_read(visit, guichet):
    guichet.ask("carnet_enregistrer", sujet="paie", revision=0, cle="a" * 12,
                contenu={"champs": {"sensible_greve_jours": MARK}})  # fmt: skip
    assert Carnet(visit, "paie").typed() == {}


def test_p01_it_is_neither_printed_nor_pickled():
    held = Sensitive()
    held.take({"sensible_taux": MARK})
    assert MARK not in f"{held} {held!r}"
    with pytest.raises(TypeError):
        pickle.dumps(held)


def test_p01_a_field_whose_name_does_not_say_it_is_refused():
    with pytest.raises(ValueError, match="greve_jours"):
        Sensitive().take({"greve_jours": "2"})


def test_p01_what_is_held_has_a_limit():
    held = Sensitive()
    held.take({f"sensible_{n}": "x" * 9_999 for n in range(MOST + 9)})
    assert len(held.typed()) == MOST
    assert {len(value) for value in held.typed().values()} == {LONGEST}


@pytest.mark.skipif(not shutil.which("node"), reason="Node reads the browser's side")
def test_p01_the_browser_keeps_none_for_the_page_that_opens_again():
    before = """
const kept = {};
globalThis.sessionStorage = { setItem: (k, v) => { kept[k] = v; } };
globalThis.document = { documentElement: { dataset: { owner: "a" } }, addEventListener() {} };
"""
    after = """
const form = { dataset: {} };
const field = (id, name, value) => ({ id, name, value, type: "text", form });
const root = { querySelectorAll: (what) => what.startsWith("form") ? [
  field("f1", "sensible_taux", "7731"), field("f2", "enfants", "3"),
  field("f3", "lien", "sensible_grossesse")] : [] };
keepEntered(root, [{ name: "paie", values: { sensible_greve_jours: "7731", enfants: "4" } }]);
keepEntered(root, [{ name: "paie", values: { interruption: "sensible_cld", enfants: "4" } }]);
console.log(Object.values(kept).join());
"""
    done = subprocess.run(
        ["node", "-e", before + ENTERED.read_text() + after],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert '["f2","3"]' in done.stdout
    assert '{"enfants":"4"}' in done.stdout
    assert "7731" not in done.stdout
    assert "sensible_" not in done.stdout


PLACES = "/perspectives/autres-affectations"
CERTIFIE = people.JEAN.model_copy(
    update={
        "corps": "certifie",
        "libelle_corps": "Professeur certifié",
        "echelons": (
            people.JEAN.echelons[-1].model_copy(
                update={"corps": "certifie", "grade": "classe_normale", "echelon": "6"}
            ),
        ),
    }
)


def test_p01_what_places_ask_of_health_or_of_a_pregnancy_is_in_the_page_alone():
    screens = Screens(CERTIFIE)
    typed = {"interruption": "sensible_cld", "demande": "rapprochement_conjoints"}
    screens.read(PLACES, "reponses", label="rep", **typed)
    screens.read(PLACES, "reponses", lien="sensible_grossesse", sensible_a_naitre="1", **typed)
    screens.read(PLACES, "reponses", annees_avant_interruption="3", **typed)
    assert 'value="sensible_cld" selected' in screens.html
    assert 'value="sensible_grossesse" selected' in screens.html
    kept = str([carnet.contenu for carnet in screens.guichet.carnets.values()])
    assert "'label': 'rep'" in kept
    assert "'demande': 'rapprochement_conjoints'" in kept
    for secret in ("sensible", "cld", "grossesse", "naitre"):
        assert secret not in kept, secret
    later = Screens(guichet=screens.guichet)
    later.read(PLACES)
    assert 'sensible_cld" selected' not in later.html
    screens.read(PLACES, "reponses", interruption="conge_parental", sensible_a_naitre="")
    kept = str(screens.guichet.carnets["voeux"].contenu)
    assert "'interruption': 'conge_parental'" in kept
    screens.read(PLACES, "reponses_dossier")
    assert 'value="sensible_grossesse" selected' not in screens.html


def test_p01_the_services_refuse_a_choice_that_says_it():
    assert holds_sensitive({"2d": {"reponses": {"lien": "sensible_grossesse"}}})
    assert not holds_sensitive({"2d": {"reponses": {"lien": "mariage"}}})

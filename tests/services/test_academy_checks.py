"""Before others than this machine are served: nothing of the sample may speak for an academy."""

import pytest
import yaml

from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import SAMPLE
from iprof_kit.server import main
from iprof_kit.server.settings import Settings
from iprof_kit.services.academies import academie, conservation, visiteurs
from iprof_kit.services.academy_checks import lacking

MONTHS = ("journal_mois", "adresses_mois", "signalements_mois", "pieces_mois", "historique_mois")
KEPT = {"dossiers": "Tant que vous relevez de l’académie", **dict.fromkeys(MONTHS, 24)}
RENNES = {
    "code": "14",
    "nom": "Rennes",
    "assistance_nom": "Assistance du rectorat",
    "assistance_courriel": "aide@rennes.invalid",
    "donnees": {
        "responsable": "Rectorat",
        "responsable_contact": "donnees@rennes.invalid",
        "delegue": "dpd@rennes.invalid",
    },
}


@pytest.fixture
def configured(tmp_path, monkeypatch):
    def write(kept=KEPT, *academies):
        file = tmp_path / "academies.yml"
        file.write_text(yaml.safe_dump({"conservation": kept, "academies": list(academies)}))
        monkeypatch.setenv("IPROF_ACADEMIES", str(file))

    return write


def test_w04_without_a_file_nothing_of_the_sample_is_said_nor_opened(monkeypatch):
    monkeypatch.delenv("IPROF_ACADEMIES")
    nobody = academie()
    assert (nobody.code, nobody.assistance_telephone, nobody.liens) == ("", None, {})
    assert nobody.donnees.delegue is None
    assert not visiteurs().galerie
    assert set(conservation().model_dump().values()) == {None}
    assert lacking() == ("aucun fichier d’académie (emplacements.academies, IPROF_ACADEMIES)",)


def test_w04_a_whole_configuration_of_one_s_own_lacks_nothing(configured):
    configured(KEPT, RENNES)
    assert lacking() == ()


@pytest.mark.parametrize("name", KEPT)
def test_w04_a_length_of_retention_that_is_not_decided_is_named(configured, name):
    configured({key: value for key, value in KEPT.items() if key != name}, RENNES)
    assert lacking() == (f"la durée « conservation: {name} »",)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"assistance_courriel": None}, "un téléphone ou un courriel de l’assistance (Rennes)"),
        (
            {"donnees": RENNES["donnees"] | {"delegue": None}},
            "le délégué à la protection des données (Rennes)",
        ),
        (
            {"donnees": RENNES["donnees"] | {"responsable_contact": "donnees@ac-clermont.example"}},
            "l’adresse du responsable des données (Rennes), encore comme à la démonstration",
        ),
        (
            {"assistance_telephone": "04 65 71 00 00"},
            "les coordonnées de l’assistance (Rennes), encore comme à la démonstration",
        ),
    ],
)
def test_w04_a_contact_that_is_absent_or_the_sample_s_is_named(configured, change, words):
    configured(KEPT, RENNES | change)
    assert lacking() == (words,)


def test_w04_a_copy_of_the_sample_is_no_configuration(tmp_path, monkeypatch):
    file = tmp_path / "academies.yml"
    file.write_bytes((SAMPLE / "academies.yml").read_bytes())
    monkeypatch.setenv("IPROF_ACADEMIES", str(file))
    assert any("démonstration" in one for one in lacking())


@pytest.mark.parametrize(
    "settings", [Settings(hosts=("iprof.rennes.invalid",)), Settings(ip="198.51.100.2"),
                 Settings(https=True, proxies=("127.0.0.1",))],
)  # fmt: skip
def test_w04_others_are_not_served_without_a_configuration_of_one_s_own(monkeypatch, settings):
    monkeypatch.delenv("IPROF_ACADEMIES")
    with pytest.raises(InputError, match="aucun fichier d’académie") as refusal:
        main.serve(settings)
    assert "docs/administrer.md" in refusal.value.remedy


def test_w15_https_without_a_declared_proxy_is_refused():
    with pytest.raises(InputError, match="mandataire") as refusal:
        main.serve(Settings(https=True))
    assert "--mandataire 127.0.0.1" in refusal.value.remedy

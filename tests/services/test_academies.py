import pytest

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.services.academies import academie


def test_the_first_configured_academy_is_the_one_of_pages_without_account():
    assert academie().code == "06"
    assert "fictive" in academie().assistance_nom


def test_an_academy_that_is_not_configured_keeps_its_name_and_no_invented_help_line():
    martinique = academie("31")
    assert martinique.nom == "Martinique"
    assert martinique.assistance_telephone is None


def test_an_unknown_academy_is_refused():
    with pytest.raises(InputError):
        academie("99")


def test_another_file_may_be_named(tmp_path, monkeypatch):
    file = tmp_path / "academies.yml"
    file.write_text(
        "academies: [{code: '14', nom: Rennes, assistance_nom: Aide}]\n", encoding="utf-8"
    )
    monkeypatch.setenv("IPROF_ACADEMIES", str(file))
    assert academie().nom == "Rennes"


@pytest.mark.parametrize("text", ["", "academies: []", "academies: [{nom: x}]", "{", "- 1"])
def test_a_broken_configuration_is_named(tmp_path, monkeypatch, text):
    file = tmp_path / "academies.yml"
    file.write_text(text, encoding="utf-8")
    monkeypatch.setenv("IPROF_ACADEMIES", str(file))
    with pytest.raises(Unavailable, match="configuration"):
        academie()

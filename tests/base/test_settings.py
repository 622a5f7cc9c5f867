"""The file of settings: what stands above what, what is refused and how, the model and its page."""

import tomllib
from itertools import count
from pathlib import Path
from typing import ClassVar

import pytest

from iprof_kit.base.configuration import in_force as settings
from iprof_kit.base.configuration.data_folder import keys_dir, var_dir
from iprof_kit.base.configuration.declaring import SecretPlace, Section, setting, settings_of
from iprof_kit.base.configuration.in_force import Source, in_force
from iprof_kit.base.configuration.reading import LARGEST_FILE
from iprof_kit.base.configuration.secret_places import secret_at
from iprof_kit.base.configuration.sections import declared
from iprof_kit.base.configuration.written import (
    as_toml,
    model_of_the_file,
    page_of_the_settings,
)
from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import ROOT, SAMPLE
from iprof_kit.records.database import database_url
from iprof_kit.services.academies import configuration_file

EVERY = [pytest.param(one, id=one.name) for one in declared()]


@pytest.fixture
def written(tmp_path, monkeypatch):
    """Return a function: this text is the file of settings, and no variable says anything."""
    for one in declared():
        monkeypatch.delenv(one.variable, raising=False)
    numbers = count()  # a file is read once

    def write(text):
        file = tmp_path / str(next(numbers)) / "reglages.toml"
        file.parent.mkdir()
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        monkeypatch.setenv(settings.FILE, str(file))

    return write


def test_where_nobody_says_the_default_holds(written):
    written("# rien\n")
    assert in_force().values.places.en_tout == 250


@pytest.mark.parametrize(
    ("variable", "option", "value", "source", "where"),
    [
        (None, None, 300, Source.FILE, "reglages.toml, ligne 3"),
        ("", None, 300, Source.FILE, "reglages.toml, ligne 3"),
        ("400", None, 400, Source.VARIABLE, "IPROF_PLACES_EN_TOUT"),
        ("400", 500, 500, Source.OPTION, "option"),
    ],
)
def test_the_file_then_the_variable_then_the_option(
    written, monkeypatch, variable, option, value, source, where
):
    written("[places]\n# plus\nen_tout = 300\n")
    if variable is not None:
        monkeypatch.setenv("IPROF_PLACES_EN_TOUT", variable)
    current = in_force({"places.en_tout": option})
    origin = current.origins["places.en_tout"]
    assert (current.values.places.en_tout, origin.source, origin.where) == (value, source, where)
    assert current.origins["places.sans_compte"].source is Source.DEFAULT


@pytest.mark.parametrize(
    ("text", "where", "message", "remedy"),
    [
        ("[places]\nen_tou = 3", "ligne 2", "la clé « en_tou » n’existe pas dans [places].",
         "Vouliez-vous dire « en_tout » ?"),
        ("[places]\nport = 3", "ligne 2", "la clé « port » n’existe pas dans [places].",
         "Elle est de la section [site]."),
        ("\n[placs]\n", "ligne 2", "la section [placs] n’existe pas.",
         "Vouliez-vous dire « places » ?"),
        ("[zzz]\n", "ligne 1", "la section [zzz] n’existe pas.", "Sections : site, places, "),
        ("en_tout = 3", "ligne 1", "la clé « en_tout » est hors de toute section.",
         "Écrivez-la sous [places]."),
        ("places = 3", "ligne 1", "« places » est une section, pas une clé.", "Écrivez [places]"),
        ('[places]\nen_tout = "300"', "ligne 2",
         "places.en_tout : un nombre entier est attendu (reçu : 300).", "« 250 » vaut alors."),
        ("[places]\nen_tout = 0", "ligne 2",
         "places.en_tout : la valeur doit être au moins 1 (reçu : 0).", "en pages"),
        ("[site]\nhttps = 1", "ligne 2", "vrai ou faux est attendu", "« false » vaut alors."),
        ('[site]\nhotes = "a"', "ligne 2", "une liste est attendue", "« [] » vaut alors."),
        ('[site]\nmandataires = ["127.0.0.300"]', "ligne 2", "n’est ni une adresse ni un réseau",
         "Corrigez cette valeur"),
        ('[site]\nip = "a\\nb"', "ligne 2", "un texte d’une seule ligne est attendu", "127.0.0.1"),
        ('[mesures]\nadresse = "9866"', "ligne 2", "une adresse et un port sont attendus",
         "Corrigez"),
        ("[base]\nfils = 41", "[base]", "en donnent 40, moins que de fils (41)", "Changez l’une"),
        ("[places]\nsans_compte = 251", "[places]", "dépasse en_tout (250)", "Changez l’une"),
        ('[places]\npar_role = ["enseignant"]', "ligne 2", "« role=pages »", "Corrigez"),
        ('[places]\npar_role = ["enseignant=0"]', "ligne 2", "« role=pages »", "Corrigez"),
        ("[pages]\ninactivite = 60", "[pages]", "doit être plus court qu’inactivite (60 s)",
         "Changez l’une"),
        ('[securite]\ncontacts = ["s@a.example"]', "ligne 2", "« mailto: »", "Corrigez"),
        ('[securite]\ncontacts = ["javascript:x"]', "ligne 2", "« mailto: »", "Corrigez"),
        ('[securite]\ncontacts = ["https://"]', "ligne 2", "« mailto: »", "Corrigez"),
        ('[securite]\ncontacts = ["mailto:s@a.example"]', "[securite]", "sans expire", "Changez"),
        ('[securite]\nexpire = "2027-12-01"', "ligne 2", "avec leur décalage", "Corrigez"),
        ('[securite]\nexpire = "demain"', "ligne 2", "avec leur décalage", "Corrigez"),
        ('[securite]\nlangues = ["français"]', "ligne 2", "le code d’une langue", "Corrigez"),
        ('[securite]\ncanonique = ["http://a.example/x"]', "ligne 2", "https://", "Corrigez"),
        ("[site]\nport 80", "ligne 2", "ce fichier n’est pas du TOML.", "clé = valeur"),
        ("x = " + "[" * 50_000, "reglages.toml", "ce fichier n’est pas du TOML.", "clé = valeur"),
        ("[site]\nport = 80\nport = 81", "ligne 3", "ce fichier n’est pas du TOML.", "clé"),
        (b"# \xe9", "reglages.toml", "ce fichier n’est pas écrit en UTF-8.", "UTF-8"),
        ("#" * (LARGEST_FILE + 1), "reglages.toml", "ne dépasse pas 200 ko", "modele"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_with_its_place_and_what_to_do(written, text, where, message, remedy):
    written(text)
    with pytest.raises(InputError) as refusal:
        in_force()
    assert where in refusal.value.where
    assert message in refusal.value.message
    assert remedy in refusal.value.remedy


def test_a_file_that_is_not_there_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv(settings.FILE, str(tmp_path / "absent.toml"))
    with pytest.raises(InputError, match=r"il n’existe pas\. Donnez son chemin à --reglages"):
        in_force()


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("IPROF_SITE_HTTPS", "oui", {"https": True}),
        ("IPROF_SITE_HTTPS", "non", {"https": False}),
        ("IPROF_SITE_HTTPS", "true", {"https": True}),
        ("IPROF_SITE_HOTES", "a.example, b.example", {"hotes": ("a.example", "b.example")}),
        ("IPROF_SITE_PORT", "9000", {"port": 9000}),
    ],
)
def test_a_variable_says_a_list_or_a_yes_in_its_way(written, monkeypatch, variable, text, value):
    written("")
    monkeypatch.setenv(variable, text)
    assert in_force().values.site.model_dump().items() >= value.items()


def test_an_option_that_is_repeated_adds_to_the_list_of_the_file(written):
    written('[site]\nhotes = ["a.example"]\n')
    current = in_force({"site.hotes": ("b.example", "a.example")})
    assert current.values.site.hotes == ("a.example", "b.example")
    origin = current.origins["site.hotes"]
    assert (origin.source, origin.where) == (
        Source.OPTION, "reglages.toml, ligne 2, puis --host",
    )  # fmt: skip
    assert in_force({"site.mandataires": ("10.0.0.1",)}).origins["site.mandataires"].where == (
        "--mandataire"
    )


def test_a_variable_that_is_wrong_is_named(written, monkeypatch):
    written("")
    monkeypatch.setenv("IPROF_PLACES_EN_TOUT", "beaucoup")
    with pytest.raises(InputError, match=r"IPROF_PLACES_EN_TOUT : places\.en_tout : un nombre"):
        in_force()


class Connexion(Section):
    """A section as another part of the kit would declare it."""

    TITLE: ClassVar[str] = "La connexion"

    secret: SecretPlace = setting("", "Où est le secret.", example="fichier:/run/secrets/x")


@pytest.mark.parametrize("place", ["fichier:/run/secrets/x", "variable:IPROF_X", ""])
def test_the_place_of_a_secret_is_a_file_or_a_variable(place):
    assert Connexion(secret=place).secret == place


@pytest.mark.parametrize("place", ["hunter2", "fichier:relatif", "variable:1", "variable:A B"])
def test_a_secret_is_refused_and_never_repeated(place):
    (secret,) = settings_of("connexion", Connexion)
    assert secret.secret
    with pytest.raises(InputError) as refusal:
        settings.validated(secret, place, settings.Origin())
    assert "jamais le secret" in str(refusal.value)
    assert place not in str(refusal.value)


def test_a_secret_is_read_where_its_place_says(tmp_path, monkeypatch):
    file = tmp_path / "secret"
    file.write_text("hunter2\n")
    monkeypatch.setenv("ICI", "hunter3")
    assert secret_at(f"fichier:{file}") == "hunter2"
    assert secret_at("variable:ICI") == "hunter3"
    assert secret_at("") == ""


def test_the_variable_that_holds_a_secret_stands_above_the_file_that_names_its_place(
    written, monkeypatch, tmp_path
):
    (tmp_path / "adresse").write_text("smtp://of-the-file.example\n")
    written(f'[courriel]\nserveur = "fichier:{tmp_path / "adresse"}"\n')
    assert settings.secret_of("courriel.serveur") == "smtp://of-the-file.example"
    monkeypatch.setenv("IPROF_SMTP", "smtp://of-the-variable.example")
    assert settings.secret_of("courriel.serveur") == "smtp://of-the-variable.example"
    value, origin = in_force().values.courriel.serveur, in_force().origins["courriel.serveur"]
    assert (value, origin.source) == ("variable:IPROF_SMTP", Source.VARIABLE)


def test_the_file_says_where_the_data_the_keys_and_the_academies_are(written, monkeypatch):
    written('[emplacements]\ndonnees = "/a"\ncles = "/b"\nacademies = "/c.yml"\n')
    assert (var_dir(), keys_dir(), configuration_file()) == (Path("/a"), Path("/b"), "/c.yml")
    monkeypatch.setenv("IPROF_VAR", "/d")
    assert (var_dir(), keys_dir()) == (Path("/d"), Path("/b"))


def test_the_file_says_where_the_address_of_the_database_is_and_nobody_repeats_it(
    written, monkeypatch, tmp_path
):
    (tmp_path / "adresse").write_text("postgresql://kit:hunter2@machine/base\n")
    written(f'[base]\nadresse = "fichier:{tmp_path / "adresse"}"\n')
    assert database_url().host == "machine"
    (tmp_path / "autre").write_text("pas une adresse hunter2")
    written(f'[base]\nadresse = "fichier:{tmp_path / "autre"}"\n')
    with pytest.raises(InputError) as refusal:
        database_url()
    assert refusal.value.where == str(tmp_path / "autre")
    assert "hunter2" not in str(refusal.value)


def test_a_setting_alone_is_what_it_is_among_all(written):
    written("[comptes]\nlecture_mois = 6\n")
    for one in declared():
        assert settings.setting_of(one.name) == in_force().of(one)[0], one.name


@pytest.mark.parametrize("place", ["variable:ABSENTE", "fichier:{}/absent", "fichier:{}/binaire"])
def test_a_secret_that_is_not_there_is_refused(place, tmp_path):
    (tmp_path / "binaire").write_bytes(b"\xff")
    with pytest.raises(InputError):
        secret_at(place.format(tmp_path))


@pytest.mark.parametrize("one", EVERY)
def test_every_setting_says_why_and_its_default_is_within_its_bounds(one):
    assert one.why.endswith(".")
    assert settings.validated(one, one.default, settings.Origin(Source.FILE)) == one.default
    if one.example is not None:
        settings.validated(one, one.example, settings.Origin(Source.FILE))


def test_no_two_settings_have_one_variable():
    variables = [one.variable for one in declared()]
    assert len(variables) == len(set(variables))


def test_the_model_changes_nothing_and_names_every_setting(written):
    model = model_of_the_file()
    written(model)
    assert {one.source for one in in_force().origins.values()} == {Source.DEFAULT}
    uncommented = "\n".join(
        line.removeprefix("#") if line.startswith("#") and not line.startswith("# ") else line
        for line in model.splitlines()
    )
    written(uncommented)
    assert {one.source for one in in_force().origins.values()} == {Source.FILE}


def test_the_sample_and_the_page_are_what_the_declarations_say():
    assert (SAMPLE / "reglages.toml").read_text("utf-8") == model_of_the_file()
    page = (ROOT / "docs" / "reglages.md").read_text("utf-8")
    tables = page.partition("<!-- réglages -->\n")[2].partition("<!-- fin des réglages -->")[0]
    assert tables.strip() == page_of_the_settings().strip()


@pytest.mark.parametrize("value", [True, 3, 1_000_000, 0.5, 'a"b\\c', ("a", "b"), {"a": 1}])
def test_a_value_is_written_as_toml_reads_it(value):
    read = tomllib.loads(f"x = {as_toml(value)}")["x"]
    assert (tuple(read) if isinstance(read, list) else read) == value

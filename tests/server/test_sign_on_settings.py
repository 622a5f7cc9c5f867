"""What the file of settings says of a provider is what it is asked, each by its own name."""

import re
from dataclasses import fields

import pytest

from iprof_kit.base.configuration.in_force import FILE, in_force
from iprof_kit.base.configuration.sections import Connexion, Reglages
from iprof_kit.base.errors import InputError
from iprof_kit.base.paths import ROOT
from iprof_kit.server.settings import settings_of
from iprof_kit.server.sign_on_settings import KEYCLOAK, PROCONNECT, sign_on_of

SECRET = "un secret de trente-deux lettres"
WHOLE = {
    "nom": "l’annuaire", "emetteur": "https://a.example/oidc", "client": "kit",
    "secret": "variable:SECRET_DE_CONNEXION", "adresse": "https://kit.example",
}  # fmt: skip
OTHER = {
    "nom": ("l’autre", "name"),
    "emetteur": ("https://b.example", "issuer"),
    "client": ("autre", "client"),
    "secret": ("variable:AUTRE_SECRET", "secret"),
    "adresse": ("https://autre.example", "site"),
    "portees": (("openid", "profile"), "scopes"),
    "signatures": (("PS256",), "signatures"),
    "userinfo": ("json", "userinfo"),
    "authentification": ("corps", "sent_in"),
    "pkce": ("non", "pkce"),
    "acr": (("eidas2",), "acr"),
    "lien": ("identifiant", "link_claim"),
    "lien_avec": ("dossier", "link_to"),
    "lien_saisi": (False, "typed_once"),
    "champ_des_roles": ("groupes", "roles_claim"),
    "roles": (("bureau=gestionnaire",), "roles"),
    "mots_de_passe": ("administrateurs", "passwords"),
}


@pytest.fixture(autouse=True)
def _secrets(monkeypatch):
    monkeypatch.setenv("SECRET_DE_CONNEXION", SECRET)
    monkeypatch.setenv("AUTRE_SECRET", "un autre")


def named(**changes):
    return sign_on_of(Connexion(**WHOLE | changes))


def test_nobody_is_named_where_nothing_is_said():
    assert settings_of(Reglages()).sign_on is None


def test_every_key_is_tried_below():
    assert {*OTHER, "forme"} == set(Connexion.model_fields)


@pytest.mark.parametrize("key", OTHER)
def test_each_setting_says_one_thing(key):
    value, field = OTHER[key]
    usual, changed = named(), named(**{key: value})
    names = [one.name for one in fields(usual)]
    assert [n for n in names if getattr(usual, n) != getattr(changed, n)] == [field]


def test_a_shape_says_what_nobody_said_and_no_more():
    for shape, words in (("proconnect", PROCONNECT), ("keycloak", KEYCLOAK)):
        made = named(forme=shape)
        assert {name: getattr(made, name) for name in words} == words
    assert named(forme="proconnect", pkce="oui", userinfo="json").pkce
    assert named(forme="proconnect", userinfo="json").userinfo == "json"
    assert named(forme="proconnect", portees=("openid",)).scopes == ("openid",)


@pytest.mark.parametrize("missing", ["nom", "client", "secret", "adresse"])
def test_a_provider_that_is_half_named_stops_the_start(tmp_path, monkeypatch, missing):
    file = tmp_path / "reglages.toml"
    lines = [f'{name} = "{one}"' for name, one in WHOLE.items() if name != missing]
    file.write_text("\n".join(["[connexion]", *lines]), encoding="utf-8")
    monkeypatch.setenv(FILE, str(file))
    with pytest.raises(InputError, match=f"sans {missing}"):
        in_force()


def test_the_secret_is_where_the_settings_say_and_in_no_message(tmp_path, monkeypatch):
    file = tmp_path / "secret"
    file.write_text(f"{SECRET}\n", encoding="utf-8")
    made = named(secret=f"fichier:{file}")
    assert made.secret == SECRET
    assert SECRET not in repr(made)
    monkeypatch.setenv("IPROF_CONNEXION_SECRET", SECRET)  # the secret itself, not where it is
    with pytest.raises(InputError, match="jamais le secret") as refused:
        in_force()
    assert SECRET not in str(refused.value)
    with pytest.raises(InputError, match="vide ou absent"):
        named(secret="variable:PERSONNE")


@pytest.mark.parametrize("role", ["bureau", "=gestionnaire", "bureau=chef", "prof=enseignant"])
def test_a_role_that_is_none_is_refused(role):
    with pytest.raises(InputError, match=r"connexion\.roles"):
        named(roles=(role,))


def test_the_page_shows_a_section_that_a_server_takes(tmp_path, monkeypatch):
    page = (ROOT / "docs" / "administrer.md").read_text("utf-8")
    [block] = [one for one in re.findall(r"```toml\n(.*?)```", page, re.S) if "[connexion]" in one]
    secret, file = tmp_path / "secret", tmp_path / "reglages.toml"
    secret.write_text(SECRET, encoding="utf-8")
    file.write_text(block.replace("/etc/iprof/secret-connexion", str(secret)), encoding="utf-8")
    monkeypatch.setenv(FILE, str(file))
    made = settings_of(in_force().values).sign_on
    assert (made.link_claim, made.roles) == ("identifiant_agent", {"bureau": "gestionnaire"})

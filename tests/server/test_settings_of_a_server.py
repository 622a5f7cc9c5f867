"""What the file of settings says is what the server is told, each by its own name."""

from dataclasses import fields, replace

import pytest

from iprof_kit.base.configuration.sections import Reglages, declared
from iprof_kit.base.errors import InputError
from iprof_kit.server.settings import Settings, settings_of

NOT_OF_THE_SERVER = {"journaux", "comptes", "emplacements", "courriel", "base.adresse"} | {
    "base.connexions", "base.connexions_de_plus", "site.chemin"
}  # fmt: skip
"""Sections, or a setting, that each process or command reads of itself."""
OTHER = {
    "site.ip": "192.0.2.1",
    "site.hotes": ("a.example",),
    "site.mandataires": ("192.0.2.2",),
    "places.par_role": ("enseignant=4",),
    "mesures.adresse": "127.0.0.1:9866",
    "second_facteur.roles": ("administrateur",),
    "securite.contacts": ("tel:+33-1",),
    "securite.expire": "2027-12-01T00:00:00Z",
    "securite.langues": ("fr", "en"),
    "securite.canonique": ("https://a.example/.well-known/security.txt",),
}


def test_where_nobody_says_both_say_the_same():
    usual = settings_of(Reglages())
    assert replace(usual, hosts=Settings().hosts) == Settings()
    assert set(usual.hosts) == set(Settings().hosts)


def other(one, tmp_path):
    """Return another value of a setting than its default."""
    if one.name == "site.theme_css":
        (tmp_path / "theme.css").write_text("")
        return str(tmp_path / "theme.css")
    if one.name in OTHER:
        return OTHER[one.name]
    if one.section == "mentions":
        return "autre"
    return not one.default if isinstance(one.default, bool) else one.default + 1


OF_THE_SERVER = [
    one
    for one in declared()
    if not {one.name, one.section} & {*NOT_OF_THE_SERVER, "connexion"}  # test_sign_on_settings.py
]


@pytest.mark.parametrize("one", OF_THE_SERVER, ids=lambda one: one.name)
def test_each_setting_reaches_the_server_alone(one, tmp_path):
    section = getattr(Reglages(), one.section)
    section = section.model_copy(update={one.key: other(one, tmp_path)})
    changed = settings_of(Reglages().model_copy(update={one.section: section}))
    usual = settings_of(Reglages())
    names = [field.name for field in fields(Settings)]
    differing = [name for name in names if getattr(changed, name) != getattr(usual, name)]
    assert len(differing) == (2 if one.name == "site.ip" else 1)  # its hosts name it too


def test_a_role_that_does_not_exist_has_no_places():
    section = Reglages().places.model_copy(update={"par_role": ("prof=4",)})
    with pytest.raises(InputError, match=r"ce rôle n’existe pas\. Les rôles sont enseignant, "):
        settings_of(Reglages().model_copy(update={"places": section}))


def test_a_style_sheet_that_is_not_there_is_refused(tmp_path):
    section = Reglages().site.model_copy(update={"theme_css": str(tmp_path / "absent.css")})
    with pytest.raises(InputError, match="Corrigez theme_css"):
        settings_of(Reglages().model_copy(update={"site": section}))

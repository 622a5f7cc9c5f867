import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.services.access.accounts import NewAccount, create_account
from iprof_kit.services.dossier.storing import save_dossier

NUMEN = "06E0854321LMN"


@pytest.fixture
def duponts(database, dossiers, now):
    for numero in ("D0001", "D0003", "D0004"):
        save_dossier(dossiers[numero], "test", now)


def create(now, compte="jdupont", numero="D0001", roles=("enseignant",), numen=NUMEN):
    return create_account(NewAccount(compte, roles, numero, numen=numen), "test", now)


def test_homonyms_are_numbered(duponts, now):
    create(now)
    with pytest.raises(InputError, match="premier compte libre est jdupont2"):
        create(now, numero="D0003")
    create(now, "jdupont2", "D0003")
    with pytest.raises(InputError, match="premier compte libre est jdupont3"):
        create(now, "jdupont2", "D0004")


@pytest.mark.parametrize(
    "compte", ["JDupont", "j.dupont", "jdüpont", "", "j" * 80, "jdupont;", "2"]
)
def test_a_malformed_account_is_refused(duponts, now, compte):
    with pytest.raises(InputError, match="lettres minuscules"):
        create(now, compte)


def test_an_account_follows_the_name_of_its_person(duponts, now):
    with pytest.raises(InputError, match="jdupont"):
        create(now, "jdurand")


def test_an_unknown_dossier_is_refused(duponts, now):
    with pytest.raises(InputError, match="n’existe pas"):
        create(now, numero="D9999")


def test_a_dossier_has_one_account(duponts, now):
    create(now)
    with pytest.raises(InputError, match="déjà le compte"):
        create(now, "jdupont2", "D0001")


def test_a_teacher_needs_a_dossier_and_an_account_a_role(duponts, now):
    with pytest.raises(InputError, match="ouvre un dossier"):
        create(now, numero=None)
    with pytest.raises(InputError, match="aucun rôle"):
        create(now, roles=())


@pytest.mark.parametrize("numen", ["", "06E0854321LM", "06E0854321LMNO", "0CE0854321LMN",
                                   "060854321LMN1", "06E0854321LM1", "06É0854321LMN"])  # fmt: skip
def test_a_malformed_numen_is_refused_and_not_repeated(duponts, now, numen):
    with pytest.raises(InputError, match="13 caractères") as caught:
        create(now, numen=numen)
    assert not numen or numen not in str(caught.value)

"""The contact details that a person writes, beside those of the administration."""

from datetime import timedelta

import pytest

from iprof_kit.base.errors import Refused
from iprof_kit.records import database as db
from iprof_kit.services.contract.dossier import Adresse
from iprof_kit.services.dossier.storing import find_dossier, save_dossier
from iprof_kit.services.guichet.operations import NotLoggedIn, run

PHONE = "06 39 98 12 34"


def saved(jean, cle="cle-premiere", revision=0, reprendre=(), when=None, **values):
    more = {} if when is None else {"when": when}
    return jean(
        "contact_enregistrer",
        valeurs=values,
        revision=revision,
        cle=cle,
        reprendre=list(reprendre),
        **more,
    )


def test_what_she_writes_is_dated_and_leaves_the_administration_s_value(jean, dossiers, now):
    receipt = saved(jean, portable=PHONE)
    assert (receipt.issue, receipt.contact.revision) == ("enregistre", 1)
    assert receipt.numero
    [written] = jean("contact").saisies
    assert (written.champ, written.valeur, written.le) == ("portable", PHONE, now)
    assert written.administration == dossiers["D0001"].adresse.portable
    read = jean("dossier.lire")
    assert read.dossier == dossiers["D0001"]
    assert [one.valeur for one in read.saisies] == [PHONE]


def test_a_new_import_loses_nothing_of_hers(jean, dossiers, now):
    saved(jean, portable=PHONE, rue="3 rue Neuve")
    dossier = dossiers["D0001"]
    home = Adresse(rue="9 place du Marché", code_postal="63100", ville="Clermont-Ferrand")
    save_dossier(dossier.model_copy(update={"adresse": home}), "import", now + timedelta(days=1))
    assert {one.champ: one.valeur for one in jean("contact").saisies} == {
        "portable": PHONE,
        "rue": "3 rue Neuve",
    }
    with db.reading() as session:
        assert find_dossier(session, "D0001").adresse == home


def test_both_values_stay_in_the_history(jean, now):
    saved(jean, portable=PHONE)
    day = now + timedelta(days=3)
    saved(jean, "cle-deuxieme", 1, portable="06 39 98 12 35", when=day)
    [former] = jean("contact").anciennes
    assert (former.valeur, former.le, former.jusqu_au) == (PHONE, now, day)


def test_the_administration_s_value_may_be_taken_again(jean):
    saved(jean, portable=PHONE)
    receipt = saved(jean, "cle-deuxieme", 1, reprendre=["portable"])
    assert receipt.issue == "enregistre"
    assert receipt.contact.saisies == []
    assert [one.valeur for one in receipt.contact.anciennes] == [PHONE]


def test_an_emptied_field_says_that_she_has_none(jean, dossiers):
    assert dossiers["D0001"].adresse.telephone
    saved(jean, telephone="")
    [written] = jean("contact").saisies
    assert (written.valeur, written.administration) == ("", dossiers["D0001"].adresse.telephone)


def test_a_form_sent_unchanged_writes_nothing(jean, dossiers):
    home = dossiers["D0001"].adresse
    receipt = saved(jean, rue=home.rue, ville=home.ville, telephone=home.telephone)
    assert (receipt.issue, receipt.numero) == ("inchange", None)
    assert jean("contact").revision == 0


def test_the_same_order_sent_twice_is_done_once(jean):
    first = saved(jean, portable=PHONE)
    again = saved(jean, portable=PHONE)
    assert (again.issue, again.numero) == ("enregistre", first.numero)
    assert again.contact.revision == 1


def test_what_another_screen_saved_is_not_written_over(jean):
    saved(jean, portable=PHONE)
    late = saved(jean, "cle-deuxieme", 0, portable="06 39 98 99 99")
    assert late.issue == "conflit"
    assert [one.valeur for one in late.contact.saisies] == [PHONE]


def test_a_wrong_field_is_named_and_nothing_is_written(jean):
    answer = saved(jean, portable="06 39 98 12", ville="Thiers")
    assert answer.issue == "erreurs"
    assert [(one.champ, one.message) for one in answer.erreurs] == [
        ("portable", "Ce numéro a 8 chiffres.")
    ]
    assert jean("contact").revision == 0


def test_nobody_else_reads_or_writes_it(jean, teachers, now):
    saved(jean, portable=PHONE)
    assert run(teachers["jdupont2"], "contact", {}, now).saisies == []
    for op, args in (
        ("contact", {}),
        ("visite", {}),
        ("contact_enregistrer", {"valeurs": {}, "revision": 0, "cle": "cle-autre-1"}),
    ):
        with pytest.raises(NotLoggedIn):
            run(None, op, args, now)


def test_who_has_no_file_has_no_contact(teachers, now):
    from dataclasses import replace

    manager = replace(teachers["jdupont"], roles=("gestionnaire",))
    with pytest.raises(Refused):
        run(manager, "contact", {}, now)

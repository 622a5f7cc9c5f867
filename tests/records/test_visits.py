"""« Ce qui a changé depuis votre dernière visite »."""

from datetime import date, timedelta

import pytest

from iprof_kit.services.access.accounts import open_session
from iprof_kit.services.contract.dossier import EchelonTenu
from iprof_kit.services.dossier.storing import save_dossier

NEW = EchelonTenu(
    corps="pe",
    grade="classe_normale",
    echelon="8",
    date_effet=date(2026, 12, 1),
    mode="anciennete",
    source="AGAPE",
    lu_le=date(2026, 12, 2),
)


@pytest.fixture
def later(now):
    return now + timedelta(days=10)


def imported(dossiers, when):
    dossier = dossiers["D0001"]
    newer = {"echelons": (*dossier.echelons, NEW), "titularisation": date(2015, 9, 2)}
    save_dossier(dossier.model_copy(update=newer), "import", when)


def test_the_first_visit_has_no_former_one(jean):
    read = jean("visite")
    assert (read.precedente, read.changements) == (None, [])


def test_what_was_imported_since_the_last_visit_is_told_with_its_screen(jean, dossiers, now, later):
    jean("dossier.lire")
    imported(dossiers, now + timedelta(days=5))
    read = jean("visite", when=later)
    assert read.precedente == now
    assert [(one.quand, one.adresse) for one in read.changements] == [
        (now + timedelta(days=5), "/dossier/carriere"),
        (now + timedelta(days=5), "/dossier/synthese"),
    ]
    assert read.changements[0].quoi == (
        "Échelon enregistré : 8e échelon, depuis le 1er décembre 2026."
    )
    assert read.changements[1].quoi.endswith("Titularisation.")


def test_what_was_there_already_is_not_told_again(jean, dossiers, now, later):
    imported(dossiers, now)
    jean("dossier.lire", when=now + timedelta(hours=1))
    assert jean("visite", when=later).changements == []


def test_a_file_read_again_without_change_tells_nothing(jean, dossiers, now, later):
    jean("dossier.lire")
    again = dossiers["D0001"].model_copy(update={"lu_le": date(2026, 12, 2)})
    save_dossier(again, "import", now + timedelta(days=5))
    assert jean("visite", when=later).changements == []


def test_the_list_stays_while_the_session_lasts(jean, dossiers, now, later):
    jean("dossier.lire")
    imported(dossiers, now + timedelta(days=5))
    open_session("jdupont", later)
    first = jean("visite", when=later)
    jean("dossier.lire", when=later + timedelta(minutes=1))
    again = jean("visite", when=later + timedelta(minutes=2))
    assert first.precedente == again.precedente == now
    assert len(again.changements) == 2

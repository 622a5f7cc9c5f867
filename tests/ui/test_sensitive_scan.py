"""A scan by marked words: what is sensitive is in the page that asked it, and nowhere else."""

import io
import logging
import re
import zipfile

import pytest
import ui_database
from ui_html import check

from iprof_kit.services.access.own_file import owner_of
from iprof_kit.services.own_data.archive import write_archive
from iprof_kit.ui.portal import RUBRIQUES, Portal

MARK = "motmarque7731"
TYPED = {
    "/perspectives/ma-paie": ("paie", "sensible_greve_jours", "sensible_maladie_jours"),
    "/perspectives/retraite": ("retraite", "sensible_taux_invalidite", "sensible_incapacite"),
    "/perspectives/maladie": ("maladie", "sensible_maladie_debut", "sensible_maladie_arrets"),
    "/perspectives/trop-percu": (
        "trop_percu",
        "sensible_trop_percu_debut",
        "sensible_trop_percu_corrige",
    ),
}
"""Where a sensitive field is asked: its intent, and two of its fields."""
OTHERS = ("/accueil", "/perspectives/promotions", "/perspectives/retraite", "/perspectives/et-si",
          "/services/demandes", "/mes-donnees", "/consultations")  # fmt: skip
LEAVE = {"nature": "conge_maladie", "debut": "07/03/2031", "fin": "19/04/2033"}
LEAVE_WRITTEN = (b"2031-03-07", b"conge_maladie", b"2033-04-19")


@pytest.fixture
def guichet(tmp_path, monkeypatch):
    return ui_database.InProcess(ui_database.open_database(tmp_path, monkeypatch))


@pytest.fixture
def portal(guichet):
    return Portal(lambda: guichet)


def act(portal, path, name="", **values):
    portal.handle({"kind": "route", "path": path})
    if not name:
        return portal.handle({"kind": "route", "path": path})
    message = {"kind": "intent", "name": name, "values": values, "changed": "", "path": path}
    return portal.handle(message)


def type_all(portal):
    """Type each sensitive field, a number that the page pays and a word that it refuses."""
    pages = {}
    for path, (name, *fields) in TYPED.items():
        for field in fields:
            pages[path] = act(portal, path, name, **{field: MARK}).html
    act(portal, "/perspectives/et-si", "es_ajouter", of="1")
    pages["/perspectives/et-si"] = act(portal, "/perspectives/et-si", "es_valider", **LEAVE).html
    return pages


def written_in(folder):
    """Return every byte that stays: database, journal, keys, what a backup would take."""
    return b"".join(place.read_bytes() for place in folder.rglob("*") if place.is_file())


def test_p01_what_is_typed_is_in_no_database_file_log_journal_nor_backup(
    portal, tmp_path, caplog, capfd
):
    caplog.set_level(logging.DEBUG)
    pages = type_all(portal)
    assert all(MARK in pages[path] for path in TYPED)
    assert "Congé de maladie" in pages["/perspectives/et-si"]
    act(portal, "/perspectives/ma-paie", "paie", enfants="4", sensible_greve_jours="3")
    kept = written_in(tmp_path)
    assert b"enfants" in kept
    out, err = capfd.readouterr()
    for secret in (MARK.encode(), b"sensible_", *LEAVE_WRITTEN):
        assert secret not in kept
        assert secret not in (caplog.text + out + err).encode()


def test_p01_the_euros_that_it_gives_are_on_no_other_screen_nor_in_the_agenda(portal):
    path = "/perspectives/ma-paie"
    before = check(act(portal, path).html).text
    strike = check(act(portal, path, "paie", sensible_greve_jours="7").html).text
    paid = [m for m in re.findall(r"\d[\d\u00a0]*,\d\d\u00a0€", strike) if m not in before]
    assert paid, "a strike changes the payslip"
    act(portal, "/perspectives/et-si", "es_ajouter", of="1")
    act(portal, "/perspectives/et-si", "es_valider", **LEAVE)
    for other in OTHERS:
        said = check(act(portal, other).html).text
        assert not [line for line in paid if line in said], other
    agenda = act(portal, "/accueil", "dates_ics").download.content.decode()
    assert "maladie" not in agenda
    assert "20310307" not in agenda


def test_p01_a_year_of_illness_leaves_its_dates_and_its_euros_nowhere(
    portal, guichet, tmp_path, caplog, capfd
):
    caplog.set_level(logging.DEBUG)
    path = "/perspectives/maladie"
    typed = {"sensible_maladie_debut": "03/11/2026", "sensible_maladie_demande": "longue_duree"}
    before = " ".join(check(act(portal, other).html).text for other in OTHERS)
    ill = check(act(portal, path, "maladie", **typed).html).text
    paid = [one for one in re.findall(r"\d[\d\u00a0]*,\d\d\u00a0€", ill) if one not in before]
    assert len(paid) > 20
    given = act(portal, path, "maladie_page").download
    assert given.content.startswith(b"%PDF")
    for other in OTHERS:
        said = check(act(portal, other).html).text
        assert not [one for one in paid if one in said], other
        assert "3 novembre 2026" not in said
    assert "3 novembre 2026" not in act(Portal(lambda: guichet), path).html
    kept, (out, err) = written_in(tmp_path), capfd.readouterr()
    for secret in (b"2026-11-03", b"03/11/2026", b"longue_duree", b"sensible_", b"%PDF"):
        assert secret not in kept
        assert secret not in (caplog.text + out + err).encode()


def test_p01_everything_taken_away_holds_none_of_it(portal, guichet):
    type_all(portal)
    packed = io.BytesIO()
    owner = owner_of(guichet.identity)
    write_archive(owner, packed, ui_database.NOW)
    with zipfile.ZipFile(packed) as archive:
        content = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Dupont" in content
    for secret in (MARK.encode(), b"sensible_", *LEAVE_WRITTEN):
        assert secret not in content


def test_p01_another_page_of_hers_knows_nothing_of_it(portal, guichet):
    type_all(portal)
    later = Portal(lambda: guichet)
    for path in RUBRIQUES:
        html = act(later, path).html
        assert MARK not in html
        assert "7 mars 2031" not in html

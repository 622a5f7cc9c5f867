"""Bars given to an installation: wholly taken or refused, once; read by who has a file."""

from dataclasses import replace
from datetime import timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.commands.people import import_
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.records.movements.bars import MovementBar
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.bars import importing
from iprof_kit.services.bars.importing import import_bars
from iprof_kit.services.guichet.operations import NotLoggedIn, run

HEAD = "degre;annee;barre;territoire;discipline;bareme;entrants;note;source;page\n"
RENNES = "2d;2025;entree;Rennes;Lettres modernes;721,2;12;;SNES Rennes, juin 2025;\n"
LYON = "2d;2025;entree;10;L0202;91;;;Rectorat de Lyon;https://www.ac-lyon.fr/mouvement\n"
PUY = "1d;2025;sortie;063;;300;;;DSDEN du Puy-de-Dôme;\n"
LETTRES = {"degre": "2d", "discipline": "Lettres modernes"}


def given(rows, now, **options):
    return import_bars((HEAD + rows).encode(), "essai", now, **options)


def stored():
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(MovementBar))


def notes():
    with db.reading() as session:
        return sum(line.action == "barres_importees" for line in audit.lines(session, last=200))


def test_the_bars_of_a_file_are_read_by_degree_and_discipline_with_their_letter(jean, now):
    report = given(RENNES + LYON + PUY, now)
    assert (report.added, report.refused, report.unusual) == (3, [], ())
    bars = {bar.lieu: bar for bar in jean("barres_lire", **LETTRES).barres}
    assert set(bars) == {"14", "10"}
    assert (bars["14"].bareme, bars["14"].nb_entrants, bars["14"].confiance) == (721.2, 12, "C")
    assert (bars["10"].discipline, bars["10"].confiance) == ("Lettres modernes", "A")
    assert jean("barres_lire", degre="2d", discipline="LETTRES MODERNES").barres
    assert jean("barres_lire", degre="2d", discipline="Anglais").barres == ()
    assert [bar.sens for bar in jean("barres_lire", degre="1d").barres] == ["sortie"]


def test_the_last_year_of_a_place_is_read(jean, now):
    given(RENNES + RENNES.replace("2025;", "2024;").replace("721,2", "650"), now)
    assert [(bar.annee, bar.bareme) for bar in jean("barres_lire", **LETTRES).barres] == [
        (2025, 721.2)
    ]


def test_the_same_file_again_changes_nothing_and_notes_nothing(jean, now):
    given(RENNES + PUY, now)
    again = given(RENNES + PUY, now + timedelta(days=1))
    assert (again.added, again.replaced, again.unchanged) == (0, 0, 2)
    assert (stored(), notes()) == (2, 1)


def test_a_stored_bar_is_replaced_only_where_that_is_asked(jean, now):
    given(RENNES, now)
    other = RENNES.replace("721,2", "700")
    refused = given(other + LYON, now).refused
    assert [(fault.line, fault.column) for fault in refused] == [(2, "bareme")]
    assert stored() == 1
    assert given(other + LYON, now, replace=True).replaced == 1
    assert {bar.bareme for bar in jean("barres_lire", **LETTRES).barres} == {700, 91}


def test_a_try_writes_nothing(database, now):
    assert given(RENNES, now, only_check=True).added == 1
    assert (stored(), notes()) == (0, 0)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("3d;2025;entree;Rennes;Anglais;700;;;SNES;", "degre"),
        ("2d;2025;milieu;Rennes;Anglais;700;;;SNES;", "barre"),
        ("2d;2025;sortie;Rennes;Anglais;700;;;SNES;", "barre"),
        ("2d;2025;entree;Brest;Anglais;700;;;SNES;", "territoire"),
        ("1d;2025;entree;99;;700;;;SNES;", "territoire"),
        ("2d;2025;entree;Rennes;;700;;;SNES;", "discipline"),
        ("1d;2025;entree;63;Anglais;700;;;SNES;", "discipline"),
        ("2d;2031;entree;Rennes;Anglais;700;;;SNES;", "annee"),
        ("2d;;entree;Rennes;Anglais;700;;;SNES;", "annee"),
        ("2d;2025;entree;Rennes;Anglais;beaucoup;;;SNES;", "bareme"),
        ("2d;2025;entree;Rennes;Anglais;-3;;;SNES;", "bareme"),
        ("2d;2025;entree;Rennes;Anglais;700;;;;", "source"),
        ("2d;2025;entree;Rennes;Anglais;700;-1;;SNES;", "entrants"),
        ("2d;2025;entree;Rennes;Anglais;700;;;SNES;https://exemple.org/barres", "page"),
        ("2d;2025;entree;Rennes;Anglais;700;;;SNES;https://gouv.fr.exemple.org", "page"),
        ("2d;2025;entree;Rennes;Anglais;700;;\x1b[2J;SNES;", "note"),
        (RENNES.strip(), "territoire"),
    ],
)
def test_one_fault_refuses_the_file_with_its_line_its_column_and_what_to_do(
    database, now, row, column
):
    refused = given(RENNES + row + "\n", now).refused
    assert [(fault.line, fault.column) for fault in refused] == [(3, column)]
    assert all(fault.reason and fault.remedy for fault in refused)
    assert (stored(), notes()) == (0, 0)


def test_a_discipline_that_no_nomenclature_names_is_taken_and_told(database, now):
    assert given(RENNES.replace("Lettres modernes", "Letres"), now).unusual == ("Letres",)


def test_a_file_too_long_is_refused_whole(database, now, monkeypatch):
    monkeypatch.setattr(importing, "LAYOUT", replace(importing.LAYOUT, largest=100))
    with pytest.raises(InputError, match="dépasse"):
        given(RENNES * 2, now)
    monkeypatch.undo()
    monkeypatch.setattr(importing, "LAYOUT", replace(importing.LAYOUT, most_rows=1))
    with pytest.raises(InputError, match="1 au plus"):
        given(RENNES + PUY, now)
    monkeypatch.undo()
    monkeypatch.setattr(importing, "MOST_STORED", 1)
    with pytest.raises(InputError, match="garderait plus de 1"):
        given(RENNES + PUY, now)
    assert stored() == 0


def test_a_stranger_and_who_has_logged_out_read_no_bar(jean, now):
    given(RENNES, now)
    token = open_session("jdupont", now)
    close_session(token, now)
    for nobody in (None, session_of(token, now)):
        with pytest.raises(NotLoggedIn, match="ces barres ne s’ouvre"):
            run(nobody, "barres_lire", LETTRES, now)


@pytest.mark.parametrize("less", [{"roles": ("gestionnaire",)}, {"numero_dossier": None}])
def test_another_role_and_who_has_no_file_read_no_bar(jean, teachers, now, less):
    with pytest.raises(Refused, match="n’ouvre pas de dossier"):
        run(replace(teachers["jdupont"], **less), "barres_lire", LETTRES, now)


def test_another_teacher_reads_the_same_bars_which_are_nobody_s(jean, teachers, now):
    given(RENNES, now)
    other = run(teachers["jdupont2"], "barres_lire", LETTRES, now)
    assert other == jean("barres_lire", **LETTRES)


@pytest.mark.parametrize("args", [{"degre": "3d"}, {}, {"degre": "2d", "discipline": "x" * 81}])
def test_what_is_asked_is_bounded(jean, args):
    with pytest.raises(InputError):
        jean("barres_lire", **args)


def test_the_command_says_each_fault_and_ends_with_its_code(database, tmp_path):
    file = tmp_path / "barres.csv"
    file.write_text(HEAD + RENNES.replace("Rennes;", "Brest;", 1), encoding="utf-8")
    refused = CliRunner().invoke(import_, ["barres", str(file)])
    assert refused.exit_code == 1
    assert "Ligne 2, colonne territoire" in refused.output
    file.write_text(HEAD + RENNES, encoding="utf-8")
    taken = CliRunner().invoke(import_, ["barres", str(file)])
    assert (taken.exit_code, stored()) == (0, 1)
    assert "1 barre ajoutée" in taken.output

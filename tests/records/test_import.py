import csv
import io

import pytest

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records import marks
from iprof_kit.services.dossier import imports
from iprof_kit.services.dossier.imports import import_dossiers
from iprof_kit.services.dossier.storing import find_whole_dossier, save_dossier

PERSON = {
    "numero": "R100", "civilite": "Madame", "prenom": "Zoé", "nom": "Martin",
    "date_naissance": "1985-03-14", "statut": "Fonctionnaire de l’Éducation nationale",
    "academie": "06", "source": "AGAPE", "lu_le": "12/11/2026",
    "corps": "pe", "entree_corps": "2010-09-01", "titularisation": "01/09/2011",
    "grade": "classe_normale", "echelon": "7", "date_effet": "2024-09-01",
    "position": "En activité", "position_debut": "2011-09-01",
    "affectation": "Affectation à titre définitif", "etablissement": "École des Prés",
    "type_etablissement": "École élémentaire", "fonction": "Adjoint",
    "affectation_debut": "2015-09-01", "rue": "", "nature": "",
}  # fmt: skip
del PERSON["nature"]


def file_of(*rows, separator=";", encoding="utf-8-sig"):
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=separator, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def row(**changes):
    return {**PERSON, **changes}


@pytest.fixture
def import_(database, now):
    return lambda *rows, **more: import_dossiers(file_of(*rows), "test", now, **more)


def stored(numero="R100"):
    with db.reading() as session:
        return find_whole_dossier(session, numero)


def test_one_row_gives_the_current_situation(import_):
    assert import_(row()).accepted == [("R100", "cree")]
    dossier = stored()
    assert dossier.libelle_corps == "Professeur des écoles"
    held = dossier.echelons[0]
    assert (held.echelon, str(held.date_effet), held.mode) == ("7", "2024-09-01", "anciennete")
    assert (held.source, str(held.lu_le)) == ("AGAPE", "2026-11-12")
    assert (dossier.positions[0].modalite, dossier.positions[0].quotite) == ("Temps complet", 100)
    assert dossier.affectations[0].etablissement == "École des Prés"


def test_p11_the_sector_of_a_school_is_kept_and_no_other_word_is_taken_for_one(import_):
    assert import_(row(secteur="Privé")).accepted == [("R100", "cree")]
    assert stored().affectations[0].secteur == "prive"
    (fault,) = import_(row(secteur="mixte")).refused
    assert (fault.column, "public" in fault.remedy) == ("secteur", True)
    assert stored().affectations[0].secteur == "prive"


def test_several_rows_give_a_history_in_order(import_):
    older = {
        "numero": "R100",
        "grade": "classe_normale",
        "echelon": "6",
        "date_effet": "2021-09-01",
    }
    assert import_(row(), older).accepted == [("R100", "cree")]
    assert [held.echelon for held in stored().echelons] == ["6", "7"]
    assert len(stored().positions) == 1


def test_importing_the_same_file_again_changes_nothing(import_):
    import_(row())
    assert import_(row()).accepted == [("R100", "inchange")]


def test_a_corrected_file_replaces_what_it_says_and_keeps_the_rest(import_, dossiers, now):
    save_dossier(dossiers["D0001"].model_copy(update={"numero": "R100"}), "test", now)
    assert import_(row(position="", position_debut="")).accepted == [("R100", "modifie")]
    dossier = stored()
    assert dossier.identite.prenom == "Zoé"
    assert dossier.positions == dossiers["D0001"].positions
    assert dossier.rendez_vous == dossiers["D0001"].rendez_vous


@pytest.mark.parametrize("separator", [";", ","])
def test_both_separators_are_read(database, now, separator):
    report = import_dossiers(file_of(row(), separator=separator), "test", now)
    assert report.accepted == [("R100", "cree")]


@pytest.mark.parametrize(
    ("changes", "column", "reason"),
    [
        ({"date_effet": "1995-09-01"}, "date_effet", "précède les 16 ans"),
        ({"entree_corps": "1990-09-01"}, "entree_corps", "précède les 16 ans"),
        ({"titularisation": "2009-09-01"}, "titularisation", "précède l’entrée dans le corps"),
        ({"position_fin": "2010-09-01"}, "position_fin", "précède le début"),
        ({"affectation_fin": "2010-09-01"}, "affectation_fin", "précède le début"),
        ({"date_naissance": "2085-03-14"}, "date_naissance", "suit la lecture"),
        ({"date_naissance": "14 mars 1985"}, "date_naissance", "n’est pas une date"),
        ({"date_effet": "31/02/2024"}, "date_effet", "n’est pas une date"),
        ({"corps": "astronaute"}, "corps", "n’est pas connu"),
        ({"grade": "hors_norme"}, "grade", "n’existe pas"),
        ({"echelon": "12"}, "echelon", "hors de la grille"),
        ({"echelon": ""}, "echelon", "manque"),
        ({"chevron": "HEA1"}, "chevron", "pas de chevron"),
        ({"reliquat_jours": "-1"}, "reliquat_jours", "n’est pas possible"),
        ({"reliquat_jours": "99999999999"}, "reliquat_jours", "n’est pas possible"),
        ({"quotite": "quatre-vingts"}, "quotite", "n’est pas un nombre"),
        ({"quotite": "180"}, "quotite", "pas un pourcentage"),
        ({"affectation_quotite": "-5"}, "affectation_quotite", "pas un pourcentage"),
        ({"academie": "99"}, "academie", "n’est pas connue"),
        ({"civilite": "Docteur"}, "civilite", "n’est pas admise"),
        ({"mode": "piston"}, "mode", "n’est pas admise"),
        ({"prenom": ""}, "prenom", "manque"),
        ({"nom": "x" * 101}, "nom", "101 caractères, 100 au plus"),
        ({"etablissement": "x" * 1000}, "etablissement", "150 au plus"),
        ({"nom": "Mar\0tin"}, "nom", "caractères de commande"),
        ({"rue": "1 rue\nlongue"}, "rue", "caractères de commande"),
        ({"corps": ""}, "corps", "sans corps"),
        ({"numero": "06E0854321LMN"}, "numero", "NUMEN"),
        ({"numero": "x" * 21}, "numero", "20 au plus"),
    ],
)
def test_a_bad_row_is_refused_with_line_column_reason_and_remedy(import_, changes, column, reason):
    report = import_(row(numero="R099"), row(**changes))
    assert report.accepted == [("R099", "cree")]
    fault = next(fault for fault in report.refused if fault.column == column)
    assert fault.line == 3
    assert reason in fault.reason
    assert fault.remedy
    assert report.refused_people == 1
    assert stored(changes.get("numero", "R100")) is None


def test_one_bad_row_refuses_the_whole_person(import_):
    bad = {"numero": "R100", "grade": "classe_normale", "echelon": "42", "date_effet": "2021-09-01"}
    report = import_(row(), bad, row(numero="R101"))
    assert report.accepted == [("R101", "cree")]
    assert [(fault.line, fault.column) for fault in report.refused] == [(3, "echelon")]
    assert stored() is None


def test_rows_of_one_person_that_disagree_are_refused(import_):
    report = import_(row(), row(nom="Durand", date_effet="2021-09-01", echelon="6"))
    assert [(fault.line, fault.column) for fault in report.refused] == [(3, "nom")]
    assert "contredit celle de la ligne 2" in report.refused[0].reason


def test_a_row_without_number_is_refused(import_):
    report = import_(row(numero=""), row())
    assert [(fault.line, fault.column) for fault in report.refused] == [(2, "numero")]
    assert report.accepted == [("R100", "cree")]


def test_lines_are_counted_as_the_file_shows_them(import_):
    report = import_(row(rue='une rue\nsur deux lignes "A"'), row(numero="R101", echelon="42"))
    assert {fault.line for fault in report.refused} == {2, 4}


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "=cmd|'/C calc'!A0",
                                  "'; DROP TABLE agents; --", "{{ 7*7 }}"])  # fmt: skip
def test_hostile_text_is_kept_as_data(import_, text):
    assert import_(row(nom=text)).accepted == [("R100", "cree")]
    assert stored().identite.nom == text


def test_a_character_that_nobody_sees_is_refused_at_its_line(import_):
    report = import_(row(nom="D\u202e"), row(numero="R101"))
    [fault] = report.refused
    assert (fault.line, fault.column) == (2, "nom")
    assert report.accepted == [("R101", "cree")]


def test_a_person_without_corps_is_accepted_without_echelon(import_):
    report = import_(row(corps="", grade="", echelon="", date_effet="", statut="Contractuel"))
    assert report.accepted == [("R100", "cree")]
    assert (stored().corps, stored().echelons) == (None, ())


def test_an_echelon_before_the_tables_is_stored_without_being_judged(import_):
    old = row(grade="hors_classe", echelon="6", date_effet="2012-09-01", corps="agrege")
    assert import_(old).accepted == [("R100", "cree")]


def test_a_person_changed_meanwhile_is_reported_and_the_others_go_on(import_, monkeypatch, now):
    import_(row())
    saved = imports.save_files

    def overtaken(*lot):
        monkeypatch.undo()
        import_(row(prenom="Inès"))
        return saved(*lot)

    monkeypatch.setattr(imports, "save_files", overtaken)
    report = import_(row(prenom="Ana"), row(numero="R101"))
    [fault] = report.refused
    assert (fault.line, "modifiées entre-temps" in fault.reason) == (2, True)
    assert report.accepted == [("R101", "cree")]
    assert stored().identite.prenom == "Inès"


def test_checking_writes_nothing(import_):
    assert import_(row(), only_check=True).accepted == [("R100", "inchange")]
    assert stored() is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "manque des colonnes"),
        (b"numero;nom\n", "manque des colonnes"),
        (file_of(row(salaire="1")), "ne sont pas connues : salaire"),
        (file_of(row()).replace(b"numero", b"prenom"), "manque"),
        (file_of(row(), encoding="cp1252"), "pas en UTF-8"),
        (file_of(row()) + b'"R101;"x";', "plus lisible"),
        (file_of(row(nom="x" * 200_000)), "plus lisible"),
        (bytes(range(256)) * 100, "UTF-8"),
    ],
)
def test_a_file_that_is_not_one_is_refused_as_a_whole(database, now, content, reason):
    with pytest.raises(InputError) as caught:
        import_dossiers(content, "test", now)
    assert reason in str(caught.value).replace("\u00a0", " ")
    assert stored() is None


def test_real_people_do_not_join_fictitious_ones(import_):
    with db.writing() as session:
        marks.mark(session, marks.SAMPLE, "test")
    with pytest.raises(Refused, match="fictives"):
        import_(row())

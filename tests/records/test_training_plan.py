"""A plan of training given to an installation: wholly taken or refused; searched by its academy."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from click.testing import CliRunner
from sqlalchemy import func, select

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.paths import SAMPLE
from iprof_kit.commands.desk.training import formation
from iprof_kit.records import database as db
from iprof_kit.records.journal import audit
from iprof_kit.records.training.plans import PlanSession
from iprof_kit.services.access.accounts import close_session, open_session, session_of
from iprof_kit.services.contract.formation import MOST_CHOSEN, MOST_SHOWN
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.training import importing
from iprof_kit.services.training.importing import Plan, import_plan, plan_of
from iprof_kit.services.training.sample import load_sample_plan

CLERMONT = Plan("06", 2026)
HEAD = (
    "dispositif;module;intitule;session;theme;niveau;degre;debut;heure_debut;heure_fin;heures;lieu;"
    "modalite;public\n"
)
LIRE = "26A0060012;41003;Lire des albums;S1;Français;Cycle 2;1d;12/01/2027;9h;12:00;3;Moulins;Présentiel;individuelle\n"  # noqa: E501
CODER = "26A0060013;41004;Écrire du code à 100 %;S1;Numérique;Collège;2d;2027-02-03;;;6;;À distance;désigné\n"  # noqa: E501
SOFIA = (
    "Dispositif : code,Dispositif : libellé,Module : code,Module : libellé,Groupe : identifiant,"
    "Groupe : libellé,Session,Début,Fin,Durée,Modalité,UAI,Lieu,"
    "Préinscriptions : Préinscrits : nombre maximal,Préinscriptions : Publication : début,"
    "Préinscriptions : Publication : fin\n"
    "26A0130001,Climat scolaire,75003,Prévenir le harcèlement,G16,Charente,S1,2027-01-12 09:00,"
    "2027-01-12 16:30,6h,Présentiel,0160106D,Angoulême,20,2026-11-16,2026-12-11\n"
    "26A0130001,Climat scolaire,75003,Prévenir le harcèlement,G16,Charente,S2,46399.375,"
    "46399.5,3h00,Distanciel synchrone,0160106D,,20,,\n"
)
"""The header of an export « plan et sessions », with its days as a text and as a number."""
MON_PAF = (
    "code;libelle;dispositif;modalite;public_cible;contenu;objectifs;periode;theme_code;"
    "theme_origine;duree\n"
    "41010;Lire une carte;26A0200007;P;EC;Le contenu;Les objectifs;printemps;HG01;A20;12\n"
)
"""The header of the table of modules of Amiens' mon-paf."""


def given(content, now, plan=CLERMONT, **options):
    return import_plan(content.encode(), plan, "essai", now, **options)


def stored():
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(PlanSession))


def session_named(title):
    with db.reading() as session:
        return session.scalar(select(PlanSession).where(PlanSession.intitule == title))


def notes():
    with db.reading() as session:
        lines = audit.lines(session, last=200)
        return sum(line.action == "plan_formation_importe" for line in lines)


def titles(read):
    return [one.intitule for one in read.formations]


def test_the_columns_of_the_kit_are_read_with_days_hours_and_words_as_people_write_them(jean, now):
    report = given(HEAD + LIRE + CODER, now)
    assert (report.recognised, report.added, report.refused) == ("kit", 2, [])
    first, second = jean("formation_chercher").formations
    assert (first.debut, first.fin) == (date(2027, 1, 12), date(2027, 1, 12))
    assert (first.heure_debut, first.heure_fin, first.heures) == ("09:00", "12:00", 3)
    assert (first.modalite, first.public, second.modalite, second.public) == (
        "presentiel", "individuelle", "distance", "designe",
    )  # fmt: skip


def test_the_columns_of_a_sofia_export_are_recognised_whatever_its_days_are_written(jean, now):
    report = given(SOFIA, now)
    assert (report.recognised, report.added) == ("sofia-fmo", 2)
    assert "UAI" in report.left_aside
    first, second = jean("formation_chercher").formations
    assert (first.groupe, first.session, first.heures, first.lieu) == ("G16", "S1", 6, "Angoulême")
    assert (first.heure_debut, first.heure_fin) == ("09:00", "16:30")
    assert first.inscription_au == date(2026, 12, 11)
    assert (second.debut, second.heure_debut, second.heure_fin) == (
        date(2027, 1, 12), "09:00", "12:00",
    )  # fmt: skip
    assert (second.modalite, second.heures) == ("distance", 3)


def test_the_columns_of_mon_paf_are_recognised_and_nothing_is_guessed_of_its_codes(jean, now):
    report = given(MON_PAF, now)
    assert (report.recognised, report.added, report.undated) == ("mon-paf", 1, 1)
    (one,) = jean("formation_chercher").formations
    assert (one.module, one.dispositif, one.heures) == ("41010", "26A0200007", 12)
    assert (one.debut, one.precision, one.modalite, one.public) == (None, "printemps", "", "")


def test_the_same_file_again_changes_nothing_and_another_only_where_that_is_asked(jean, now):
    given(HEAD + LIRE + CODER, now)
    again = given(HEAD + LIRE + CODER, now + timedelta(days=1))
    assert (again.added, again.removed, again.unchanged, notes()) == (0, 0, 2, 1)
    other = HEAD + LIRE.replace("Moulins", "Vichy")
    refused = given(other, now).refused
    assert [(fault.line, fault.column) for fault in refused] == [(2, "session")]
    replaced = given(other, now, replace=True)
    assert (replaced.added, replaced.removed, stored()) == (1, 2, 1)
    assert jean("formation_chercher").formations[0].lieu == "Vichy"


def test_a_try_writes_nothing(database, now):
    assert given(HEAD + LIRE, now, only_check=True).added == 1
    assert (stored(), notes()) == (0, 0)


@pytest.mark.parametrize(
    ("row", "column"),
    [
        (LIRE, "session"),
        (CODER.replace("2027-02-03", "2027-02-30"), "debut"),
        (CODER.replace("2027-02-03", "bientôt"), "debut"),
        (CODER.replace(";;;6", ";25h;;6"), "heure_debut"),
        (CODER.replace(";;;6", ";16:00;9:00;6"), "fin"),
        (CODER.replace(";;;6", ";;;beaucoup"), "heures"),
        (CODER.replace("désigné", "tout le monde"), "public"),
        (CODER.replace("2d", "3d"), "degre"),
        (CODER.replace("26A0060013", "26A 0060013"), "dispositif"),
        (CODER.replace("41004", ""), "module"),
        (CODER.replace("Écrire du code à 100 %", ""), "intitule"),
        (CODER.replace("Écrire", '=HYPERLINK("http://exemple.org")'), "intitule"),
        (CODER.replace("Écrire", "@SUM(A1)"), "intitule"),
        (CODER.replace("Écrire", "\x1b[2J"), "intitule"),
        (CODER.replace("Écrire", "x" * 251), "intitule"),
        ("26A0060013;41004\n", ""),
    ],
)
def test_one_fault_refuses_the_file_with_its_line_its_column_and_what_to_do(
    database, now, row, column
):
    refused = given(HEAD + LIRE + row, now).refused
    assert (refused[0].line, refused[0].column) == (3, column)
    assert all(fault.reason and fault.remedy for fault in refused)
    assert (stored(), notes()) == (0, 0)


def test_a_file_that_is_not_utf_8_is_refused_with_what_to_do(database, now):
    with pytest.raises(InputError, match="UTF-8"):
        import_plan((HEAD + LIRE).encode("cp1252"), CLERMONT, "essai", now)


def test_a_header_that_nobody_knows_is_refused(database, now):
    with pytest.raises(InputError, match="colonnes"):
        given("titre;date\nLire;2027-01-12\n", now)


def test_a_file_too_long_is_refused_whole(database, now, monkeypatch):
    monkeypatch.setattr(importing, "PLAN", replace(importing.PLAN, largest=100))
    with pytest.raises(InputError, match="dépasse"):
        given(HEAD + LIRE, now)
    monkeypatch.undo()
    monkeypatch.setattr(importing, "PLAN", replace(importing.PLAN, most_rows=1))
    with pytest.raises(InputError, match="1 au plus"):
        given(HEAD + LIRE + CODER, now)
    monkeypatch.undo()
    monkeypatch.setattr(importing, "MOST_STORED", 1)
    with pytest.raises(InputError, match="garderait plus de 1"):
        given(HEAD + LIRE + CODER, now)
    assert stored() == 0


def test_a_file_of_50_megabytes_is_refused_unread(tmp_path):
    file = tmp_path / "plan.csv"
    with file.open("wb") as written:
        written.truncate(50_000_000)
    answer = CliRunner().invoke(
        formation, ["importer", str(file), "--academie", "06", "--annee", "2026"]
    )
    assert isinstance(answer.exception, InputError)
    assert "dépasse 10 Mo" in str(answer.exception)


@pytest.mark.parametrize(
    ("academie", "annee"), [("Brest", 2026), ("06", 2019), ("06", 2028), ("", 2026)]
)
def test_a_plan_is_of_a_known_academy_and_of_a_year_begun_or_next(now, academie, annee):
    with pytest.raises(InputError) as refused:
        plan_of(academie, annee, now)
    assert refused.value.remedy


def test_an_academy_is_named_by_its_code_or_its_name(now):
    assert plan_of("clermont-ferrand", 2026, now) == plan_of("06", 2026, now) == CLERMONT


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"texte": "ALBUMS lire"}, ["Lire des albums"]),
        ({"texte": "41004"}, ["Écrire du code à 100 %"]),
        ({"texte": "100 %"}, ["Écrire du code à 100 %"]),
        ({"texte": "_"}, []),
        ({"theme": "Français"}, ["Lire des albums"]),
        ({"niveau": "Collège"}, ["Écrire du code à 100 %"]),
        ({"lieu": "Moulins"}, ["Lire des albums"]),
        ({"modalite": "distance"}, ["Écrire du code à 100 %"]),
        ({"public": "individuelle"}, ["Lire des albums"]),
        ({"degre": "2d"}, ["Écrire du code à 100 %"]),
        ({"du": "2027-01-13"}, ["Écrire du code à 100 %"]),
        ({"theme": "Français", "modalite": "distance"}, []),
    ],
)
def test_a_search_finds_what_all_its_criteria_ask(jean, now, asked, expected):
    given(HEAD + LIRE + CODER, now)
    read = jean("formation_chercher", **asked)
    assert (titles(read), read.total, read.sessions) == (expected, len(expected), 2)


@pytest.mark.parametrize(
    ("at", "seen"),
    [
        (datetime(2027, 1, 12, 22, 59, tzinfo=UTC), 2),
        (datetime(2027, 1, 12, 23, 0, tzinfo=UTC), 1),
    ],
    ids=["its last minute in Paris", "the day after in Paris"],
)
def test_a_session_is_left_out_once_its_day_is_over(jean, now, at, seen):
    given(HEAD + LIRE + CODER, now)
    assert jean("formation_chercher", at).total == seen


@pytest.mark.parametrize(
    ("at", "sessions"),
    [(datetime(2027, 8, 31, 21, 59, tzinfo=UTC), 2), (datetime(2027, 8, 31, 22, tzinfo=UTC), 0)],
    ids=["the last minute of the year", "the first of the next one"],
)
def test_the_plan_of_a_year_that_is_over_is_told_and_not_shown(jean, now, at, sessions):
    given(HEAD + LIRE + CODER, now)
    read = jean("formation_chercher", at)
    assert (read.sessions, read.dernier) == (sessions, 2026)


def test_one_reads_a_page_at_a_time_and_what_one_chose_again(jean, now):
    many = "".join(LIRE.replace(";S1;", f";S{n};") for n in range(MOST_SHOWN + 1))
    given(HEAD + many, now)
    first, last = jean("formation_chercher"), jean("formation_chercher", page=2)
    assert (len(first.formations), len(last.formations), first.total) == (
        MOST_SHOWN,
        1,
        MOST_SHOWN + 1,
    )
    chosen = last.formations[0].cle
    again = jean("formation_chercher", texte="rien", cles=[chosen, "06.2026.partie"])
    assert [one.cle for one in again.relues] == [chosen]


def test_the_plan_of_another_academy_is_not_read(jean, now):
    given(HEAD + LIRE, now, Plan("14", 2026))
    key = session_named("Lire des albums").cle
    read = jean("formation_chercher", cles=[key])
    assert (read.sessions, read.formations, read.relues) == (0, (), ())


def test_another_teacher_of_the_academy_reads_the_same_plan_which_is_nobody_s(jean, teachers, now):
    given(HEAD + LIRE + CODER, now)
    other = run(teachers["jdupont2"], "formation_chercher", {}, now)
    assert other == jean("formation_chercher")


def test_a_stranger_and_who_has_logged_out_read_no_plan(jean, now):
    token = open_session("jdupont", now)
    close_session(token, now)
    for nobody in (None, session_of(token, now)):
        with pytest.raises(NotLoggedIn, match="ce plan de formation ne s’ouvre"):
            run(nobody, "formation_chercher", {}, now)


ROLES = ("gestionnaire", "evaluateur", "analyste", "formateur", "administrateur")


@pytest.mark.parametrize(
    "less",
    [{"roles": (role,)} for role in ROLES] + [{"numero_dossier": None}],
)
def test_another_role_and_who_has_no_file_read_no_plan(jean, teachers, now, less):
    with pytest.raises(Refused, match="n’ouvre pas de dossier"):
        run(replace(teachers["jdupont"], **less), "formation_chercher", {}, now)


@pytest.mark.parametrize(
    "args",
    [
        {"texte": "x" * 81},
        {"page": 0},
        {"page": 5_001},
        {"modalite": "ici"},
        {"cles": ["x"] * (MOST_CHOSEN + 1)},
        {"academie": "14"},
        {"numero": "D0003"},
    ],
)
def test_what_is_asked_is_bounded(jean, args):
    with pytest.raises(InputError):
        jean("formation_chercher", **args)


def test_the_command_says_each_fault_and_ends_with_its_code(database, tmp_path):
    file = tmp_path / "plan.csv"
    options = ["--academie", "06", "--annee", "2026"]
    file.write_text(HEAD + LIRE + LIRE, encoding="utf-8")
    refused = CliRunner().invoke(formation, ["importer", str(file), *options])
    assert (refused.exit_code, stored()) == (1, 0)
    assert "Ligne 3, colonne session" in refused.output
    file.write_text(HEAD + LIRE, encoding="utf-8")
    taken = CliRunner().invoke(formation, ["importer", str(file), *options])
    assert (taken.exit_code, stored()) == (0, 1)
    assert "1 session ajoutée" in taken.output


def test_the_sample_has_300_sessions_that_say_that_they_are_fictitious(jean, now):
    report = load_sample_plan(now)
    assert (report.added, report.refused, load_sample_plan(now).added) == (300, [], 0)
    with db.reading() as session:
        for one in session.scalars(select(PlanSession)):
            assert one.dispositif[2] == "Z"
            assert "fictif" in one.lieu or one.modalite == "distance"
    read = jean("services_lire")
    assert {one["id"] for one in read.ajoutees} == {"formation_1d_2027", "formation_2d_2027"}


def test_the_file_of_the_sample_is_what_its_script_writes():
    from runpy import run_path

    made = run_path(str(SAMPLE.parent.parent / "tools" / "sample_training.py"))["rows"]()
    lines = (SAMPLE / "formation.csv").read_text(encoding="utf-8").splitlines()[1:]
    assert [";".join(map(str, row)) for row in made] == lines

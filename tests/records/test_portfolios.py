"""`iprof portefeuille`, `iprof courrier`: who follows whom, imported, handed over, counted."""

import csv
import io
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from record_pieces import TEAM_B
from sqlalchemy import select, text

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.commands.desk import courrier as courrier_commands
from iprof_kit.commands.desk import portfolios as portfolio_commands
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Portfolio
from iprof_kit.records.journal import audit
from iprof_kit.services.desk import figures
from iprof_kit.services.desk.portfolios import hand_over, import_portfolios, left_out

DAY = timedelta(days=1)
HEAD = "compte;service;academie;departement;corps;du;au\n"


@pytest.fixture
def desks(manager):
    """Two managers: the first follows the écoles of the Puy-de-Dôme, the second nobody yet."""
    first = manager("gmorel", ("06", "063", "pe"))
    second = manager("groche", ("10",), service="Division de Lyon")
    return first, second


def imported(lines, now, **words):
    return import_portfolios((HEAD + lines).encode(), "test", now, **words)


def stored():
    with db.reading() as session:
        query = select(Portfolio.service, Portfolio.academie, Portfolio.departement,
                       Portfolio.corps, Portfolio.du, Portfolio.au)  # fmt: skip
        return [tuple(row) for row in session.execute(query.order_by(Portfolio.id))]


def test_a_file_is_imported_once_and_says_who_is_left_out(desks, dossiers, now):
    lines = "groche;Équipe C;06;003;pe;2026-12-01;31/08/2027\n"
    report = imported(lines, now)
    assert (report.added, report.unchanged, report.refused) == (1, 0, [])
    assert stored()[-1] == ("Équipe C", "06", "003", "pe", date(2026, 12, 1), date(2027, 8, 31))
    again = imported(lines, now)
    assert (again.added, again.unchanged) == (0, 1)
    assert report.day == date(2026, 12, 1)
    assert report.left_out == {}
    assert left_out(date(2027, 9, 1)) == {("06", "003", "pe"): 1}  # Julie Dupont
    with db.reading() as session:
        [line] = audit.lines(session, subject="compte:groche", last=1)
        assert line.action == "portefeuille_attribue"


def test_a_trial_writes_nothing(desks, now):
    before = stored()
    assert imported("groche;Équipe C;06;003;;2026-12-01;\n", now, only_check=True).added == 1
    assert stored() == before


MEETS = (
    f"« {TEAM_B} » suit déjà ces personnes à ces dates (gmorel : académie 06, département 063, "
    "corps pe)"
)
WRONG = [
    ("nemo;S;06;;;2026-12-01;", "compte", "ce compte n’existe pas"),
    ("jdupont;S;06;;;2026-12-01;", "compte", "ce compte n’est pas d’un gestionnaire"),
    ("groche;S;99;;;2026-12-01;", "academie", "cette académie n’est pas connue"),
    ("groche;S;06;069;;2026-12-01;", "departement", "ce département n’est pas de cette académie"),
    ("groche;S;06;;zz;2026-12-01;", "corps", "ce corps n’est pas connu"),
    ("groche;S;06;;;2026-12-01;2026-11-30", "au", "le dernier jour précède le premier"),
    ("groche;S;06;;;;", "du", "la valeur manque"),
    ("groche;S;06;;;demain;", "du", "« demain » n’est pas une date (2024-09-01 ou 01/09/2024)"),
    (f"groche;{'S' * 151};06;;;2026-12-01;", "service", "ce nom compte 151 caractères"),
    ("groche;S;06;063;;2026-12-01;", "", MEETS),
]  # fmt: skip


def test_each_wrong_line_is_named_and_nothing_of_the_file_is_stored(desks, now):
    before = stored()
    for line, column, reason in WRONG:
        report = imported(f"groche;Bon;06;015;pe;2026-12-01;\n{line}\n", now)
        [fault] = report.refused
        assert (fault.line, fault.column) == (3, column)
        assert fault.reason.replace("\xa0", " ") == reason
        assert report.added == 0
    assert stored() == before


def test_two_lines_of_one_file_that_overlap_are_refused(desks, now):
    lines = "groche;Un;06;003;pe;2026-12-01;\ngroche;Deux;06;003;;2027-01-01;\n"
    [fault] = imported(lines, now).refused
    assert fault.line == 3
    one_after_the_other = lines.replace("2026-12-01;\n", "2026-12-01;2026-12-31\n")
    assert imported(one_after_the_other, now).added == 2


def test_a_team_of_one_service_shares_its_people(desks, now):
    assert imported(f"groche;{TEAM_B};06;063;pe;2026-12-01;\n", now).added == 1


def test_a_file_of_another_shape_is_refused_as_a_whole(desks, now):
    for content in (b"compte;service\n", "compte;é".encode("latin-1"), b"\x00"):
        with pytest.raises(InputError):
            import_portfolios(content, "test", now)
    with pytest.raises(InputError, match="lignes"):
        imported("groche;S;06;003;;2026-12-01;\n" * 5_001, now)


def test_what_is_going_on_is_handed_over_and_the_person_reads_it(desks, written, jean, now):
    morel, roche = desks
    name = written()
    done = hand_over("gmorel", "groche", now.date() + DAY, "test", now, "Équipe C")
    assert (done.portfolios, done.people, done.threads) == (1, 1, 1)
    assert morel("bureau_fil", id=name).personne == "Jean Dupont"
    for desk, when in ((roche, now), (morel, now + DAY)):
        with pytest.raises(Refused):
            desk("bureau_fil", when, id=name)
    shown = roche("bureau_fil", now + DAY, id=name).lu
    assert [one.acte for one in shown.evenements] == ["envoyer", "transmettre"]
    assert roche("bureau", now + DAY).fils[0].jours == 1
    read = jean("courrier_fil", now + DAY, id=name).evenements[1]
    assert read.texte.replace("\xa0", " ") == (
        "À partir du 26 novembre 2026, votre dossier est suivi par : Équipe C."
    )
    assert jean("courrier", now + DAY).correspondant.service == "Équipe C"
    assert stored()[0][-1] == now.date()  # closed, not deleted
    with db.reading() as session:
        [line] = audit.lines(session, subject="compte:groche", last=1)
        assert line.action == "portefeuille_transmis"


def test_a_colleague_of_the_same_service_takes_over_without_a_word_to_people(desks, written, now):
    _, roche = desks
    name = written()
    hand_over("gmorel", "groche", now.date(), "test", now)
    assert [one.acte for one in roche("bureau_fil", id=name).lu.evenements] == ["envoyer"]


def test_a_portfolio_that_has_not_begun_changes_hands_as_it_is(desks, now):
    imported("gmorel;Équipe C;06;003;pe;2027-01-01;\n", now)
    hand_over("gmorel", "groche", date(2026, 12, 1), "test", now)
    ours = [row[2:] for row in stored() if row[1] == "06"]
    assert ours == [
        ("063", "pe", None, date(2026, 11, 30)),
        ("003", "pe", date(2027, 1, 1), None),
        ("063", "pe", date(2026, 12, 1), None),
    ]


@pytest.mark.parametrize(
    ("sender", "receiver", "days", "service", "match"),
    [
        ("gmorel", "nemo", 1, "", "n’existe pas"),
        ("gmorel", "jdupont", 1, "", "n’est pas d’un gestionnaire"),
        ("gmorel", "gmorel", 1, "", "le même compte"),
        ("gmorel", "groche", -1, "", "passé"),
        ("gmorel", "groche", 1, "S" * 151, "151 caractères"),
    ],
)
def test_a_hand_over_that_cannot_be_is_refused(desks, now, sender, receiver, days, service, match):
    before = stored()
    with pytest.raises(InputError, match=match):
        hand_over(sender, receiver, now.date() + days * DAY, "test", now, service)
    assert stored() == before


def test_a_hand_over_never_meets_another_service(desks, manager, now):
    manager("gtissot", ("06", "063", "pe"))  # of the same service as gmorel: a team
    with pytest.raises(InputError, match="suit déjà"):
        hand_over("gmorel", "groche", now.date(), "test", now, "Une autre équipe")


def invoked(command, *arguments):
    result = CliRunner().invoke(command, arguments, catch_exceptions=False)
    return result.exit_code, result.output.replace("\xa0", " ")


def test_the_commands_list_import_and_count(desks, written, tmp_path):
    written()
    assert "gmorel" in invoked(portfolio_commands.portefeuille, "list")[1]
    file = tmp_path / "p.csv"
    file.write_text(HEAD + "nemo;S;06;003;;2026-12-01;\n", encoding="utf-8")
    code, printed = invoked(portfolio_commands.portefeuille, "importer", str(file))
    assert code == 1
    assert "Ligne 2, colonne compte : ce compte n’existe pas." in printed
    assert "1 ligne refusée, rien n’est enregistré." in printed
    counted = invoked(portfolio_commands.portefeuille, "statistiques")[1]
    assert f"{TEAM_B} : 1 personne, 1 compte" in counted
    assert "1 personne que nul ne suit aujourd’hui" in counted  # Julie Dupont
    counted = invoked(courrier_commands.courrier, "statistiques")[1]
    assert f"{TEAM_B} : 1 fil en attente" in counted


def test_a_thread_of_a_person_whom_nobody_follows_is_counted(desks, written, now):
    written()
    assert figures.nobodys(now) == 0
    with db.writing() as session:
        session.execute(text("UPDATE portfolios SET au = '2026-11-01' WHERE academie = '06'"))
    assert figures.nobodys(now) == 1


def test_the_officer_reads_which_account_did_what_and_no_words(desks, written, now, tmp_path):
    morel, _ = desks
    name = written(texte="Secret de la personne")
    morel("bureau_agir", now + DAY, id=name, acte="repondre", texte="Oui.", vus=1, puis_clore=True,
          cle="cle-reponse")  # fmt: skip
    out = io.BytesIO()
    assert figures.export(out, "test", now) == 3
    written_text = out.getvalue().decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(written_text), delimiter=";"))
    assert [(row["acte"], row["compte"]) for row in rows] == [
        ("envoyer", "jdupont"), ("repondre", "gmorel"), ("clore", "gmorel"),
    ]  # fmt: skip
    assert "Secret" not in written_text
    assert figures.export(io.BytesIO(), "test", now, since=now.date() + 2 * DAY) == 0
    with db.reading() as session:
        assert audit.lines(session, last=1)[0].action == "courrier_exporte"


def test_an_export_never_overwrites_and_says_what_is_wrong(desks, tmp_path):
    for arguments, match in (
        ([str(tmp_path / "x.txt")], "format"),
        ([str(tmp_path / "x.csv"), "--depuis", "2026-12-02", "--jusqua", "2026-12-01"], "précède"),
    ):
        with pytest.raises(InputError, match=match):
            invoked(courrier_commands.courrier, "export", *arguments)
    assert invoked(courrier_commands.courrier, "export", str(tmp_path / "x.csv"))[0] == 0
    with pytest.raises(InputError):
        invoked(courrier_commands.courrier, "export", str(tmp_path / "x.csv"))

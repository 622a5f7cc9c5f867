"""The evaluator's side: her portfolio of the day alone, projects shown, read, and erased."""

import io
import json
from dataclasses import replace
from datetime import date, timedelta
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from sqlalchemy import select, text

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.commands.desk.portfolios import portefeuille
from iprof_kit.law.career.meetings_procedure import held_later
from iprof_kit.records import database as db
from iprof_kit.records.evaluation.projects import EvaluatorPortfolio, OpinionProject
from iprof_kit.records.journal import audit
from iprof_kit.services.access.accounts import (
    NewAccount,
    close_session,
    create_account,
    open_session,
    session_of,
)
from iprof_kit.services.access.login import identity_of
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.evaluation import EVALUATION_OPERATIONS
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.evaluation.keeping import erase_past, erased_on
from iprof_kit.services.evaluation.portfolios import close, import_portfolios
from iprof_kit.services.evaluation.reach import outside
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.own_data.archive import write_archive

DAY = timedelta(days=1)
LEA, MATTER = "D0019", "rdv-2-2026"
ABOUT = {"dossier": LEA, "objet": MATTER}
CONTENT = {"entretien": "12/01/2027", "niveaux": {"inspection-1": "excellent"},
           "texte": "Une séance construite."}  # fmt: skip
INSPECTION = {"part": "inspection", "academie": "25", "discipline": "Anglais"}
HEAD = {"part": "chef", "academie": "25", "uai": "0929999X"}
HEADER = "compte;partie;academie;departement;corps;uai;discipline;du;au\n"


def orders():
    """Return an order of every operation, about one person."""
    return {
        "evaluations": {},
        "evaluation": ABOUT,
        "evaluation_garder": ABOUT | {"contenu": CONTENT, "revision": 0, "cle": "cle-garder"},
        "evaluation_montrer": ABOUT | {"revision": 1, "cle": "cle-montrer"},
        "evaluation_effacer": ABOUT,
    }


@pytest.fixture
def lea(teachers, dossiers, now):
    """Return a function: an operation asked by Léa Fontaine, who teaches English."""
    save_dossier(dossiers[LEA], "test", now)
    new = NewAccount("lfontaine", ("enseignant",), LEA, password="quatre mots sans lien")
    create_account(new, "test", now)
    identity = session_of(open_session("lfontaine", now), now)
    return lambda op, when=now, **args: run(identity, op, args, when)


@pytest.fixture
def evaluator(lea, now):
    """Return a function that makes an evaluator, and returns what she asks of the guichet."""

    def made(compte="einspection", *lines, roles=("evaluateur",)):
        given = [{"du": date(2026, 9, 1), **one} for one in lines or [INSPECTION]]
        new = NewAccount(compte, roles, password="quatre mots sans lien", evaluates=given)
        create_account(new, "test", now)
        identity = session_of(open_session(compte, now), now)
        return lambda op, when=now, **args: run(identity, op, args, when)

    return made


@pytest.fixture
def inspector(evaluator):
    return evaluator()


def kept(ask, revision=0, cle="cle-garder", **content):
    return ask("evaluation_garder", **ABOUT, contenu=CONTENT | content, revision=revision, cle=cle)


def shown(ask, revision=1, cle="cle-montrer", **more):
    return ask("evaluation_montrer", **ABOUT, revision=revision, cle=cle, **more)


def test_every_operation_of_an_evaluator_is_tried_here():
    assert set(orders()) == set(EVALUATION_OPERATIONS)


def test_a_stranger_who_has_left_and_every_other_role_are_refused_everything(
    inspector, teachers, now
):
    kept(inspector)
    token = open_session("einspection", now)
    close_session(token, now)
    others = ("enseignant", "gestionnaire", "analyste", "formateur", "administrateur")
    for op, args in orders().items():
        for nobody in (None, session_of(token, now)):
            with pytest.raises(NotLoggedIn):
                run(nobody, op, args, now)
        for role in others:
            with pytest.raises(Refused):
                run(replace(teachers["jdupont"], roles=(role,)), op, args, now)
    with pytest.raises(NotLoggedIn):
        run(None, "projets_avis", {}, now)


NOT_HERS = {
    "another subject": INSPECTION | {"discipline": "Mathématiques"},
    "another academy": INSPECTION | {"academie": "06"},
    "another place": HEAD | {"uai": "0929998W"},
    "another corps": {"part": "inspection", "academie": "25", "corps": "pe"},
    "another department": {"part": "inspection", "academie": "25", "departement": "078"},
    "over": INSPECTION | {"au": date(2026, 11, 24)},
    "not begun": INSPECTION | {"du": date(2026, 11, 26)},
}


@pytest.mark.parametrize("line", NOT_HERS.values(), ids=NOT_HERS)
def test_who_is_in_no_portfolio_of_the_day_is_as_if_she_were_not(line, evaluator, lea):
    kept(evaluator())
    other = evaluator("eautre", line)
    for op, args in orders().items():
        if op == "evaluations":
            assert "Fontaine" not in other(op).model_dump_json()
            continue
        with pytest.raises(Refused, match=outside().message):
            other(op, **args)
    with pytest.raises(Refused, match=outside().message):
        other("evaluation", dossier="D9999", objet=MATTER)
    assert lea("projets_avis").en_preparation[0].partie == "inspection"


def test_a_portfolio_opens_on_its_first_day_and_closes_after_its_last(inspector, now):
    with db.writing() as session:
        line = session.scalars(select(EvaluatorPortfolio)).one()
        line.du, line.au = now.date(), now.date() + 2 * DAY
    for when in (now, now + 2 * DAY):
        assert inspector("evaluation", when, **ABOUT).personne.personne == "Léa Fontaine"
    for when in (now - DAY, now + 3 * DAY):
        with pytest.raises(Refused):
            inspector("evaluation", when, **ABOUT)


def test_a_posting_that_is_over_takes_the_person_out_of_the_portfolio(inspector, now):
    with db.writing() as session:
        session.execute(text("UPDATE affectations SET fin = '2026-11-24'"))
    with pytest.raises(Refused):
        inspector("evaluation", **ABOUT)


def test_nobody_evaluates_herself(lea, now):
    with db.writing() as session:
        account = identity_of_lea(session)
        session.add(
            EvaluatorPortfolio(account_id=account.account_id, du=date(2026, 9, 1), **INSPECTION)
        )
    both = replace(account, roles=("enseignant", "evaluateur"))
    assert run(both, "evaluations", {}, now).gens == []
    with pytest.raises(Refused):
        run(both, "evaluation", ABOUT, now)


def identity_of_lea(session):
    from iprof_kit.records.accounts import Account

    account = session.scalars(select(Account).where(Account.compte == "lfontaine")).one()
    return identity_of(account, date(2026, 11, 25))


def test_an_account_whose_role_is_gone_sees_nobody(evaluator):
    other = evaluator("eancien", INSPECTION, roles=("formateur",))
    with pytest.raises(Refused):
        other("evaluations")


def test_what_she_sees_of_a_person_is_what_the_table_opens_and_no_more(inspector):
    (person,) = inspector("evaluations").gens
    assert (person.echelon, person.etablissement) == ("8", "Collège des Coteaux")
    assert [(one.numero, one.annee_scolaire) for one in person.tenus] == [(1, "2021-2022")]
    told = json.dumps(inspector("evaluation", **ABOUT).model_dump(mode="json"))
    for never in ("Nanterre", "quotite", "naissance", "appreciation", "satisfaisant"):
        assert never not in told


@pytest.mark.parametrize("part", [INSPECTION, HEAD])
def test_p03_neither_inspection_nor_head_reads_the_nature_of_an_imported_leave(
    part, evaluator, dossiers, now
):
    leave = (
        dossiers[LEA]
        .positions[-1]
        .model_copy(
            update={
                "position": "Congé de longue durée",
                "motif": "maladie",
                "debut": date(2026, 10, 1),
            }
        )
    )
    held = dossiers[LEA].model_copy(update={"positions": (*dossiers[LEA].positions, leave)})
    save_dossier(held, "test", now)
    asking = evaluator("ehead", part)
    (person,) = asking("evaluations").gens
    assert person.dossier == LEA
    matter = {"dossier": LEA, "objet": MATTER}
    read = [asking("evaluations"), asking("evaluation", **matter)]
    sent = json.dumps([one.model_dump(mode="json") for one in read], ensure_ascii=False).lower()
    for never in ("longue durée", "maladie", "quotite"):
        assert never not in sent


def test_a_project_is_kept_as_it_is_typed_a_date_that_cannot_be_read_too(inspector):
    answer = kept(inspector, entretien="mi-janvier")
    assert (answer.issue, answer.projet.revision) == ("enregistre", 1)
    again = inspector("evaluation", **ABOUT).projet
    assert again.contenu.entretien == "mi-janvier"
    assert again.contenu.niveaux == {"inspection-1": "excellent"}
    assert again.efface_le == date(2027, 11, 1)


def test_two_tabs_lose_nothing(inspector):
    kept(inspector)
    second = kept(inspector, revision=0, cle="cle-autre-onglet", texte="Autre.")
    assert (second.issue, second.projet.contenu.texte) == ("conflit", "Une séance construite.")
    assert kept(inspector, 1, "cle-choisi", texte="Autre.").projet.contenu.texte == "Autre."


def test_head_and_inspection_never_see_the_project_of_each_other(inspector, evaluator, lea):
    kept(inspector)
    head = evaluator("cchef", HEAD)
    answer = head("evaluation", **ABOUT)
    assert (answer.personne.partie, answer.projet) == ("chef", None)
    assert head("evaluations").projets == []
    kept(head, texte="Présente aux conseils.", niveaux={"chef-1": "satisfaisant"})
    assert inspector("evaluation", **ABOUT).projet.contenu.texte == "Une séance construite."
    assert len(inspector("evaluations").projets) == 1
    assert {one.partie for one in lea("projets_avis").en_preparation} == {"chef", "inspection"}


def test_the_person_reads_what_she_is_shown_and_the_moment_is_told(inspector, lea, now):
    kept(inspector)
    before = lea("projets_avis")
    assert before.montres == []
    assert (before.en_preparation[0].objet, before.en_preparation[0].depuis) == (MATTER, now)
    answer = shown(inspector)
    assert (answer.issue, answer.projet.montre_le, answer.projet.vu_le) == ("enregistre", now, None)
    assert answer.recu
    (project,) = lea("projets_avis", now + DAY).montres
    assert (project.partie, project.contenu.texte) == ("inspection", "Une séance construite.")
    lea("projets_avis", now + 2 * DAY)
    assert inspector("evaluation", now + 2 * DAY, **ABOUT).projet.vu_le == now + DAY


def test_what_is_changed_afterwards_is_not_read_before_it_is_shown_again(inspector, lea, now):
    kept(inspector)
    shown(inspector)
    lea("projets_avis")
    changed = kept(inspector, 2, "cle-suite", texte="Réécrit.").projet
    assert changed.change_depuis
    assert lea("projets_avis").montres[0].contenu.texte == "Une séance construite."
    again = shown(inspector, changed.revision, "cle-montrer-2").projet
    assert (again.change_depuis, again.vu_le) == (False, None)
    assert lea("projets_avis").montres[0].contenu.texte == "Réécrit."


def test_a_project_that_changed_elsewhere_or_is_empty_is_not_shown(inspector, lea):
    kept(inspector)
    kept(inspector, 1, "cle-suite", texte="Réécrit.")
    assert shown(inspector, 1).issue == "conflit"
    inspector("evaluation_effacer", **ABOUT)
    with pytest.raises(InputError, match="vide"):
        shown(inspector, 0, "cle-rien")
    assert lea("projets_avis").montres == []


def test_p18_a_field_that_waits_for_a_choice_is_kept_and_nothing_is_shown_before_it(inspector, lea):
    waiting = [{"ou": ["texte"], "ici": "L’autre onglet."}]
    kept(inspector, deux_ecritures=waiting)
    read = inspector("evaluation", **ABOUT).projet.contenu
    assert [(one.ou, one.ici) for one in read.deux_ecritures] == [(["texte"], "L’autre onglet.")]
    with pytest.raises(InputError, match="deux écritures"):
        shown(inspector)
    with pytest.raises(InputError):
        kept(inspector, 1, "cle-invisible", deux_ecritures=[{"ou": ["texte"], "ici": "\u202e"}])
    assert lea("projets_avis").montres == []
    kept(inspector, 1, "cle-choix")
    assert shown(inspector, 2).projet.montre_le


def test_the_person_sees_who_opened_her_file_and_for_what(inspector, lea):
    inspector("evaluation", **ABOUT)
    (line,) = [one for one in lea("consultations").consultations if not one.vous]
    assert line.qui == "Évaluateur"
    assert line.motif.replace("\xa0", " ") == (
        "préparer un avis (inspection), rendez-vous de carrière n° 2, 2026-2027"
    )


def test_an_opinion_is_outside_the_journal_and_the_history(inspector):
    kept(inspector)
    kept(inspector, 1, "cle-suite", texte="Réécrit.")
    shown(inspector, 2)
    with db.reading() as session:
        kept_rows = [
            repr([tuple(row) for row in session.execute(text(f"SELECT * FROM {table}"))])
            for table in ("writes", "audit")
        ]
    assert not any("séance" in rows or "Réécrit" in rows for rows in kept_rows)


def test_erasing_leaves_nothing_of_it(inspector, lea):
    kept(inspector)
    shown(inspector)
    assert inspector("evaluation_effacer", **ABOUT).efface
    assert not inspector("evaluation_effacer", **ABOUT).efface
    with db.reading() as session:
        assert session.scalars(select(OpinionProject)).all() == []
        history = session.execute(text("SELECT subject FROM writes")).scalars()
        assert not [one for one in history if "opinion_projects" in one]
    assert lea("projets_avis").montres == []


def test_p18_what_is_not_shown_is_in_no_archive_and_what_is_shown_is(inspector, lea, now):
    private = ("Trop lent à corriger.", "Avec fougue.", "notable")
    kept(inspector, texte=private[0])
    packed = taken(now)
    assert not [word for word in private[:1] if word in packed]
    assert '"opinion_projects"' not in packed
    shown(inspector)
    kept(inspector, 2, "cle-suite", texte=private[1], niveaux={"inspection-2": "notable"})
    packed = taken(now + DAY)
    assert private[0] in packed
    assert not [word for word in private[1:] if word in packed]


def taken(now):
    """Return all that Léa Fontaine takes away, as one text."""
    out = io.BytesIO()
    write_archive(Owner(LEA, "lfontaine"), out, now)
    with ZipFile(out) as packed:
        tables = [one for one in packed.namelist() if one.startswith("tables/")]
        return "\n".join(packed.read(one).decode("utf-8") for one in tables)


def test_p18_a_note_is_read_by_who_wrote_it_and_by_no_colleague_of_the_same_part(
    inspector, evaluator, lea
):
    kept(inspector, texte="Note de la première.")
    colleague = evaluator("eseconde", INSPECTION)
    assert colleague("evaluation", **ABOUT).projet is None
    assert colleague("evaluations").projets == []
    kept(colleague, texte="Note de la seconde.")
    assert inspector("evaluation", **ABOUT).projet.contenu.texte == "Note de la première."
    colleague("evaluation_effacer", **ABOUT)
    assert len(inspector("evaluations").projets) == 1
    shown(inspector)
    assert [one.contenu.texte for one in lea("projets_avis").montres] == ["Note de la première."]


def test_p18_a_note_of_an_older_version_without_author_stays_with_its_part(inspector):
    kept(inspector)
    with db.writing() as session:
        row = session.scalars(select(OpinionProject)).one()
        row.name = row.name.rpartition(":")[0]
    answer = kept(inspector, 1, "cle-suite", texte="Continué.")
    assert (answer.issue, answer.projet.revision) == ("enregistre", 2)
    assert inspector("evaluation", **ABOUT).projet.contenu.texte == "Continué."


def test_w08_a_list_holds_no_word_of_a_project(inspector):
    kept(inspector, texte="Trop lent à corriger.", niveaux={"inspection-2": "notable"})
    (listed,) = inspector("evaluations").projets
    assert not listed.vide
    assert "Trop lent" not in listed.model_dump_json()
    assert "notable" not in listed.model_dump_json()


def test_p18_what_is_erased_elsewhere_is_said_to_be_and_nothing_is_shown(inspector, lea):
    kept(inspector)
    inspector("evaluation_effacer", **ABOUT)
    with pytest.raises(InputError, match="effacé"):
        shown(inspector, 1, "cle-tard")
    assert lea("projets_avis").montres == []


def test_on_its_day_nobody_reads_it_any_more_and_the_job_erases_it(inspector, lea, now):
    kept(inspector)
    shown(inspector)
    last = now.replace(year=2027, month=10, day=31)
    assert len(lea("projets_avis", last).montres) == 1
    assert erase_past("test", last) == "0 projet effacé"
    assert lea("projets_avis", last + DAY).montres == []
    with pytest.raises(InputError):
        inspector("evaluation", last + DAY, **ABOUT)
    assert erase_past("test", last + DAY) == "1 projet effacé"
    with db.reading() as session:
        assert session.scalars(select(OpinionProject)).all() == []
        [line] = audit.lines(session, subject="base", last=1)
        assert line.action == "conservation_appliquee"


def test_a_project_outlives_the_last_day_to_notify_the_appreciation():
    """Its day is the kit's own, and never comes before the end of a procedure put off."""
    for year in range(2021, 2031):
        assert erased_on(f"rdv-1-{year}") > held_later(year + 1).notified_by


@pytest.mark.parametrize("matter", ["rdv-2-2023", "rdv-2-2030", "classe_exceptionnelle-2026"])
def test_a_year_that_is_over_or_too_far_is_refused(matter, inspector):
    with pytest.raises(InputError):
        inspector("evaluation", dossier=LEA, objet=matter)


@pytest.mark.parametrize(
    "content",
    [{"texte": "x" * 4_001}, {"niveaux": {"salaire-1": "excellent"}}, {"avis": "Bien !"},
     {"entretien": "a\nb"}, {"paie": 1}, {"texte": "caché\u202e"}],
)  # fmt: skip
def test_what_no_project_holds_is_refused_and_nothing_is_written(content, inspector):
    with pytest.raises(InputError):
        kept(inspector, **content)
    assert inspector("evaluation", **ABOUT).projet is None


def imported(lines, now, **words):
    return import_portfolios((HEADER + lines).encode(), "test", now, **words)


def test_a_file_of_portfolios_is_imported_once(evaluator, now):
    evaluator("enouvelle", HEAD | {"uai": "0929998W"})
    lines = "enouvelle;inspection;25;;;;Anglais;2026-09-01;31/08/2027\n"
    assert imported(lines, now, only_check=True).added == 1
    assert imported(lines, now).added == 1
    again = imported(lines, now)
    assert (again.added, again.unchanged) == (0, 1)
    with db.reading() as session:
        [line] = audit.lines(session, subject="compte:enouvelle", last=1)
        assert line.action == "evaluateur_attribue"


WRONG = [
    ("nemo;inspection;25;;;;Anglais;2026-09-01;", "compte"),
    ("lfontaine;inspection;25;;;;Anglais;2026-09-01;", "compte"),
    ("einspection;jury;25;;;;Anglais;2026-09-01;", "partie"),
    ("einspection;inspection;99;;;;Anglais;2026-09-01;", "academie"),
    ("einspection;inspection;25;063;;;;2026-09-01;", "departement"),
    ("einspection;inspection;25;;zz;;;2026-09-01;", "corps"),
    ("einspection;inspection;25;;;;;2026-09-01;", "discipline"),
    ("einspection;chef;25;;;;Anglais;2026-09-01;", "uai"),
    ("einspection;inspection;25;;;;Anglais;;", "du"),
    ("einspection;inspection;25;;;;Anglais;2026-09-01;2026-08-31", "au"),
    ("einspection;chef;25;;;0929999XYZ;;2026-09-01;", "uai"),
]


@pytest.mark.parametrize(("line", "column"), WRONG)
def test_a_wrong_line_is_named_and_the_whole_file_refused(line, column, inspector, now):
    good = "einspection;inspection;24;;;;Anglais;2026-09-01;\n"
    report = imported(f"{good}{line}\n", now)
    assert {(one.line, one.column) for one in report.refused} == {(3, column)}
    with db.reading() as session:
        assert len(session.scalars(select(EvaluatorPortfolio)).all()) == 1


def test_closing_an_evaluator_ends_what_she_sees_and_keeps_the_line(inspector, now):
    assert close("einspection", now.date(), "test", now) == 1
    assert inspector("evaluation", **ABOUT)
    with pytest.raises(Refused):
        inspector("evaluation", now + DAY, **ABOUT)
    for compte, day in (("lfontaine", now.date()), ("einspection", date(2026, 11, 1))):
        with pytest.raises(InputError):
            close(compte, day, "test", now)


def test_the_command_line_lists_imports_and_closes(inspector, tmp_path):
    file = tmp_path / "evaluateurs.csv"
    file.write_text(f"{HEADER}einspection;chef;25;;;0929999X;;2026-09-01;\n", encoding="utf-8")

    def command(*words):
        done = CliRunner().invoke(portefeuille, ["evaluateurs", *words])
        return done.exit_code, done.output.replace("\xa0", " ")

    assert command("importer", str(file)) == (0, "1 ligne enregistrée, 0 inchangée.\n")
    assert "einspection  inspection, académie 25" in command("list", "--le", "2026-11-25")[1]
    file.write_text(f"{HEADER}nemo;chef;25;;;0929999X;;2026-09-01;\n", encoding="utf-8")
    code, said = command("importer", str(file))
    assert code == 1
    assert "Ligne 2, colonne compte : ce compte n’existe pas." in said
    assert command("fermer", "einspection", "--le", "2099-08-31")[0] == 0

"""A thread passed to another service of the academy: who answers it, who reads it, who may not."""

from datetime import timedelta

import pytest
from click.testing import CliRunner
from record_pieces import TEAM_B
from sqlalchemy import select

from iprof_kit.base.errors import Refused
from iprof_kit.commands.desk.portfolios import portefeuille
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Portfolio
from iprof_kit.records.journal import audit
from iprof_kit.services.cases.held import most_passings, undo_time
from iprof_kit.services.contract.bureau.ensemble import MOST_TOGETHER
from iprof_kit.services.desk import figures
from iprof_kit.services.desk.portfolios import assignments
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.second_reader.leaving import leave_due

DAY = timedelta(days=1)
PENSIONS, OTHER = "Service fictif des retraites", "Service fictif des concours"


@pytest.fixture
def services(manager):
    """Who follows the person, another service of her academy, one of another academy."""
    return (
        manager(),
        manager("gpensions", ("06", "003"), service=PENSIONS),
        manager("gailleurs", ("10",), service=OTHER),
    )


def passed(desk, name, to=PENSIONS, seen=1, when=None, key="", **more):
    asked = {"id": name, "vers": to, "vus": seen, "cle": f"cle-passe-{seen}{key}", **more}
    return desk("bureau_transmettre", *([when] if when else []), **asked)


def test_p17_a_thread_passed_leaves_one_queue_for_another(services, written, jean, now):
    desk, pensions, _ = services
    name = written()
    with pytest.raises(Refused):
        pensions("bureau_fil", id=name)
    offered = desk("bureau_fil", id=name).services
    assert [one.nom for one in offered] == [PENSIONS]
    done = passed(desk, name, when=now + DAY, texte="Ils suivent votre départ.")
    assert (done.vers, done.le, bool(done.recu)) == (PENSIONS, now + DAY, True)
    assert passed(desk, name, when=now + 2 * DAY, texte="Ils suivent votre départ.") == done
    assert desk("bureau", now + DAY).en_attente == desk("bureau", now + DAY).trouves == 0
    assert desk("bureau", now + DAY).par_etat == {}
    assert desk("bureau", now + DAY).equipe.vous.nombre == 0
    assert desk("gestion", now + DAY).a_prendre == 0
    theirs = pensions("bureau", now + 3 * DAY)
    assert [(one.id, one.jours) for one in theirs.fils] == [(name, 3)]  # since she wrote
    assert theirs.equipe.vous.nombre == theirs.en_attente == 1
    assert pensions("bureau", cherche="dupont").trouves == 1


def counted_by(command, *arguments):
    printed = CliRunner().invoke(command, arguments, catch_exceptions=False).output
    return {line.split("\xa0:")[0]: line.replace("\xa0", " ") for line in printed.splitlines()}


def test_p17_a_thread_passed_is_counted_by_who_answers_it(services, written, now):
    desk, _, _ = services
    passed(desk, written())
    written("cle-seconde", objet="Retraite")
    lines = counted_by(portefeuille, "statistiques")
    assert "2 personnes, 1 compte, soit 2 par compte, 1 fil en attente" in lines[TEAM_B]
    assert "1 fil en attente" in lines[PENSIONS]
    threads = {one.compte: one.threads for one in assignments(now.date())}
    assert threads == {"gmorel": 1, "gpensions": 1, "gailleurs": 0}


def test_p17_a_thread_passed_is_not_one_that_nobody_answers(services, written, now):
    desk, _, _ = services
    passed(desk, written())
    written("cle-seconde", objet="Retraite")
    with db.writing() as session:
        row = session.scalars(select(Portfolio).where(Portfolio.service == TEAM_B)).one()
        row.au = now.date() - DAY
    assert figures.nobodys(now) == 1


def test_p17_the_person_reads_to_whom_and_when_and_what_she_adds_goes_there(
    services, written, jean, now
):
    desk, name = services[0], written()
    passed(desk, name, when=now + DAY, texte="Ils suivent votre départ.")
    read = jean("courrier_fil", id=name)
    event = read.evenements[-1]
    assert (event.libelle, event.le, event.de) == ("Transmis", now + DAY, "service")
    assert event.texte.replace("\u00a0", " ") == (
        f"Transmis au service « {PENSIONS} ».\n\nIls suivent votre départ."
    )
    assert read.service == PENSIONS
    jean("courrier_agir", now + 2 * DAY, id=name, acte="completer", texte="Merci.", cle="cle-suite")
    assert jean("courrier_fil", id=name).service == PENSIONS
    assert desk("bureau").en_attente == 0
    with db.reading() as session:
        lines = audit.lines(session, subject="dossier:D0001")
        acts = [one.detail for one in lines if one.action == "bureau_acte"]
    assert acts == [f"transmettre à {PENSIONS}, fil n° 2026-0001"]


def test_p17_a_passed_thread_opens_neither_the_file_nor_the_notes_of_the_person(
    services, written, jean
):
    desk, pensions, elsewhere = services
    first, name = written(), written("cle-seconde", objet="Retraite")
    desk("bureau_note", id=first, texte="Relevé versé.", cle="cle-note-1")
    passed(desk, name)
    shown = pensions("bureau_fil", id=name)
    assert not shown.suivie
    assert [one.valeur for one in shown.apercu if one.libelle == "Suivi par"] == [TEAM_B]
    assert shown.lu.evenements[-1].service == TEAM_B
    assert shown.notes == []
    assert shown.champs["service"] == PENSIONS
    for op, asked in {"bureau_dossier": {"dossier": "D0001", "motif": "pour voir"},
                      "bureau_fil": {"id": first}}.items():  # fmt: skip
        with pytest.raises(Refused):
            pensions(op, **asked)
    assert pensions("bureau_portefeuille", cherche="jean").gens == []
    with pytest.raises(Refused):
        elsewhere("bureau_fil", id=name)
    answered = pensions(
        "bureau_agir", id=name, acte="repondre", texte="Oui.", vus=2, cle="cle-reponse"
    )
    assert answered.lu is not None
    assert jean("courrier_fil", id=name).evenements[-1].service == PENSIONS


def test_p17_it_comes_back_by_hand_or_once_that_service_follows_nobody(services, written, now):
    desk, pensions, _ = services
    name = written()
    passed(desk, name)
    assert [one.nom for one in desk("bureau_fil", id=name).services] == [TEAM_B]
    assert passed(pensions, name, to=TEAM_B, seen=2).vers == TEAM_B
    assert desk("bureau").en_attente == 1
    with pytest.raises(Refused):
        pensions("bureau_fil", id=name)
    passed(desk, name, seen=3)
    with db.writing() as session:
        row = session.scalars(select(Portfolio).where(Portfolio.service == PENSIONS)).one()
        row.au = now.date()
    assert desk("bureau", now + DAY).en_attente == 1


@pytest.mark.parametrize("to", ["", OTHER, TEAM_B, "Service qui n’existe pas"])
def test_p17_it_is_passed_to_no_other_service(services, written, to):
    desk, name = services[0], written()
    done = passed(desk, name, to=to)
    assert [one.champ for one in done.erreurs] == ["vers"]
    assert done.le is None
    assert desk("bureau").en_attente == 1


def test_p17_newer_words_and_an_answer_about_to_leave_stop_it(services, written, jean, now):
    desk, name = services[0], written()
    jean("courrier_agir", id=name, acte="completer", texte="J’oubliais.", cle="cle-suite")
    assert [one.texte for one in passed(desk, name).entre_temps] == ["J’oubliais."]
    seen = desk("bureau_ensemble_apercu", ids=[name], texte="Oui.")
    desk("bureau_ensemble", ids=[name], texte="Oui.", empreinte=seen.empreinte, compte=1,
         cle="cle-toutes")  # fmt: skip
    assert desk("bureau_fil", id=name).part_a == now + undo_time()
    assert "départ" in passed(desk, name, seen=2).erreurs[0].message


def test_p17_a_thread_goes_so_many_times_and_no_more(services, written):
    name, ends = written(), ((services[0], PENSIONS), (services[1], TEAM_B))
    for number in range(most_passings()):
        who, to = ends[number % 2]
        assert not passed(who, name, to=to, seen=number + 1).erreurs
    who, to = ends[most_passings() % 2]
    assert "déjà changé" in passed(who, name, to=to, seen=most_passings() + 1).erreurs[0].message


def test_p17_beyond_twenty_a_colleague_of_the_service_they_were_passed_to_reads_and_releases(
    services, written, manager, teachers, now
):
    desk, pensions, elsewhere = services
    names = [written(f"cle-nombreux-{n}") for n in range(MOST_TOGETHER + 3)]
    for name in names:
        assert not passed(desk, name).erreurs
    asked = {"ids": names, "texte": "Bonjour {prenom}."}
    of_another = manager("gconcours", ("06", "003"), service=OTHER)
    colleague = manager("gpensions2", ("06", "003"), service=PENSIONS)
    seen = pensions("bureau_ensemble_apercu", **asked)
    assert (seen.relue, seen.erreurs) == (True, [])
    mark = {"empreinte": seen.empreinte, "compte": len(names)}
    assert pensions("bureau_ensemble", **asked, **mark, cle="cle-passes").tenues == len(names)
    [waiting] = colleague("relectures").relectures
    order = {"id": waiting.id, "acte": "remettre", "cle": "cle-relu", **mark}
    for stranger in (of_another, elsewhere):
        assert stranger("relectures").relectures == []
        with pytest.raises(Refused):
            stranger("relecture_agir", **order)
    with pytest.raises(Refused):
        run(teachers["jdupont"], "relecture_agir", order, now)
    with pytest.raises(NotLoggedIn):
        run(None, "relecture_agir", order, now)
    released = colleague("relecture_agir", **order)
    assert (released.etat, released.faites) == ("part", len(names))
    assert leave_due(released.part_le) == f"{len(names)} réponses remises"

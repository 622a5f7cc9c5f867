"""The second reading of a correction: two accounts, both values, nothing for her before."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.base.paths import SAMPLE
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.outbox import Mail
from iprof_kit.services.reports import answers

DAY = timedelta(days=1)
BEFORE, AFTER = "Monsieur Jean Dupont", "Dupond"


@pytest.fixture
def twice(tmp_path, monkeypatch):
    """The sample's configuration, where a correction wants a second reading."""
    text = (SAMPLE / "academies.yml").read_text("utf-8")
    line = "      mode: kit\n      delai_jours: 10\n"
    assert text.count(line) == 1
    file = tmp_path / "academies.yml"
    file.write_text(text.replace(line, f"{line}      seconde_lecture: corrections\n"), "utf-8")
    monkeypatch.setenv("IPROF_ACADEMIES", str(file))


@pytest.fixture
def report(jean):
    return jean("signaler", donnee="identite.nom", indique=AFTER, cle="signaler-1").signalement.id


@pytest.fixture
def proposed(twice, manager, report, now):
    """Her thread, where « gmorel » proposed a correction, and what both managers ask."""
    author, colleague = manager(), manager("groche")
    done = acted(author, report, "corriger", 1, now + DAY, texte="C’est fait.", valeur=AFTER,
                 corrige_le="2026-11-26", puis_clore=True)  # fmt: skip
    assert done.erreurs == []
    return report, author, colleague


def acted(desk, name, act, vus, when, **words):
    return desk("bureau_agir", when, id=name, acte=act, vus=vus, cle=f"cle-{act}-{vus}", **words)


def whole(jean, name, when):
    """Return everything that she can read of her thread and of the list."""
    asked = [jean("courrier_fil", when, id=name), jean("signalements", when)]
    asked += [jean("courrier", when, cherche=word) for word in ("", AFTER)]
    return "".join(one.model_dump_json() for one in asked)


def test_what_is_proposed_is_for_the_service_alone_and_changes_nothing_for_her(proposed, jean, now):
    name, author, colleague = proposed
    hers = jean("courrier_fil", now + DAY, id=name)
    assert (hers.fil.libelle, hers.corrige) == ("Pris en charge", None)
    assert [one.acte for one in hers.evenements] == ["envoyer"]
    assert jean("courrier_comptes").nouveaux == 0
    assert "C’est fait." not in whole(jean, name, now + DAY)
    assert "26 novembre" not in whole(jean, name, now + DAY)
    for desk, own in ((author, True), (colleague, False)):
        read = desk("bureau_fil", now + DAY, id=name)
        proposal = read.proposition
        assert (proposal.valeur, proposal.avant, proposal.par_vous) == (AFTER, BEFORE, own)
        assert ("confirmer" in read.lu.actes) != own
        assert read.lu.fil.libelle == "Correction à confirmer"
    assert colleague("bureau", now + DAY, etat="a_confirmer").trouves == 1
    with db.reading() as session:
        assert session.scalars(select(Mail)).all() == []


def test_another_account_confirms_what_was_proposed_and_only_then_it_is_decided(
    proposed, jean, now
):
    name, _, colleague = proposed
    done = acted(colleague, name, "confirmer", 2, now + 2 * DAY, texte="autre", valeur="autre")
    assert (done.lu.lu.fil.etat, done.lu.lu.corrige) == ("decide", AFTER)
    hers = jean("courrier_fil", now + 2 * DAY, id=name)
    assert (hers.fil.libelle, hers.corrige) == ("Décidé", AFTER)
    assert [(one.rang, one.acte) for one in hers.evenements] == [(1, "envoyer"), (2, "confirmer")]
    words = hers.evenements[1].texte
    for part in ("C’est fait.", "26 novembre 2026", BEFORE, AFTER):
        assert part in words
    [sent] = jean("signalements").signalements
    assert (sent.valeur_corrigee, sent.corrige_le) == (AFTER, now + 2 * DAY)


def test_who_proposed_cannot_confirm_even_under_another_name(proposed, jean, now):
    name, author, _ = proposed
    for compte in ("gmorel", "gmorel2"):
        with db.writing() as session:
            session.execute(update(Account).where(Account.compte == "gmorel").values(compte=compte))
        [wrong] = acted(author, name, "confirmer", 2, now + DAY).erreurs
        assert wrong.message == "Vous avez proposé cette correction."
    assert jean("courrier_fil", now + DAY, id=name).fil.etat == "pris_en_charge"


def test_where_the_account_that_proposed_is_gone_nobody_confirms_and_it_is_sent_back(proposed, now):
    name, _, colleague = proposed
    with db.writing() as session:
        gone = select(Account.id).where(Account.compte == "gmorel").scalar_subquery()
        session.execute(update(CaseEvent).values(by_account=999_999))
        assert session.scalar(select(gone)) is not None
    [wrong] = acted(colleague, name, "confirmer", 2, now + DAY).erreurs
    assert "n’existe plus" in wrong.message
    assert acted(colleague, name, "renvoyer", 2, now + DAY, texte="À refaire.").lu is not None


def test_it_is_sent_back_with_a_reason_that_the_service_alone_reads(proposed, jean, now):
    name, author, colleague = proposed
    [wrong] = acted(colleague, name, "renvoyer", 2, now + DAY, texte=" ").erreurs
    assert wrong.champ == "texte"
    done = acted(colleague, name, "renvoyer", 2, now + DAY, texte="Vérifiez l’acte de naissance.")
    assert done.lu.proposition is None
    assert done.lu.lu.fil.etat == "pris_en_charge"
    assert "acte de naissance" not in whole(jean, name, now + DAY)
    seen = author("bureau_fil", now + DAY, id=name).lu
    assert [one.acte for one in seen.evenements] == ["envoyer", "proposer", "renvoyer"]
    assert "corriger" in seen.actes


def test_two_who_confirm_at_once_decide_once(proposed, manager, jean, now):
    name, _, colleague = proposed
    desks = [colleague, manager("gtissot")]
    with ThreadPoolExecutor(2) as pool:
        asked = [pool.submit(acted, one, name, "confirmer", 2, now + DAY) for one in desks]
        answers_ = [one.result() for one in asked]
    assert sorted(one.lu is None for one in answers_) == [False, True]
    assert [one.acte for one in jean("courrier_fil", now + DAY, id=name).evenements] == [
        "envoyer", "confirmer",
    ]  # fmt: skip


def test_nobody_else_confirms(proposed, teachers, manager, now):
    name, _, _ = proposed
    with pytest.raises(Refused):
        acted(manager("glyon", ("10",)), name, "confirmer", 2, now + DAY)
    with pytest.raises(Refused):
        acted(manager("aadmin", roles=("administrateur",)), name, "confirmer", 2, now + DAY)


def test_she_may_write_and_close_while_it_waits(proposed, jean, now):
    name, _, colleague = proposed
    jean("courrier_agir", now + DAY, id=name, acte="completer", texte="Merci.", cle="cle-suite")
    late = acted(colleague, name, "confirmer", 2, now + DAY)
    assert [one.texte for one in late.entre_temps] == ["Merci."]
    jean("courrier_agir", now + DAY, id=name, acte="clore", cle="cle-clore")
    assert acted(colleague, name, "confirmer", 4, now + DAY).erreurs != []


def test_the_proposal_itself_cannot_be_asked_for(twice, manager, report, now):
    [wrong] = acted(manager(), report, "proposer", 1, now, texte="x", valeur="y").erreurs
    assert wrong.champ == "acte"


def test_without_the_configuration_one_account_is_enough(manager, report, now):
    done = acted(manager(), report, "corriger", 1, now + DAY, valeur=AFTER, corrige_le="2026-11-26")
    assert (done.lu.lu.fil.etat, done.lu.seconde_lecture) == ("decide", False)


def test_a_command_does_not_go_around_it(twice, report, now):
    with db.reading() as session:
        number = f"2026-{session.scalars(select(Case.id)).one():04d}"
    with pytest.raises(InputError, match="seconde personne"):
        answers.correct(number, AFTER, "iprof signalement", now)


def test_going_down_leaves_a_case_that_the_older_kit_knows_and_up_again_nothing_waits(
    proposed, jean, now
):
    name, _, _ = proposed
    db.migrate("0011", down=True)
    with db.engine().connect() as link:
        rows = link.exec_driver_sql("SELECT state FROM cases").all()
        acts = link.exec_driver_sql("SELECT act FROM case_events").all()
    assert (rows, acts) == ([("pris_en_charge",)], [("envoyer",)])
    db.migrate("head")
    assert jean("courrier_fil", now, id=name).fil.etat == "pris_en_charge"

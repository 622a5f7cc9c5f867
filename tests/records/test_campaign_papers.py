"""The papers of a campaign: sent by a teacher, read on the board of who follows her file."""

from dataclasses import replace
from datetime import timedelta

import pytest
from backup_pieces import dies_before_it_answers, dies_before_it_is_kept, killed
from record_pieces import pdf, slices
from sqlalchemy import delete, event, func, select, text, update

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.law.campaigns.files import moment
from iprof_kit.law.campaigns.model import Incident
from iprof_kit.records import database as db
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.records.journal import audit
from iprof_kit.records.journal.verify import verify
from iprof_kit.records.movements.campaigns import CampaignSending
from iprof_kit.services.access.accounts import (
    NewAccount,
    close_session,
    create_account,
    open_session,
    session_of,
)
from iprof_kit.services.campaigns import board_acts
from iprof_kit.services.campaigns.giving import add_campaign, note_incident
from iprof_kit.services.cases.acting import Act, Opening, act, begin
from iprof_kit.services.contract.bureau.campagnes import BUREAU_CAMPAGNES_OPERATIONS
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.second_reader.leaving import leave_due

INTER = "interdepartemental_1d_2027"
FILE = f"""\
id: {INTER}
service: interdepartemental_1d
annee: 2027
etapes:
  - etape: retour_confirmations_pieces
    au: 2026-11-27
    heure_au: "12:00"
    source: note de service d’essai
    confiance: A
"""
BOARD = {"campagne": INTER}
ELSEWHERE = "Service fictif des mutations"
OTHERS = ("enseignant", "evaluateur", "analyste", "formateur", "administrateur")
ASK = {"acte": "demander_piece", "texte": "Bonjour {prenom}, il manque {pieces}."}


@pytest.fixture
def dated(database, tmp_path, now):
    """The step that receives papers ends on 27 November 2026 at noon."""
    file = tmp_path / "campagne.yml"
    file.write_text(FILE, encoding="utf-8")
    add_campaign(file, "essai", now)


def received(who, name="demande.pdf", **more):
    (content,) = slices(pdf())
    given = {"nom": name, "pour": "campagne", "part": 0, "parts": 1, "contenu": content}
    return who("piece_deposer", **given, cle=f"cle-{abs(hash(name)) % 10**9}", **more).piece.id


def sent(who, *codes, key="envoi-premier", **more):
    """Send a paper for each code; return the answer."""
    papers = {code: received(who, f"{code}-{key}.pdf") for code in codes}
    return who("services_envoyer", campagne=INTER, pieces=papers, cle=key, **more)


def rows(desk, group="tous", **more):
    return desk("bureau_campagnes", **BOARD, groupe=group, **more).gens


def acted(desk, group, act, *, count=None, key="acte-premier", when=None, seen=None):
    moments = {} if when is None else {"when": when}
    order = {**BOARD, "groupe": group, **act}
    seen = seen or desk("bureau_campagne_apercu", **moments, **order)
    return desk(
        "bureau_campagne_agir", **moments, **order, premier=seen.premier or "personne",
        empreinte=seen.empreinte, compte=seen.nombre if count is None else count, cle=key,
    )  # fmt: skip


def count(table):
    with db.reading() as session:
        return session.scalar(select(func.count(table.id)))


def test_what_is_sent_is_a_thread_with_its_receipt_and_the_board_reads_it(jean, manager, dated):
    envoi = sent(jean, "demande", annoncees=["union"], texte="Merci d’avance.").envoi
    assert (envoi.libelle, list(envoi.pieces), envoi.annoncees) == (
        "Envoyé",
        ["demande"],
        ["union"],
    )
    (event_,) = jean("courrier_fil", id=envoi.fil).evenements
    assert event_.texte.replace("\xa0", " ") == (
        "Pièces jointes :\n- demande signée : demande-envoi-premier.pdf\n\n"
        "À suivre : preuve du mariage, du Pacs ou de l’enfant reconnu.\n\nMerci d’avance."
    )
    board = manager()("bureau_campagnes")
    assert (board.campagne, board.comptes["tous"], board.comptes["a_voir"]) == (INTER, 1, 1)
    (row,) = board.gens
    assert (row.personne, row.pieces, row.manquent, row.tard) == (
        "Jean Dupont", ["demande signée"], [], [],
    )  # fmt: skip
    assert row.annoncees == ["preuve du mariage, du Pacs ou de l’enfant reconnu"]


def test_p17_a_thread_that_was_passed_is_on_the_board_of_who_answers_it_now(
    jean, manager, dated, now
):
    fil = sent(jean, "demande").envoi.fil
    home, there = manager(), manager("gautre", ("06", "003", "certifie"), service=ELSEWHERE)
    assert [one.id for one in there("bureau_campagnes").campagnes if one.envois] == []
    home("bureau_transmettre", id=fil, vers=ELSEWHERE, vus=1, cle="cle-passe-1")
    assert rows(home) == []
    assert [one.envois for one in home("bureau_campagnes").campagnes if one.id == INTER] == [0]
    assert [one.personne for one in rows(there)] == ["Jean Dupont"]
    assert [(one.id, one.envois) for one in there("bureau_campagnes").campagnes if one.envois] == [
        (INTER, 1)
    ]
    assert home("bureau_campagne_apercu", **BOARD, groupe="tous", **ASK).nombre == 0
    assert acted(there, "tous", {"acte": "admettre", "texte": "Reçu, {prenom}."}).faits == 1
    event_ = jean("courrier_fil", id=fil).evenements[-1]
    assert (event_.acte, event_.service) == ("admettre", ELSEWHERE)


def test_nothing_that_she_keeps_for_herself_is_on_the_board(jean, manager, dated):
    note = {"campagne": INTER, "etape": "saisie_voeux_siam", "nature": "fait",
            "texte": "Mon secret", "cle": "note-secrete"}  # fmt: skip
    jean("services_noter", **note)
    jean("carnet_enregistrer", sujet="voeux", contenu={"x": "vœu secret"}, revision=0,
         cle="carnet-secret")  # fmt: skip
    sent(jean, "demande")
    desk = manager()
    board = desk("bureau_campagnes", **BOARD).model_dump_json()
    assert "secret" not in board
    assert "saisie" not in board.lower()
    assert "handicap" not in board.lower()


def test_a_step_is_told_to_the_service_where_she_chooses_to_and_has_noted_it(jean, manager, dated):
    refused = sent(jean, "demande", etapes=["saisie_voeux_siam"])
    assert refused.erreurs[0].champ == "etapes"
    jean("services_noter", campagne=INTER, etape="saisie_voeux_siam", nature="fait",
         texte="accusé n° 12", cle="note-premiere")  # fmt: skip
    sent(jean, "demande", key="envoi-second", etapes=["saisie_voeux_siam"])
    (row,) = rows(manager())
    assert row.etapes == ["Saisie des vœux"]
    assert "accusé" not in row.model_dump_json()


SECOND = "intra_academique_2d_2027"
CLERMONT = FILE.replace("interdepartemental_1d", "intra_academique_2d").replace(
    "retour_confirmations_pieces\n    au", "confirmation\n    portee: Clermont-Ferrand\n    au"
)


@pytest.mark.parametrize(
    ("hour", "late"), [("11:59", []), ("12:00", ["confirmation signée"])], ids=["in time", "late"]
)
def test_a_teacher_of_the_second_degree_sends_hers_to_her_own_service_until_the_confirmation_ends(
    teachers, dossiers, manager, tmp_path, now, hour, late
):
    (tmp_path / "c.yml").write_text(CLERMONT, encoding="utf-8")
    add_campaign(tmp_path / "c.yml", "essai", now)
    save_dossier(dossiers["D0002"], "test", now)
    new = NewAccount("mlaurent", ("enseignant",), "D0002", password="quatre mots sans lien")
    create_account(new, "test", now)
    here = session_of(open_session("mlaurent", now), now)
    first, second = (
        manager("gmorel", ("06", None, "pe")),
        manager("gautre", ("06", None, "certifie")),
    )
    when = moment("2026-11-27", hour)

    def hers(op, **args):
        return run(here, op, args, when)

    papers = {"demande": received(hers)}
    assert hers("services_envoyer", campagne=SECOND, pieces=papers, cle="envoi-premier").envoi
    (row,) = second("bureau_campagnes", when, campagne=SECOND).gens
    assert (row.pieces, row.tard) == (["confirmation signée"], late)
    assert first("bureau_campagnes", when, campagne=SECOND).gens == []


def test_papers_sent_again_go_on_in_the_same_thread_until_it_is_closed(jean, manager, dated):
    first = sent(jean, "union").envoi
    desk = manager()
    assert rows(desk, "manque")[0].manquent == ["demande signée"]
    acted(desk, "manque", ASK)
    second = sent(jean, "demande", key="envoi-second").envoi
    assert second.fil == first.fil
    assert [one.acte for one in jean("courrier_fil", id=first.fil).evenements] == [
        "envoyer", "demander_piece", "envoyer_piece",
    ]  # fmt: skip
    assert rows(desk, "manque") == []
    jean("courrier_agir", id=first.fil, acte="clore", cle="cle-clore")
    assert sent(jean, "demande", key="envoi-troisieme").envoi.fil != first.fil
    assert len(rows(desk)) == 1


def test_the_same_order_sent_again_is_sent_once(jean, dated):
    papers = {"demande": received(jean)}
    order = {"campagne": INTER, "pieces": papers, "cle": "envoi-premier"}
    first = jean("services_envoyer", **order)
    assert jean("services_envoyer", **order) == first
    assert (count(Case), count(CaseEvent), count(CampaignSending)) == (1, 1, 1)


def test_a_second_tab_adds_to_the_thread_that_the_first_one_began(jean, dated):
    sent(jean, "demande", key="onglet-un")
    sent(jean, "union", key="onglet-deux")
    assert (count(Case), count(CaseEvent)) == (1, 2)


@pytest.mark.parametrize(
    ("hour", "late"), [("11:59", []), ("12:00", ["demande signée"])], ids=["in time", "too late"]
)
def test_a_paper_that_came_after_the_closing_is_told_with_its_rule(
    jean, manager, dated, hour, late
):
    when = moment("2026-11-27", hour)
    sent(lambda op, **args: jean(op, when, **args), "demande")
    board = manager()("bureau_campagnes", when, **BOARD)
    assert board.gens[0].tard == late
    assert board.comptes["tard"] == len(late)
    assert (board.regle.cloture, board.regle.a_l_heure, board.regle.source) == (
        moment("2026-11-27", "12:00"), True, "note de service d’essai",
    )  # fmt: skip


def test_a_deadline_moved_since_makes_the_same_paper_in_time(jean, manager, dated, now):
    when = moment("2026-11-27", "15:00")
    sent(lambda op, **args: jean(op, when, **args), "demande")
    note_incident(
        Incident(INTER, "retour_confirmations_pieces", moment("2026-11-30"), "panne", when), "essai"
    )
    assert manager()("bureau_campagnes", when, **BOARD).gens[0].tard == []


@pytest.mark.parametrize("name", ["RQTH.pdf", "certificat médical.pdf", "dossier-MDPH_2026.pdf"])
def test_a_paper_of_health_is_refused_at_sending(jean, dated, name):
    given = {"demande": received(jean, name)}
    answer = jean("services_envoyer", campagne=INTER, pieces=given, cle="envoi-sante")
    assert "pièce de santé" in answer.erreurs[0].message
    assert "médecin de prévention" in answer.erreurs[0].remede
    assert count(Case) == 0


WRONG = {
    "no such paper": ({"pieces": {"rqth": "0" * 24}}, "n’est pas de celles"),
    "nothing": ({"pieces": {}}, "Aucune pièce"),
    "a paper of nobody": ({"pieces": {"demande": "0" * 24}}, "n’est plus là"),
    "too many": ({"pieces": {code: f"p{n}" for n, code in enumerate(
        ("demande", "union", "employeur", "separation", "garde", "cimm"))}}, "6 pièces"),
    "a text too long": ({"pieces": {"demande": "0" * 24}, "texte": "x" * 5_001}, "5001"),
    "another corps": ({"campagne": "interacademique_2d_2027", "pieces": {"demande": "0" * 24}},
                      "votre corps"),
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG)
def test_what_cannot_be_sent_is_said_and_nothing_is_written(jean, dated, wrong):
    changed, words = WRONG[wrong]
    answer = jean("services_envoyer", **({"campagne": INTER, "cle": "envoi-faux"} | changed))
    assert words in answer.erreurs[0].message
    assert (count(Case), count(CampaignSending)) == (0, 0)


def test_an_unknown_campaign_and_one_paper_too_many_in_the_order_are_refused(jean):
    with pytest.raises(InputError, match="n’est pas connue"):
        jean("services_envoyer", campagne="inter_2031", pieces={}, cle="envoi-faux")
    many = {f"p{n}": "x" for n in range(31)}
    with pytest.raises(InputError, match="arguments"):
        jean("services_envoyer", campagne=INTER, pieces=many, cle="envoi-faux")


def test_where_no_service_reads_nothing_is_sent(jean, dated):
    with db.writing() as session:
        session.execute(text("UPDATE agents SET academie = '28', departement = '974'"))
    with pytest.raises(Refused, match="aucun service de votre académie ne lit"):
        sent(jean, "demande")


def test_a_person_who_changes_academy_in_mid_campaign_takes_her_papers_with_her(
    jean, manager, dated
):
    sent(jean, "demande")
    here, there = manager(), manager("glyon", ("10",))
    assert len(rows(here)) == 1
    with db.writing() as session:
        session.execute(text("UPDATE agents SET academie = '10', departement = '069'"))
    assert here("bureau_campagnes", **BOARD).gens == []
    assert [one.personne for one in rows(there)] == ["Jean Dupont"]
    sent(jean, "union", key="envoi-second")
    assert count(Case) == 1


def test_a_group_is_acted_on_after_its_preview_and_its_count(jean, manager, dated, now):
    sent(jean, "union")
    desk = manager()
    seen = desk("bureau_campagne_apercu", **BOARD, groupe="manque", **ASK)
    assert (seen.nombre, seen.gens, seen.texte) == (
        1, ["Jean Dupont"], "Bonjour Jean, il manque demande signée.",
    )  # fmt: skip
    assert acted(desk, "manque", ASK, count=2).erreurs[0].champ == "compte"
    assert count(CaseEvent) == 1
    done = acted(desk, "manque", ASK)
    assert (done.faits, done.le) == (1, now)
    (row,) = rows(desk, "demandees")
    assert row.libelle == "Pièce demandée"
    with db.reading() as session:
        lines = [one for one in audit.lines(session, subject="dossier:D0001")
                 if one.action == "bureau_acte"]  # fmt: skip
    assert [one.detail for one in lines] == [f"demander_piece, fil n° 2026-0001, {INTER}"]


@pytest.fixture
def crowd(teachers, dossiers, now):
    """Return a function: so many people, D9000 and on, have each sent the second paper alone."""

    def one(many):
        for number in range(9000, 9000 + many):
            hers = f"D{number}"
            save_dossier(dossiers["D0001"].model_copy(update={"numero": hers}), "test", now)
            with db.writing() as session:
                named = update(Agent).where(Agent.numero == hers).values(prenom=f"Anne{number}")
                session.execute(named)
                case = Case(name=f"{number:024x}", version=1)
                begin(case, Opening(hers, "campagne", "Pièces"), now)
                session.add(case)
                act(session, case, Act("envoyer", "demandeur", text="Voici."), now)
                session.flush()
                papers = {"union": now.isoformat()}
                session.add(CampaignSending(numero=hers, case_id=case.id, campaign=INTER,
                                            papers=papers, announced=[], steps=[]))  # fmt: skip

    return one


def test_each_of_a_group_reads_her_own_words_and_has_her_own_line_of_the_journal(
    manager, dated, crowd
):
    crowd(3)
    acted(manager(), "tous", ASK)
    with db.reading() as session:
        numbers = dict(session.execute(select(Case.numero, Case.id)).all())
        events = select(Case.numero, CaseEvent.text).join(CaseEvent, CaseEvent.case_id == Case.id)
        asked = session.execute(events.where(CaseEvent.act == "demander_piece")).all()
        lines = {one.subject: one.detail for one in audit.readable_lines(session)
                 if one.action == "bureau_acte"}  # fmt: skip
    assert dict(asked) == {
        f"D{one}": f"Bonjour Anne{one}, il manque demande signée." for one in (9000, 9001, 9002)
    }
    assert lines == {
        f"dossier:{one}": f"demander_piece, fil n° 2026-{number:04d}, {INTER}"
        for one, number in numbers.items()
    }
    assert verify().faults == []


def test_an_answer_to_a_group_says_how_long_each_has_waited(manager, dated, crowd, now):
    crowd(2)
    with db.writing() as session:
        session.execute(update(CaseEvent).where(CaseEvent.id == 1).values(at=now))
        session.execute(
            update(CaseEvent).where(CaseEvent.id == 2).values(at=now - timedelta(days=6))
        )
    acted(manager(), "tous", {"acte": "repondre", "texte": "Vu."})
    with db.reading() as session:
        waits = select(CaseEvent.waited_days).where(CaseEvent.act == "repondre")
        assert sorted(session.scalars(waits)) == [0, 6]


@pytest.mark.parametrize("done", [ASK, {"acte": "admettre", "texte": "Vu."}], ids=str)
def test_a_bigger_group_asks_no_more_questions_of_the_database(manager, dated, crowd, done):
    desk, asked, counts = manager(), [], []

    def listen(_connection, _cursor, statement, *_):
        asked.append(statement.startswith("SELECT"))

    for many in (2, 6):
        with db.writing() as session:
            session.execute(delete(Case))
        crowd(many)
        seen = desk("bureau_campagne_apercu", **BOARD, groupe="tous", **done)
        asked.clear()
        event.listen(db.engine(), "before_cursor_execute", listen)
        assert acted(desk, "tous", done, seen=seen, key=f"acte-pour-{many}").faits == many
        event.remove(db.engine(), "before_cursor_execute", listen)
        counts.append(sum(asked))
    assert counts[1] <= counts[0]


def test_the_same_act_sent_again_is_done_once(jean, manager, dated):
    sent(jean, "union")
    desk = manager()
    seen = desk("bureau_campagne_apercu", **BOARD, groupe="manque", **ASK)
    first = acted(desk, "manque", ASK, seen=seen)
    assert acted(desk, "manque", ASK, seen=seen) == first
    assert count(CaseEvent) == 2


def test_a_group_that_changed_since_its_preview_is_not_acted_on(jean, manager, dated, now):
    sent(jean, "union")
    desk = manager()
    seen = desk("bureau_campagne_apercu", **BOARD, groupe="tous", **ASK)
    later = now + timedelta(minutes=1)
    sent(lambda op, **args: jean(op, later, **args), "employeur", key="envoi-second")
    answer = acted(desk, "tous", ASK, seen=seen, when=later)
    assert "a changé depuis l’aperçu" in answer.erreurs[0].message
    assert count(CaseEvent) == 2


def test_admissible_or_not_is_noted_with_its_reason_and_read_by_the_person(jean, manager, dated):
    fil = sent(jean, "demande").envoi.fil
    desk = manager()
    reason = {"acte": "ecarter", "texte": "Reçu après le 27 novembre 2026, 12 h."}
    assert acted(desk, "tous", reason | {"texte": " "}).erreurs[0].champ == "texte"
    acted(desk, "tous", reason)
    assert [one.libelle for one in rows(desk, "irrecevables")] == ["Noté irrecevable"]
    lu = jean("courrier_fil", id=fil)
    assert (lu.fil.libelle, lu.evenements[-1].texte) == (
        "Noté irrecevable", "Reçu après le 27 novembre 2026, 12 h.",
    )  # fmt: skip
    jean("courrier_agir", id=fil, acte="completer", texte="SIAM était en panne.", cle="cle-reponse")
    assert rows(desk, "a_voir")[0].etat == "pris_en_charge"
    acted(desk, "a_voir", {"acte": "admettre", "texte": "Vu."}, key="acte-second")
    assert jean("courrier_fil", id=fil).fil.libelle == "Noté recevable"


def test_p17_an_act_on_many_of_a_campaign_waits_for_a_second_person(
    jean, manager, dated, monkeypatch
):
    monkeypatch.setattr(board_acts, "ALONE", 0)
    sent(jean, "union")
    author = manager()
    assert "aucune autre ne les suit" in acted(author, "manque", ASK).erreurs[0].message
    reader = manager("groche")
    kept = acted(author, "manque", ASK, key="acte-second")
    assert (kept.faits, kept.tenus, count(CaseEvent)) == (0, 1, 1)
    [waiting] = reader("relectures").relectures
    seen = reader("relecture", id=waiting.id)
    assert seen.reponses[0].texte == "Bonjour Jean, il manque demande signée."
    done = reader("relecture_agir", id=waiting.id, acte="remettre", compte=1,
                  empreinte=seen.empreinte, cle="acte-relu")  # fmt: skip
    leave_due(done.part_le)
    assert (done.faites, count(CaseEvent)) == (1, 2)
    assert rows(author, "manque")[0].libelle == "Pièce demandée"


@pytest.mark.parametrize("wrong", ["{nom_usage}", "", "x" * 10_001])
def test_a_text_that_cannot_be_filled_is_refused_in_the_preview(jean, manager, dated, wrong):
    sent(jean, "union")
    order = BOARD | {"groupe": "tous", "acte": "demander_piece", "texte": wrong}
    assert manager()("bureau_campagne_apercu", **order).erreurs[0].champ == "texte"


def test_no_more_people_than_the_limit_at_once(jean, manager, dated, monkeypatch):
    sent(jean, "union")
    monkeypatch.setattr(board_acts, "MOST_AT_ONCE", 0)
    assert "0 au plus" in acted(manager(), "tous", ASK).erreurs[0].message
    assert count(CaseEvent) == 1


def orders():
    act = {**BOARD, "groupe": "tous", **ASK}
    return {
        "bureau_campagnes": BOARD,
        "bureau_campagne_apercu": act,
        "bureau_campagne_agir": act
        | {"premier": "0" * 24, "empreinte": "x", "compte": 1, "cle": "acte-premier"},
    }


def test_every_operation_of_the_board_is_examined_here():
    assert set(orders()) == set(BUREAU_CAMPAGNES_OPERATIONS)


def test_a_stranger_who_has_left_and_every_other_role_are_refused_the_board(
    jean, teachers, dated, now
):
    sent(jean, "demande")
    token = open_session("jdupont", now)
    close_session(token, now)
    for op, args in orders().items():
        for nobody in (None, session_of(token, now)):
            with pytest.raises(NotLoggedIn):
                run(nobody, op, args, now)
        for role in OTHERS:
            with pytest.raises(Refused):
                run(replace(teachers["jdupont"], roles=(role,)), op, args, now)


@pytest.mark.parametrize("place", [("10",), ("06", "003"), ("06", "063", "certifie")])
def test_who_is_in_no_portfolio_of_hers_is_on_no_board_of_hers(jean, manager, dated, place):
    fil = sent(jean, "demande").envoi.fil
    desk = manager("gautre", place)
    assert rows(desk) == []
    assert desk("bureau_campagne_apercu", **BOARD, groupe="tous", **ASK).nombre == 0
    order = orders()["bureau_campagne_agir"] | {"premier": fil}
    assert desk("bureau_campagne_agir", **order).erreurs
    with pytest.raises(Refused):
        desk("bureau_campagne_agir", **(order | {"premier": "0" * 24}))
    assert count(CaseEvent) == 1


def test_another_teacher_neither_reads_nor_goes_on_with_what_was_sent(jean, teachers, dated, now):
    def other(op, **args):
        return run(teachers["jdupont2"], op, args, now)

    sent(jean, "demande")
    assert other("services_lire").envois == ()
    hers = received(jean, "suite.pdf")
    answer = other("services_envoyer", campagne=INTER, pieces={"union": hers}, cle="envoi-autre")
    assert "n’est plus là" in answer.erreurs[0].message
    assert count(CaseEvent) == 1


def test_what_was_sent_goes_with_its_file(jean, dated):
    sent(jean, "demande")
    with db.writing() as session:
        session.execute(text("UPDATE accounts SET agent_id = NULL"))
        session.execute(text("DELETE FROM agents WHERE numero = 'D0001'"))
    assert count(CampaignSending) == 0


def test_a_process_killed_before_or_after_an_act_loses_nothing_and_does_nothing_twice(
    jean, manager, dated
):
    papers = {"union": received(jean)}

    def send():
        return jean("services_envoyer", campagne=INTER, pieces=papers, cle="envoi-premier")

    killed(dies_before_it_is_kept(send))
    assert (count(Case), count(CampaignSending)) == (0, 0)
    killed(dies_before_it_answers(send))
    assert send().envoi.pieces.keys() == {"union"}
    assert (count(CaseEvent), count(CampaignSending)) == (1, 1)
    desk = manager()
    seen = desk("bureau_campagne_apercu", **BOARD, groupe="tous", **ASK)

    def ask():
        return acted(desk, "tous", ASK, seen=seen)

    killed(dies_before_it_is_kept(ask))
    assert count(CaseEvent) == 1
    killed(dies_before_it_answers(ask))
    assert ask().faits == 1
    assert count(CaseEvent) == 2


def test_going_down_leaves_a_thread_that_an_older_kit_reads(jean, manager, dated):
    sent(jean, "demande")
    acted(manager(), "tous", {"acte": "admettre", "texte": "Vu."})
    db.migrate("0016", down=True)
    with db.reading() as session:
        assert session.execute(text("SELECT kind, state FROM cases")).all() == [
            ("pieces", "repondu")
        ]
        assert session.scalars(text("SELECT act FROM case_events ORDER BY id")).all() == [
            "envoyer", "repondre",
        ]  # fmt: skip
    db.migrate("head")
    assert count(CampaignSending) == 0

"""A message to many: two people, one list that is frozen, each person once, a recall in time."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from record_pieces import TEAM_B
from sqlalchemy import delete, func, select, update

from iprof_kit.base.errors import Conflict, InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.accounts import Account, Portfolio
from iprof_kit.records.agents import Agent
from iprof_kit.records.cases import Case, CaseEvent, Mailing
from iprof_kit.services.access.accounts import open_session, session_of
from iprof_kit.services.contract.bureau.envois import ENVOIS_OPERATIONS
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.mailings import acting, life, people, sending
from iprof_kit.services.own_data.erasure import erase

DAY = timedelta(days=1)
WORDS = {
    "objet": "Réunion du 4 décembre",
    "texte": "Bonjour {prenom},\nla réunion a lieu à 14 h.\n{service}",
    "ou_demander": "secretariat@academie.example",
    "finalite": "organiser la réunion de rentrée",
}


class CutError(Exception):
    """The program that sends is killed here."""


@pytest.fixture
def desks(manager, dossiers, now):
    """Gmorel follows the teachers of her academy; groche is a colleague, glyon of another one."""
    for numero in ("D0006", "D0012", "D0013"):
        moved = dossiers[numero].model_copy(update={"academie": "06", "departement": "063"})
        save_dossier(moved, "test", now)
    return {
        "gmorel": manager("gmorel", ("06",)),
        "groche": manager("groche", ("06", None, "agrege"), service="Équipe A"),
        "glyon": manager("glyon", ("10",), service="Division de Lyon"),
    }


def written(desks, **changed):
    answer = desks["gmorel"]("envoi_garder", **(WORDS | changed), cle="cle-ecrit")
    assert answer.erreurs == []
    return answer.lu


def acted(desk, one, act, when=None, **more):
    given = {"id": one.id, "revision": one.revision, "cle": f"cle-{act}-{one.revision}"} | more
    return desk("envoi_agir", **({"when": when} if when else {}), acte=act, **given)


def proposed(desks, **changed):
    one = written(desks, **changed)
    answer = acted(desks["gmorel"], one, "proposer", compte=one.nombre)
    assert answer.erreurs == []
    return answer.lu


def confirmed(desks, **changed):
    one = proposed(desks, **changed)
    return acted(desks["groche"], one, "confirmer", compte=one.nombre).lu


def seen_by(desks, who, one):
    return desks[who]("envoi", id=one.id)


def threads():
    with db.reading() as session:
        query = select(Case.numero, Case.state).where(Case.kind == "service")
        return dict(session.execute(query).all())


def test_what_one_person_reads_is_shown_before_and_both_see_the_same(desks):
    one = proposed(desks)
    assert one.nombre == one.suivies == len(one.gens) == 5
    assert sum(one.facettes["corps"].values()) == 5
    again = seen_by(desks, "groche", one)
    same = ("nombre", "suivies", "facettes", "gens", "apercu", "apercu_pour", "filtre", "texte")
    assert all(getattr(again, name) == getattr(one, name) for name in same)
    first = again.apercu_pour.split()[0]
    assert again.apercu == (
        f"Bonjour {first},\nla réunion a lieu à 14 h.\n{TEAM_B}\n\nCe message n’attend pas de "
        "réponse ici. Pour une question\u00a0: secretariat@academie.example\n\nPourquoi ce message"
        "\u00a0: organiser la réunion de rentrée. Adressé à\u00a0: toutes les personnes que suit "
        "le service."
    )
    other = desks["groche"]("envoi", id=one.id, rang=1)
    assert other.apercu_pour != again.apercu_pour
    assert (one.actes, again.actes) == (["reprendre"], ["confirmer", "renvoyer"])


def test_a_filter_narrows_to_one_s_own_people_and_the_count_must_be_typed(desks):
    rare = min(written(desks).facettes["echelon"].items(), key=lambda one: one[1])
    one = desks["gmorel"]("envoi_garder", **WORDS, echelon=rare[0], cle="cle-filtre").lu
    assert (one.nombre, one.suivies) == (rare[1], 5)
    for typed in (None, 0, one.nombre + 1, 30_000):
        [wrong] = acted(desks["gmorel"], one, "proposer", compte=typed).erreurs
        assert wrong.champ == "compte"
        assert str(one.nombre) in wrong.message
    assert acted(desks["gmorel"], one, "proposer", compte=one.nombre).lu.etat == "propose"


def test_p17_what_a_message_is_filtered_by_is_never_a_leave_nor_a_private_matter(desks):
    one = written(desks)
    assert set(one.choix) == {"corps", "echelon", "departement", "etablissement"}
    for private in ("position", "sexe", "quotite", "age", "enfants", "handicap", "syndicat"):
        with pytest.raises(InputError):
            written(desks, **{private: "x"})
    narrowed = desks["gmorel"]("envoi_garder", **WORDS, departement="063", cle="cle-filtre").lu
    assert narrowed.nombre == one.choix["departement"]["063"]
    assert narrowed.criteres == "département 63"


def test_p17_a_filter_of_an_older_version_holds_nobody_until_it_is_chosen_anew(desks):
    one = written(desks)
    with db.writing() as session:
        session.execute(update(Mailing).values(chosen={"position": "Activité"}))
    assert seen_by(desks, "gmorel", one).nombre == 0


def test_p17_the_message_says_its_purpose_and_its_criteria_to_each(desks, now):
    with db.writing() as session:
        session.execute(update(Agent).values(departement="063"))
    one = confirmed(desks, departement="063")
    assert one.nombre == 5
    sending.send_due(now)
    why = "organiser la réunion de rentrée. Adressé à\u00a0: département 63."
    assert [why in words for words in texts()] == [True] * 5


def test_p17_under_five_people_each_reads_a_letter_without_the_criteria(desks, now):
    few = min(written(desks).facettes["echelon"].items(), key=lambda one: one[1])
    one = confirmed(desks, echelon=few[0])
    assert (one.nombre, one.lettres) == (few[1], True)
    assert few[1] < 5
    sending.send_due(now)
    assert len(texts()) == few[1]
    assert all("organiser la réunion de rentrée." in words for words in texts())
    assert not [words for words in texts() if "Adressé" in words or "échelon" in words]


def test_p17_a_message_without_its_purpose_is_not_proposed(desks):
    one = written(desks, finalite=" ")
    [wrong] = acted(desks["gmorel"], one, "proposer", compte=one.nombre).erreurs
    assert wrong.champ == "finalite"


def texts():
    with db.reading() as session:
        acts = ("ecrire", "informer")
        return session.scalars(select(CaseEvent.text).where(CaseEvent.act.in_(acts))).all()


def test_nobody_confirms_who_wrote_it_even_renamed(desks):
    one = proposed(desks)
    for compte in ("gmorel", "gmorel2"):
        with db.writing() as session:
            session.execute(update(Account).where(Account.compte == "gmorel").values(compte=compte))
        [wrong] = acted(desks["gmorel"], one, "confirmer", compte=one.nombre).erreurs
        assert "autre compte" in wrong.remede
    assert threads() == {}


def test_who_stands_in_for_the_author_confirms_nothing_for_her(desks, now):
    one = proposed(desks)
    desks["gmorel"]("bureau_absence", du="2026-11-25", au="2026-11-27", suppleant="groche",
                    cle="cle-absence")  # fmt: skip
    assert desks["groche"]("envois").envois == []
    with pytest.raises(Refused):
        acted(desks["groche"], one, "confirmer", compte=one.nombre)
    later = acted(desks["groche"], one, "confirmer", now + 4 * DAY, compte=one.nombre)
    assert later.lu.etat == "en_cours"


def test_what_was_changed_since_it_was_read_is_not_confirmed(desks):
    one = proposed(desks)
    back = acted(desks["gmorel"], one, "reprendre").lu
    changed = WORDS | {"texte": "Autre chose."}
    kept = desks["gmorel"](
        "envoi_garder", **changed, id=one.id, revision=back.revision, cle="cle-autre"
    ).lu
    acted(desks["gmorel"], kept, "proposer", compte=kept.nombre)
    with pytest.raises(Conflict):
        acted(desks["groche"], one, "confirmer", compte=one.nombre)
    assert threads() == {}


def test_two_who_confirm_at_once_send_it_once(desks, manager, now):
    one = proposed(desks)
    second = [desks["groche"], manager("gtissot", ("06", None, "certifie"), service="Équipe C")]

    def confirm(desk):
        try:
            return acted(desk, one, "confirmer", compte=one.nombre).lu.etat
        except Conflict:
            return "conflit"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(confirm, second)) == ["conflit", "en_cours"]
    sending.send_due(now)
    assert len(threads()) == 5


def test_who_left_since_is_taken_out_and_named_and_who_came_is_not_added(desks, dossiers, now):
    one = proposed(desks)
    gone = dossiers["D0001"].model_copy(update={"academie": "10", "departement": "069"})
    save_dossier(gone, "test", now)
    come = dossiers["D0014"].model_copy(update={"academie": "06", "departement": "063"})
    save_dossier(come, "test", now)
    read = seen_by(desks, "groche", one)
    assert (read.nombre, read.partis) == (4, ["Jean Dupont"])
    [wrong] = acted(desks["groche"], read, "confirmer", compte=5).erreurs
    assert wrong.champ == "compte"
    done = acted(desks["groche"], read, "confirmer", compte=4, cle="cle-quatre").lu
    assert (done.etat, done.partis) == ("en_cours", ["Jean Dupont"])
    sending.send_due(now)
    assert len(threads()) == 4
    assert not {"D0001", "D0014"} & set(threads())


@pytest.mark.parametrize("how", ["closed", "without_portfolio"])
def test_a_message_of_who_is_gone_goes_to_nobody(desks, how):
    one = proposed(desks)
    with db.writing() as session:
        author = select(Account.id).where(Account.compte == "gmorel").scalar_subquery()
        session.execute(delete(Portfolio).where(Portfolio.account_id == author))
        if how == "closed":
            session.execute(update(Mailing).values(author=999_999))
    [wrong] = acted(desks["groche"], one, "confirmer", compte=one.nombre).erreurs
    assert "personne ne recevrait" in wrong.message.lower()
    assert acted(desks["groche"], one, "renvoyer", motif="Auteur parti.").erreurs == []


def test_it_is_sent_back_with_a_reason_and_is_the_author_s_alone_again(desks):
    one = proposed(desks)
    [wrong] = acted(desks["groche"], one, "renvoyer", motif=" ").erreurs
    assert wrong.champ == "motif"
    acted(desks["groche"], one, "renvoyer", motif="Le filtre est trop large.", cle="cle-renvoi")
    back = seen_by(desks, "gmorel", one)
    assert (back.etat, back.etapes[-1].motif) == ("renvoye", "Le filtre est trop large.")
    assert {"proposer", "abandonner"} == set(back.actes)
    with pytest.raises(Refused):
        seen_by(desks, "groche", one)


def test_each_person_has_a_thread_of_her_own_and_the_author_sees_who_read(desks, jean, now):
    one = confirmed(desks)
    with db.reading() as session:
        assert sending.anything_due(session, now)
    sending.send_due(now)
    sent = seen_by(desks, "gmorel", one)
    assert (sent.etat, sent.recus, sent.lus) == ("envoye", 5, 0)
    [line] = jean("courrier").fils
    assert (line.nature, line.objet, line.nouveau) == ("service", WORDS["objet"], True)
    thread = jean("courrier_fil", id=line.id)
    assert thread.evenements[0].texte.startswith("Bonjour Jean,\nla réunion")
    assert thread.evenements[0].service == TEAM_B
    assert thread.actes == []
    assert "gmorel" not in thread.model_dump_json()
    assert seen_by(desks, "gmorel", one).lus == 1
    assert [one.libelle for one in sent.etapes] == ["Proposé", "Confirmé", "Remis à tous"]


def test_where_answers_are_wanted_she_answers_in_her_thread(desks, jean, now):
    confirmed(desks, reponse=True, ou_demander="")
    sending.send_due(now)
    [line] = jean("courrier").fils
    thread = jean("courrier_fil", id=line.id)
    assert "n’attend pas de réponse" not in thread.evenements[0].texte
    assert thread.actes == ["completer"]
    jean("courrier_agir", id=line.id, acte="completer", texte="J’y serai.", cle="cle-reponse")
    assert desks["gmorel"]("bureau").fils[0].id == line.id


def test_killed_in_the_middle_it_is_resumed_and_nobody_is_written_to_twice(desks, monkeypatch, now):
    confirmed(desks)
    monkeypatch.setattr(sending, "BATCH", 2)
    give, count = sending.act, []

    def cut(*args):
        if len(count) == 3:
            raise CutError
        count.append(1)
        return give(*args)

    monkeypatch.setattr(sending, "act", cut)
    with pytest.raises(CutError):
        sending.send_due(now)
    assert len(threads()) == 2  # the batch that was cut left nothing
    monkeypatch.setattr(sending, "act", give)
    for _ in range(2):
        sending.send_due(now)
    with db.reading() as session:
        per_person = select(func.count(Case.id)).where(Case.kind == "service")
        assert session.scalars(per_person.group_by(Case.numero)).all() == [1] * 5


def test_a_recall_takes_the_words_back_from_who_has_not_read_them(desks, jean, now):
    one = confirmed(desks)
    sending.send_due(now)
    [line] = jean("courrier").fils
    jean("courrier_fil", id=line.id)
    sent = seen_by(desks, "gmorel", one)
    [wrong] = acted(desks["gmorel"], sent, "rappeler", motif="").erreurs
    assert wrong.champ == "motif"
    done = acted(desks["gmorel"], sent, "rappeler", motif="Mauvaise date.", cle="cle-rappel").lu
    assert (done.etat, done.retires, done.lus) == ("rappel_en_cours", 4, 1)
    with db.reading() as session:
        texts = session.scalars(select(CaseEvent.text).where(CaseEvent.act == "informer")).all()
        titles = session.scalars(select(Case.title, Case.folded)).all()
    assert sorted(bool(one) for one in texts) == [False, False, False, False, True]
    assert titles.count(WORDS["objet"]) == 1
    sending.send_due(now)
    assert set(threads().values()) == {"rappele"}
    read = jean("courrier_fil", id=line.id)
    assert [one.acte for one in read.evenements] == ["informer", "rappeler"]
    assert read.evenements[1].texte == "Mauvaise date."
    assert seen_by(desks, "gmorel", one).etat == "rappele"


def test_who_had_not_read_finds_the_reason_and_no_word_of_the_message(desks, jean, now):
    one = confirmed(desks)
    sending.send_due(now)
    acted(desks["groche"], seen_by(desks, "groche", one), "rappeler", motif="Mauvaise date.")
    sending.send_due(now)
    [line] = jean("courrier").fils
    whole = jean("courrier_fil", id=line.id).model_dump_json() + line.model_dump_json()
    assert "Mauvaise date." in whole
    assert "réunion" not in whole.lower()
    assert jean("courrier", cherche="réunion").trouves == 0


def test_a_recall_in_the_middle_of_the_sending_leaves_the_others_without_thread(
    desks, monkeypatch, now
):
    one = confirmed(desks)
    monkeypatch.setattr(sending, "BATCH", 2)
    monkeypatch.setattr(sending, "MOST_AT_ONCE", 2)
    sending.send_due(now)
    acted(desks["gmorel"], seen_by(desks, "gmorel", one), "rappeler", motif="Trop tôt.")
    for _ in range(5):
        sending.send_due(now)
    assert len(threads()) == 2
    assert seen_by(desks, "gmorel", one).etat == "rappele"


def test_a_reading_at_the_same_moment_is_wholly_before_or_wholly_after(desks, jean, now):
    one = confirmed(desks)
    sending.send_due(now)
    [line] = jean("courrier").fils
    sent = seen_by(desks, "gmorel", one)
    with ThreadPoolExecutor(2) as pool:
        reading = pool.submit(jean, "courrier_fil", id=line.id)
        recalled = pool.submit(acted, desks["gmorel"], sent, "rappeler", motif="Mauvaise date.")
        read, done = reading.result(), recalled.result().lu
    assert done.lus == (1 if "réunion" in read.evenements[0].texte else 0)
    assert done.lus + done.retires == 5


def test_who_is_erased_before_the_sending_stops_none_of_the_others(desks, now):
    one = confirmed(desks)
    erase("D0001", "départ", "test", now)
    sending.send_due(now)
    assert len(threads()) == 4
    assert seen_by(desks, "gmorel", one).etat == "envoye"


def orders(one):
    return {
        "envois": {},
        "envoi": {"id": one.id},
        "envoi_garder": WORDS | {"id": one.id, "revision": one.revision, "cle": "cle-garder"},
        "envoi_agir": {"id": one.id, "acte": "confirmer", "revision": one.revision,
                       "compte": one.nombre, "cle": "cle-agir-1"},
    }  # fmt: skip


def test_nobody_else_reads_writes_or_confirms(desks, teachers, manager, now):
    one = proposed(desks)
    assert set(orders(one)) == set(ENVOIS_OPERATIONS)
    former = session_of(open_session("gmorel", now), now)
    for op, args in orders(one).items():
        with pytest.raises(NotLoggedIn):
            run(None, op, args, now)
        for role in ("enseignant", "administrateur", "analyste", "formateur", "evaluateur"):
            with pytest.raises(Refused):
                run(replace(former, roles=(role,)), op, args, now)
        with pytest.raises(Refused):
            run(teachers["jdupont"], op, args, now)
        if op != "envois":
            with pytest.raises(Refused):
                desks["glyon"](op, **args)
    assert desks["glyon"]("envois").envois == []
    with pytest.raises(Refused):  # a colleague does not write in it
        desks["groche"]("envoi_garder", **orders(one)["envoi_garder"])
    assert threads() == {}


def test_a_draft_is_the_author_s_alone(desks):
    one = written(desks)
    assert desks["groche"]("envois").envois == []
    with pytest.raises(Refused):
        seen_by(desks, "groche", one)


def test_what_is_wrong_is_named_and_kept(desks):
    one = written(desks, objet="", texte="{prenom} {numen}", ou_demander="")
    faults = acted(desks["gmorel"], one, "proposer", compte=one.nombre).erreurs
    assert [fault.champ for fault in faults] == ["objet", "ou_demander", "texte"]
    assert "{numen}" in faults[2].message
    assert seen_by(desks, "gmorel", one).texte == "{prenom} {numen}"
    long = desks["gmorel"]("envoi_garder", **(WORDS | {"texte": "x" * 10_001}), cle="cle-longue")
    assert [fault.champ for fault in long.erreurs] == ["texte"]


def test_messages_are_bounded_in_people_in_a_day_and_under_way(desks, monkeypatch):
    monkeypatch.setattr(acting, "MOST_RECIPIENTS", 4)
    one = written(desks)
    [wrong] = acted(desks["gmorel"], one, "proposer", compte=5).erreurs
    assert "4 au plus" in wrong.message
    monkeypatch.setattr(acting, "MOST_RECIPIENTS", 1_000)
    monkeypatch.setattr(acting, "MOST_A_DAY", 1)
    first = acted(desks["gmorel"], one, "proposer", compte=5, cle="cle-proposer").lu
    back = acted(desks["gmorel"], first, "reprendre").lu
    with pytest.raises(Refused, match="depuis hier"):
        acted(desks["gmorel"], back, "proposer", compte=5)
    monkeypatch.setattr(acting, "MOST_UNDER_WAY", 1)
    with pytest.raises(Refused, match="en cours"):
        desks["gmorel"]("envoi_garder", **WORDS, cle="cle-seconde")


def test_where_no_service_reads_in_this_kit_nobody_writes_to_many(manager):
    desk = manager("greunion", ("28",), service="Division")
    assert "ne lit dans ce kit" in desk("envois").refus
    with pytest.raises(Refused):
        desk("envoi_garder", **WORDS, cle="cle-ecrit")


@pytest.mark.parametrize(
    "args", [{"revision": -1}, {"compte": -1}, {"acte": "DROP TABLE"}, {"id": "../x"}]
)
def test_senseless_arguments_are_refused(desks, args):
    one = written(desks)
    given = {"id": one.id, "acte": "proposer", "revision": 1, "cle": "cle-agir-1"} | args
    with pytest.raises((InputError, Refused)):
        desks["gmorel"]("envoi_agir", **given)


def test_every_state_of_the_table_ends_and_none_is_confirmed_by_its_author():
    for state in life.states().values():
        assert state.waits_for or not life.acts_open(state.code, {"kit"})
        assert "confirmer" not in life.acts_open(state.code, {"auteur"})
        assert "proposer" not in life.acts_open(state.code, {"seconde"})
    assert people.CRITERES


def test_going_down_keeps_the_threads_that_were_sent(desks, jean, now):
    confirmed(desks, reponse=True)
    sending.send_due(now)
    db.migrate("0012", down=True)
    with db.engine().connect() as link:
        assert {row[0] for row in link.exec_driver_sql("SELECT state FROM cases")} == {"clos"}
    db.migrate("head")
    assert len(jean("courrier").fils) == 1
    with db.reading() as session:
        assert session.scalar(select(func.count(Agent.id))) == 5

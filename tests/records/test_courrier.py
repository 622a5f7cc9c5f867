"""« Votre courrier »: threads of one's own, written, read, searched, reminded, closed, reopened."""

from datetime import date, timedelta

import pytest
from record_pieces import image, slices
from sqlalchemy import func, select

from iprof_kit.base.errors import InputError, Refused
from iprof_kit.records import database as db
from iprof_kit.records.cases import Case, CaseEvent, Paper
from iprof_kit.records.journal import audit
from iprof_kit.records.repository import Order
from iprof_kit.services.access.accounts import NewAccount, create_account, open_session, session_of
from iprof_kit.services.cases.acting import CASES, Act, Opening, act, begin, see
from iprof_kit.services.cases.life import KIT, SERVICE
from iprof_kit.services.courrier import sending
from iprof_kit.services.guichet.operations import NotLoggedIn, run
from iprof_kit.services.reports import answers

DATUM = "affectations.1.dates"
SCHOOLS = "Division des enseignants du premier degré (fictive)"


@pytest.fixture
def written(jean):
    """Return a function: a thread that Jean Dupont opens."""

    def one(cle="cle-premiere", **words):
        given = {
            "nature": "question",
            "objet": "Temps partiel à la rentrée",
            "texte": "Quand dois-je le demander ?",
        }
        return jean("courrier_ecrire", cle=cle, **(given | words))

    return one


def told_by_service(name, now, act_name="repondre", **words):
    """Do one thing as the service that follows the file."""
    with db.writing() as session:
        case = CASES.find(session, name, lock=True)
        words.setdefault("text", "Avant le 31 mars.")
        act(session, case, Act(act_name, SERVICE, **words), now)


def joined(jean, pour, name="scan.png", cle="piece-premiere"):
    content = slices(image("PNG"))[0]
    return jean("piece_deposer", nom=name, pour=pour, part=0, parts=1, contenu=content, cle=cle)


def counted():
    with db.reading() as session:
        return [session.scalar(select(func.count(one.id))) for one in (Case, CaseEvent)]


def test_a_thread_begins_with_her_message_and_says_which_service_reads_it(jean, written, now):
    lu = written().lu
    (event,) = lu.evenements
    assert (lu.fil.numero, lu.fil.etat, lu.fil.attend) == ("2026-0001", "envoye", "service")
    assert (event.rang, event.acte, event.le, event.de) == (1, "envoyer", now, "vous")
    assert (event.texte, event.vu_le) == ("Quand dois-je le demander ?", None)
    assert lu.service == event.service == SCHOOLS
    listed = jean("courrier")
    assert [one.id for one in listed.fils] == [lu.fil.id]
    assert listed.correspondant.service == SCHOOLS
    assert listed.correspondant.mode == "kit"
    assert listed.comptes.model_dump() == {
        "nouveaux": 0, "tous": 1, "vous": 0, "service": 1, "kit": 0, "clos": 0,
    }  # fmt: skip


def test_the_same_order_sent_twice_is_one_thread_and_one_act(jean, written):
    first, again = written(), written()
    assert first == again
    assert counted() == [1, 1]
    name = written().lu.fil.id
    for _ in range(2):
        lu = jean("courrier_agir", id=name, acte="completer", texte="Encore.", cle="cle-acte-1").lu
    assert [one.texte for one in lu.evenements] == ["Quand dois-je le demander ?", "Encore."]
    assert written(texte="Une autre question.").lu.fil.id != name


def test_what_the_service_wrote_is_new_until_she_reads_it_and_the_reading_is_noted(
    jean, written, now
):
    name = written().lu.fil.id
    told_by_service(name, now + timedelta(hours=1))
    assert jean("courrier_comptes").nouveaux == 1
    assert jean("courrier").fils[0].nouveau
    later = now + timedelta(hours=2)
    lu = jean("courrier_fil", when=later, id=name)
    assert [one.vu_le for one in lu.evenements] == [None, later]
    assert not lu.fil.nouveau
    assert jean("courrier_comptes").nouveaux == 0
    again = jean("courrier_fil", when=later + timedelta(hours=1), id=name)
    assert again.evenements[1].vu_le == later
    with db.reading() as session:
        assert audit.lines(session, subject="dossier:D0001")[0].action == "fil_lu"
    told = {(one.objet, one.motif) for one in jean("consultations").consultations}
    assert ("Un fil de votre courrier", "lire un fil") in told


def test_she_sees_when_the_service_read_her_message(jean, written, now):
    name = written().lu.fil.id
    with db.writing() as session:
        assert see(session, CASES.find(session, name, lock=True), SERVICE, now) == 1
        assert see(session, CASES.find(session, name, lock=True), SERVICE, now) == 0
    assert jean("courrier_fil", id=name).evenements[0].vu_le == now


def test_what_a_service_reads_by_a_command_is_seen_too(jean, now):
    sent = jean("signaler", donnee="identite.nom", indique="Dupond", cle="cle-seconde").signalement
    answers.waiting_reports(now + timedelta(hours=1), "iprof signalement")
    (event,) = jean("courrier_fil", id=sent.id).evenements
    assert event.vu_le == now + timedelta(hours=1)


def test_a_message_of_the_kit_says_from_what_it_is_deduced_and_takes_no_answer(jean, now):
    def change(session, case):
        begin(case, Opening("D0001", KIT, "Kit libre, non officiel : 8e échelon"), now)
        source = "Décret 90-680, article 24"
        done = Act("informer", KIT, text="D’après votre copie…", source=source, address="/x")
        act(session, case, done, now)

    CASES.store("f" * 24, change, Order("kit:1", "kit", now))
    listed = jean("courrier", vue="kit")
    assert [(one.id, one.nature, one.dernier_de) for one in listed.fils] == [
        ("f" * 24, "kit", "kit")
    ]
    counts = listed.comptes
    assert (counts.kit, counts.nouveaux, counts.clos) == (1, 1, 0)
    lu = jean("courrier_fil", id="f" * 24)
    (event,) = lu.evenements
    assert (event.de, event.source, event.adresse) == ("kit", "Décret 90-680, article 24", "/x")
    assert lu.actes == []
    for name in ("completer", "relancer", "clore", "rouvrir"):
        cle = f"cle-{name}"
        assert jean("courrier_agir", id="f" * 24, acte=name, texte="x", cle=cle).erreurs
    assert jean("courrier_comptes").nouveaux == 0


def test_the_views_hold_what_waits_for_whom(jean, written, now):
    names = [written(f"cle-{n:05d}", objet=f"Objet {n}").lu.fil.id for n in range(4)]
    told_by_service(names[0], now, "demander_piece", text="L’arrêté ?", due=date(2026, 12, 4))
    told_by_service(names[1], now)
    jean("courrier_agir", id=names[2], acte="clore", cle="cle-clore-1")

    def view(vue):
        return [one.id for one in jean("courrier", vue=vue).fils]

    assert view("vous") == [names[0]]
    assert view("service") == [names[3]]
    assert view("clos") == [names[2]]
    assert view("kit") == []
    assert view("tous") == [names[0], names[3], names[2], names[1]]
    assert jean("courrier").fils[0].avant == date(2026, 12, 4)
    assert jean("courrier_comptes").model_dump() == {
        "nouveaux": 2, "tous": 4, "vous": 1, "service": 1, "kit": 0, "clos": 1,
    }  # fmt: skip


def test_a_search_wants_every_word_whatever_its_accents_and_case(jean, written, now):
    name = written(objet="Œuvre scolaire", texte="L’arrêté du 3 juillet, 100 % %").lu.fil.id
    written("cle-seconde")
    told_by_service(name, now, text="Nous vérifions à l’INSPÉ.")
    for sought in ("arrete", "ARRÊTÉ juillet", "inspe", "oeuvre", "l'arrêté", "2026-0001", "100 %"):
        assert [one.id for one in jean("courrier", cherche=sought).fils] == [name], sought
    for sought in ("arrete mars", "x' OR '1'='1", "_", "2025-0001"):
        assert jean("courrier", cherche=sought).trouves == 0, sought
    assert jean("courrier", cherche=" ").trouves == 2
    assert jean("courrier", cherche="arrete", vue="clos").trouves == 0


def test_a_long_list_and_a_long_thread_are_read_page_after_page(jean, written, now):
    name = written().lu.fil.id
    for number in range(60):
        told_by_service(name, now, "repondre" if number else "prendre", text=f"Message {number}")
    first, second = (jean("courrier_fil", id=name, page=page) for page in (0, 1))
    assert [one.rang for one in first.evenements] == list(range(12, 62))
    assert (first.plus_anciens, first.evenements[-1].texte) == (11, "Message 59")
    assert [one.rang for one in second.evenements] == list(range(1, 12))
    assert second.plus_anciens == 0
    assert jean("courrier_fil", id=name, page=9).evenements == []
    with db.writing() as session:
        hers = CASES.find(session, name)
        for number in range(60):
            session.add(_copy(hers, number, now - timedelta(days=number)))
    pages = [jean("courrier", page=page) for page in (0, 1, 2)]
    assert [len(one.fils) for one in pages] == [50, 11, 0]
    assert [one.trouves for one in pages] == [61] * 3
    days = [one.dernier_le for page in pages for one in page.fils]
    assert days == sorted(days, reverse=True)


def _copy(case, number, at):
    names = [column.key for column in Case.__table__.columns if column.key != "id"]
    columns = {name: getattr(case, name) for name in names}
    return Case(**columns | {"name": f"{number:024x}", "last_at": at})


def test_a_page_of_new_messages_that_she_is_not_shown_stays_new(jean, written, now):
    name = written().lu.fil.id
    for number in range(55):
        told_by_service(name, now, text=f"Message {number}")
    assert jean("courrier_fil", id=name).fil.nouveau
    assert not jean("courrier_fil", id=name, page=1).fil.nouveau


def test_she_may_remind_the_service_once_the_announced_delay_has_passed_and_once_a_delay(
    jean, written, now
):
    name = written().lu.fil.id
    remind = {"id": name, "acte": "relancer"}
    lu = jean("courrier_fil", id=name)
    assert lu.fil.relance_le == date(2026, 12, 6)
    assert "relancer" not in lu.actes
    early = jean("courrier_agir", when=now + timedelta(days=10), **remind, cle="cle-relance-1")
    assert [(one.champ, one.message) for one in early.erreurs] == [
        ("relancer", "Le délai de réponse annoncé court jusqu’au 5 décembre 2026.")
    ]
    day = now + timedelta(days=11)
    assert "relancer" in jean("courrier_fil", when=day, id=name).actes
    lu = jean("courrier_agir", when=day, **remind, cle="cle-relance-2").lu
    assert lu.evenements[-1].libelle == "Relancé"
    assert lu.fil.relance_le == date(2026, 12, 17)
    assert jean("courrier_agir", when=day, **remind, cle="cle-relance-3").erreurs
    told_by_service(name, day)
    lu = jean("courrier_fil", when=day + timedelta(days=90), id=name)
    assert lu.fil.relance_le is None
    assert "relancer" not in lu.actes


def test_without_announced_delay_nothing_is_reminded(jean, written, monkeypatch, academies):
    academies("courrier: {mode: kit}")
    name = written().lu.fil.id
    assert jean("courrier_fil", id=name).fil.relance_le is None
    answer = jean("courrier_agir", id=name, acte="relancer", cle="cle-relance-1")
    assert "n’annonce pas de délai" in answer.erreurs[0].message


@pytest.fixture
def academies(tmp_path, monkeypatch):
    """Return a function: the academy of the file, with these lines of configuration more."""

    def one(more):
        file = tmp_path / "academies.yml"
        file.write_text(
            'academies: [{code: "06", nom: Essai, assistance_nom: A'
            + (f", {more}" if more else "")
            + "}]\n",
            "utf-8",
        )
        monkeypatch.setenv("IPROF_ACADEMIES", str(file))

    return one


def test_where_no_service_reads_nothing_is_sent(jean, written, academies):
    for more in ("", "courrier: {mode: lettre}"):
        academies(more)
        assert jean("courrier").correspondant.mode == "lettre"
        with pytest.raises(Refused, match="aucun service de votre académie"):
            written()
    assert counted() == [0, 0]


def test_a_closed_thread_is_read_only_until_it_is_reopened_with_a_reason(jean, written):
    name = written().lu.fil.id
    lu = jean("courrier_agir", id=name, acte="clore", cle="cle-clore-1").lu
    assert (lu.fil.etat, lu.fil.en_cours, lu.actes) == ("clos", False, ["rouvrir"])
    answer = jean("courrier_agir", id=name, acte="completer", texte="Et ?", cle="cle-apres-1")
    assert answer.erreurs[0].champ == "completer"
    assert "« clos »" in answer.erreurs[0].message
    answer = jean("courrier_agir", id=name, acte="rouvrir", texte=" ", cle="cle-rouvrir-1")
    assert [(one.champ, one.message) for one in answer.erreurs] == [("texte", "Ce texte est vide.")]
    lu = jean("courrier_agir", id=name, acte="rouvrir", texte="Erreur.", cle="cle-rouvrir-2").lu
    assert (lu.fil.etat, lu.fil.attend) == ("rouvert", "service")


def test_she_does_nothing_that_is_the_service_s(jean, written):
    thread = written().lu.fil.id
    for name in ("prendre", "repondre", "corriger", "demander_piece", "envoyer", "informer"):
        answer = jean("courrier_agir", id=thread, acte=name, texte="x", cle=f"cle-{name}")
        assert answer.lu is None
        assert answer.erreurs
    assert counted() == [1, 1]


WRONG = [
    ({"texte": "  "}, "texte", "Ce message est vide."),
    ({"texte": "x" * 100_000}, "texte", "Ce texte compte 100\u00a0000 caractères."),
    ({"texte": "a\x00b"}, "texte", "Ce texte contient un caractère invisible."),
    ({"texte": "\u202ea"}, "texte",
     "Ce texte contient un caractère invisible, qui change l’ordre des mots."),
    ({"texte": "a\U000e0041b"}, "texte", "Ce texte contient un caractère invisible."),
    ({"objet": ""}, "objet", "L’objet manque."),
    ({"objet": "x" * 121}, "objet", "Ce texte compte 121 caractères."),
    ({"objet": "deux\nlignes"}, "objet", "Ce texte contient un saut de ligne."),
    ({"donnee": "paie.net"}, "donnee", "Cette donnée n’est pas dans votre dossier."),
    ({"nature": "erreur"}, "donnee", "La donnée à corriger manque."),
    ({"nature": "pieces"}, "pieces", "Aucune pièce n’est jointe."),
    ({"pieces": ["0" * 24]}, "pieces", "Une pièce n’est plus là."),
    ({"pieces": [f"{n}" for n in range(6)]}, "pieces", "Vous joignez 6 pièces."),
]  # fmt: skip


def test_a_wrong_field_is_named_and_nothing_is_written(written):
    for words, field, message in WRONG:
        answer = written(**words)
        assert answer.lu is None
        assert [(one.champ, one.message) for one in answer.erreurs] == [(field, message)]
        assert answer.erreurs[0].remede
    assert counted() == [0, 0]


def test_a_kind_that_is_not_announced_is_refused(written):
    for words in ({"nature": "sante"}, {"nature": "kit"}, {"nature": "service"}, {"cle": "court"}):
        with pytest.raises(InputError, match="ne conviennent pas"):
            written(**words)
    assert counted() == [0, 0]


def test_a_message_of_the_longest_kind_is_kept_as_typed(written):
    text = "é" * 9_999 + "!"
    assert written(texte=f"\ufeff{text}\r\n").lu.evenements[0].texte == text


def test_open_threads_and_acts_of_a_day_are_bounded(jean, written, monkeypatch, now):
    monkeypatch.setattr(sending, "MOST_OPEN", 2)
    monkeypatch.setattr(sending, "MOST_A_DAY", 4)
    name = written().lu.fil.id
    written("cle-seconde")
    with pytest.raises(Refused, match="déjà en cours"):
        written("cle-troisieme")
    more = {"id": name, "acte": "completer", "texte": "Encore."}
    for number in range(2):
        jean("courrier_agir", **more, cle=f"cle-encore-{number}")
    with pytest.raises(Refused, match="4 fois depuis hier"):
        jean("courrier_agir", **more, cle="cle-encore-2")
    assert counted() == [2, 4]
    assert jean("courrier_agir", when=now + timedelta(days=2), **more, cle="cle-encore-3").lu


def test_papers_of_one_draft_never_leave_with_another(jean, written, now):
    name = written().lu.fil.id
    told_by_service(name, now, "demander_piece", text="L’arrêté ?")
    places = {"signalement": joined(jean, "signalement"), "nouveau": joined(jean, "nouveau"),
              "fil": joined(jean, name)}  # fmt: skip
    ids = {place: answer.piece.id for place, answer in places.items()}
    assert len(set(ids.values())) == 3
    assert [one.id for one in jean("signalements").en_attente] == [ids["signalement"]]
    assert [one.id for one in jean("courrier").en_attente] == [ids["nouveau"]]
    assert [one.id for one in jean("courrier_fil", id=name).en_attente] == [ids["fil"]]
    wrong = written("cle-seconde", pieces=[ids["fil"]])
    assert wrong.erreurs[0].message == "Une pièce n’est plus là."
    send = {"id": name, "acte": "envoyer_piece"}
    wrong = jean("courrier_agir", **send, pieces=[ids["nouveau"]], cle="cle-piece-01")
    assert wrong.erreurs[0].champ == "pieces"
    wrong = jean("courrier_agir", **send, cle="cle-piece-02")
    assert [(one.champ, one.message) for one in wrong.erreurs] == [
        ("pieces", "Aucune pièce n’est jointe.")
    ]
    lu = jean("courrier_agir", **send, pieces=[ids["fil"]], cle="cle-piece-03").lu
    assert [one.id for one in lu.evenements[-1].pieces] == [ids["fil"]]
    assert (lu.fil.etat, lu.fil.pieces, lu.en_attente) == ("pris_en_charge", 1, [])
    with_paper = written("cle-tierce", pieces=[ids["nouveau"]]).lu
    assert [one.nom for one in with_paper.evenements[0].pieces] == ["scan.png"]
    assert jean("piece_retirer", id=ids["signalement"]).en_attente == []


def test_a_paper_for_a_thread_that_takes_none_is_refused(jean, written, teachers, now):
    name = written().lu.fil.id
    other = run(teachers["jdupont2"], "piece_deposer",
                {"nom": "x.png", "pour": name, "part": 0, "parts": 1,
                 "contenu": slices(image("PNG"))[0], "cle": "piece-autre-1"}, now)  # fmt: skip
    assert other.erreur.message == "Ce fil n’est pas un des vôtres."
    assert joined(jean, "0" * 24).erreur.message == "Ce fil n’est pas un des vôtres."
    jean("courrier_agir", id=name, acte="clore", cle="cle-clore-1")
    joined_after = joined(jean, name, cle="piece-seconde")
    assert joined_after.piece  # to reopen it
    lu = jean("courrier_agir", id=name, acte="rouvrir", texte="Voici.",
              pieces=[joined_after.piece.id], cle="cle-rouvrir-1").lu  # fmt: skip
    assert lu.fil.pieces == 1
    answer = jean("courrier_agir", id=name, acte="clore", pieces=["0" * 24], cle="cle-clore-2")
    assert answer.erreurs[0].message == "Cet acte ne prend pas de pièce."
    with db.reading() as session:
        assert session.scalar(select(func.count(Paper.id))) == 1


def test_papers_that_wait_are_bounded_by_message_and_in_all(jean, monkeypatch):
    monkeypatch.setattr("iprof_kit.services.reports.files.MOST_WAITING", 2)
    monkeypatch.setattr("iprof_kit.services.reports.files.MOST_WAITING_ANYWHERE", 3)
    for number in range(2):
        assert joined(jean, "nouveau", cle=f"piece-{number:05d}").piece
    assert "2 pièces attendent" in joined(jean, "nouveau", cle="piece-trop-1").erreur.message
    assert joined(jean, "signalement", cle="piece-trop-1").piece
    assert "3 pièces attendent" in joined(jean, "signalement", cle="piece-trop-2").erreur.message


def test_an_error_told_is_one_case_on_both_screens(jean, now):
    words = {"nature": "erreur", "objet": "", "texte": "Voir l’arrêté.", "donnee": DATUM}
    lu = jean("courrier_ecrire", **words, indique="1er septembre 2018", cle="cle-premiere").lu
    (report,) = jean("signalements").signalements
    assert (report.id, report.numero, report.donnee) == (lu.fil.id, lu.fil.numero, DATUM)
    assert (report.valeur, report.indique) == (lu.affiche, "1er septembre 2018")
    assert (report.explication, report.libelle) == ("Voir l’arrêté.", lu.fil.objet)
    sent = jean("signaler", donnee="identite.nom", indique="Dupond", cle="cle-seconde").signalement
    told_by_service(sent.id, now, "corriger", value="Dupond", text="Corrigé.")
    lu = jean("courrier_fil", id=sent.id)
    assert (lu.fil.nature, lu.fil.etat, lu.corrige) == ("erreur", "decide", "Dupond")
    assert [one.id for one in jean("courrier").fils] == [sent.id, report.id]


def test_nobody_else_reads_or_writes_in_it(jean, written, teachers, now, database):
    name = written().lu.fil.id
    other = teachers["jdupont2"]
    assert run(other, "courrier", {}, now).fils == []
    assert run(other, "courrier", {"cherche": "temps partiel"}, now).trouves == 0
    assert run(other, "courrier_comptes", {}, now).tous == 0
    act_on_it = {"id": name, "acte": "completer", "texte": "x", "cle": "cle-autre-1"}
    for op, args in (("courrier_fil", {"id": name}), ("courrier_agir", act_on_it)):
        with pytest.raises(Refused, match="n’est pas un des vôtres"):
            run(other, op, args, now)
    assert counted() == [1, 1]


OPERATIONS = [
    ("courrier", {}),
    ("courrier_comptes", {}),
    ("courrier_fil", {"id": "0" * 24}),
    ("courrier_ecrire",
     {"nature": "question", "objet": "x", "texte": "x", "cle": "cle-autre-1"}),
    ("courrier_agir", {"id": "0" * 24, "acte": "clore", "cle": "cle-autre-1"}),
]  # fmt: skip


def test_a_logged_out_person_and_another_role_are_refused(others, now):
    for op, args in OPERATIONS:
        with pytest.raises(NotLoggedIn):
            run(None, op, args, now)
        for identity in others:
            with pytest.raises(Refused, match="n’ouvre pas de dossier"):
                run(identity, op, args, now)


@pytest.fixture
def others(database, now):
    """Accounts of every other role, as the server knows them."""
    roles = ("gestionnaire", "evaluateur", "analyste", "formateur", "administrateur")
    for role in roles:
        create_account(NewAccount(role, (role,), password="quatre mots sans lien"), "test", now)
    return [session_of(open_session(role, now), now) for role in roles]

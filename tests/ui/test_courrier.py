"""« Votre courrier »: its screens over a real database."""

import io
import shutil
from datetime import date, timedelta

import pypdf
import pytest
import ui_people as people
from full_disk import WORDS, few_pages
from record_pieces import image, pdf
from ui_database import NOW, InProcess, open_database
from ui_html import check

from iprof_kit.base.errors import Unavailable
from iprof_kit.base.paths import SAMPLE
from iprof_kit.records import database as db
from iprof_kit.records.repository import Order
from iprof_kit.services.cases.acting import CASES, Act, Opening, act, begin
from iprof_kit.services.cases.life import KIT, SERVICE
from iprof_kit.services.contract.courrier import Evenement, Fil, FilLu
from iprof_kit.ui.portal import Portal
from iprof_kit.ui.screens.courrier.rows import way
from iprof_kit.ui.screens.courrier.thread import thread_view

HERE = "/courrier"
SCHOOLS = "Division des enseignants du premier degré (fictive)"


@pytest.fixture
def identity(tmp_path, monkeypatch):
    return open_database(tmp_path, monkeypatch)


@pytest.fixture
def guichet(identity):
    return InProcess(identity)


@pytest.fixture
def screens(guichet):
    return Portal(lambda: guichet, people.answer)


def route(screens, query="", path=HERE):
    return check(screens.handle({"kind": "route", "path": path, "query": query}))


def intent(screens, name, path=HERE, **values):
    message = {"kind": "intent", "name": name, "values": values, "changed": "", "path": path}
    return check(screens.handle(message))


def joining(screens, name, content, of="nouveau"):
    message = {"kind": "intent", "name": "courrier_piece", "values": {"of": of}, "path": HERE}
    return check(
        screens.handle({**message, "file": name, "size": len(content), "content": content})
    )


def writing(screens, **typed):
    values = {"of": "nouveau", "nature": "question", "objet": "Temps partiel", "texte": "Quand ?"}
    return intent(screens, "courrier_envoyer", **values | {"donnee": ""} | typed)


def thread_of(guichet):
    return guichet.ask("courrier").fils[0].id


def service(guichet, done, **more):
    """Do one thing as the service that follows the file."""
    name = thread_of(guichet)
    with db.writing() as session:
        case = CASES.find(session, name, lock=True)
        more.setdefault("service", SCHOOLS)
        act(session, case, Act(done, SERVICE, **more), guichet.now)
    return name


def words_of(page, name="texte"):
    return next(one for one in page.all("textarea") if one["name"] == name)["id"]


def drafted(guichet):
    return guichet.ask("carnet_lire", sujet="courrier").contenu or {}


def test_an_empty_courrier_says_to_whom_one_writes_and_in_how_many_days_an_answer_comes(screens):
    page = route(screens)
    assert "Aucun fil encore." in page.text
    assert f"À : {SCHOOLS}" in page.text.replace("\u00a0", " ")
    assert "sous 10\u00a0jours" in page.text
    assert {"/courrier?nouveau=1"} <= {one["href"] for one in page.all("a")}


def test_a_message_is_sent_and_its_thread_shown_with_a_dated_receipt(screens, guichet):
    route(screens, "?nouveau=1")
    page = writing(screens)
    name = thread_of(guichet)
    assert "Envoyé au service le 25 novembre 2026 à 14\u00a0h\u00a032" in page.text
    assert f"/courrier/recu/{name}/1.pdf" in [one["href"] for one in page.all("a")]
    assert "Quand ?" in page.text.replace("\u00a0", " ")
    assert "Pas encore vu par le service." in page.text
    assert f"/courrier?fil={name}" in [one.get("data-address") for _, one in page.tags]
    again = route(screens, f"?fil={name}")
    assert "Envoyé au service le" not in again.text


def test_what_is_wrong_is_said_in_its_field_and_nothing_typed_is_lost(screens, guichet):
    route(screens, "?nouveau=1")
    page = writing(screens, objet=" ", texte="Un texte")
    assert "L’objet manque." in page.text
    assert "Un texte" in page.text
    assert guichet.ask("courrier").fils == []


@pytest.mark.parametrize("nature", ["question", "changement", "erreur", "pieces"])
def test_p18_what_is_said_to_be_optional_is_not_refused_when_empty(screens, guichet, nature):
    """Each kind of message: its datum is refused where it is missing, or said to be optional."""
    route(screens, "?nouveau=1")
    shown = intent(screens, "courrier_brouillon", of="nouveau", nature=nature, objet="Indice",
                   texte="Relisez-le.", donnee="")  # fmt: skip
    optional = "Donnée de votre dossier (facultatif)" in shown.text
    page = writing(screens, nature=nature, objet="Indice", texte="Relisez-le.")
    refused = "La donnée à corriger manque." in page.text
    assert refused is not optional
    assert ("Donnée à corriger" in page.text) is (nature == "erreur")


HEALTH_ASKED = "st-ce une pièce de santé\u00a0?"


@pytest.mark.parametrize(
    ("name", "asked"),
    [
        ("certificat-medical.pdf", True), ("Arrêt de travail 12.pdf", True), ("RQTH.pdf", True),
        ("certificat_de_scolarite.pdf", False), ("arrêté-nomination.pdf", False),
        ("medaille.pdf", False),
    ],
)  # fmt: skip
def test_p17_a_paper_called_as_a_health_paper_is_asked_about_and_not_refused(
    screens, guichet, name, asked
):
    route(screens, "?nouveau=1")
    shown = joining(screens, name, pdf())
    assert (HEALTH_ASKED in shown.text) is asked
    page = writing(screens)
    assert ("rien n’est envoyé d’ici là" in page.text) is asked
    assert len(guichet.ask("courrier").fils) == (not asked)
    if asked:
        [paper] = guichet.ask("courrier").en_attente
        page = intent(screens, "courrier_piece_autre", of=paper.id)
        assert HEALTH_ASKED not in page.text
        assert "Envoyé au service le" in writing(screens).text


def test_p17_what_the_service_writes_is_not_said_to_be_by_the_service_twice(screens):
    told = Evenement(rang=1, acte="ecrire", libelle="Message du service", de="service", le=NOW)
    fil = Fil(id="f1", numero="2026-0001", nature="service", objet="Réunion", etat="ecrit",
              libelle="Écrit", depuis=NOW, dernier_le=NOW, dernier_de="service")  # fmt: skip
    lu = FilLu(fil=fil, service=SCHOOLS, evenements=[told])
    [event] = thread_view(lu, NOW.date()).events
    assert (event.it.libelle, event.done_by) == ("Message du service", "")
    other = told.model_copy(update={"libelle": "Pris en charge", "acte": "prendre"})
    [event] = thread_view(lu.model_copy(update={"evenements": [other]}), NOW.date()).events
    assert event.done_by == "par le service"


def test_a_message_too_long_stays_on_the_screen_and_is_not_sent(screens, guichet):
    route(screens, "?nouveau=1")
    page = writing(screens, texte="a" * 20_000)
    assert "Ce message dépasse 10\u00a0000 caractères." in page.text
    assert guichet.ask("courrier").fils == []
    assert "nouveau" not in drafted(guichet)


def test_a_full_disk_at_sending_is_said_in_french_and_every_word_stays(screens, guichet):
    route(screens, "?nouveau=1")
    typed = {"nature": "erreur", "objet": "Mon grade", "texte": WORDS,
             "donnee": "situation.corps", "indique": "Certifié"}  # fmt: skip
    with few_pages():
        page = writing(screens, **typed)
        assert "Le disque est plein. Rien n’a été modifié." in page.text
        assert "Envoyé au service" not in page.text
        assert WORDS in page.text
        values = [one.get("value") for one in page.all("input")]
        assert {"Mon grade", "Certifié"} <= {*values}
        assert guichet.ask("courrier").fils == []
    assert "Envoyé au service le" in writing(screens, **typed).text
    assert len(guichet.ask("courrier").fils) == 1


def test_a_draft_survives_a_closed_page_and_another_device_and_ends_when_sent(screens, guichet):
    route(screens, "?nouveau=1")
    intent(screens, "courrier_brouillon", of="nouveau", nature="changement", objet="Adresse",
           texte="J’ai déménagé.", donnee="")  # fmt: skip
    other = Portal(lambda: guichet, people.answer)
    page = route(other, "?nouveau=1")
    assert "J’ai déménagé." in page.text
    assert "Brouillon enregistré le 25 novembre 2026 à 14\u00a0h\u00a032" in page.text
    checked = [one["value"] for one in page.all("input") if "checked" in one]
    assert "changement" in checked
    writing(other, objet="Adresse", texte="J’ai déménagé.")
    assert drafted(guichet) == {}


def test_two_devices_that_write_to_two_threads_lose_nothing_and_choose_nothing(screens, guichet):
    route(screens, "?nouveau=1")
    writing(screens)
    name = thread_of(guichet)
    route(screens, f"?fil={name}")
    other = Portal(lambda: guichet, people.answer)
    route(other, "?nouveau=1")
    intent(other, "courrier_brouillon", of="nouveau", texte="Nouveau")
    page = intent(screens, "courrier_brouillon", of=name, texte="Réponse")
    assert "modifié ailleurs" not in page.text
    assert {one: kept["texte"] for one, kept in drafted(guichet).items()} == {
        "nouveau": "Nouveau", name: "Réponse",
    }  # fmt: skip


def test_two_devices_on_one_draft_see_both_writings_and_choose(screens, guichet):
    other = Portal(lambda: guichet, people.answer)
    for one in (screens, other):
        route(one, "?nouveau=1")
    intent(other, "courrier_brouillon", of="nouveau", texte="Ailleurs")
    page = intent(screens, "courrier_brouillon", of="nouveau", texte="Ici")
    assert "Ce brouillon a aussi été modifié ailleurs" in page.text
    assert "Ailleurs" in page.text
    intent(screens, "carnet_garder_ici")
    assert drafted(guichet)["nouveau"]["texte"] == "Ici"


def test_papers_are_said_before_checked_and_sent_with_the_message(screens, guichet):
    assert "5 Mo au plus" in route(screens, "?nouveau=1").text.replace("\u00a0", " ")
    page = joining(screens, "arrêté.pdf", pdf())
    assert "reçue et contrôlée" in page.text
    page = joining(screens, "faux.pdf", image("PNG"))
    assert "Son nom annonce un PDF, son contenu est une image PNG." in page.text
    assert "arrêté.pdf" in writing(screens).text
    assert guichet.ask("courrier").fils[0].pieces == 1


def test_the_same_file_chosen_twice_is_one_paper_and_a_cut_one_goes_on(screens, guichet):
    content = pdf(lambda writer: writer.add_metadata({"/Subject": "x" * 1_500_000}))
    route(screens, "?nouveau=1")
    real, asked = guichet.ask, []

    def cut(op, **args):
        if op == "piece_deposer":
            asked.append(args["part"])
            if asked == [0, 1]:
                raise Unavailable("le serveur ne répond pas.")
        return real(op, **args)

    guichet.ask = cut
    assert "Le serveur ne répond pas." in joining(screens, "grand.pdf", content).text
    assert "reçue et contrôlée" in joining(screens, "grand.pdf", content).text
    assert asked == [0, 1, 0, 1, 2]
    joining(screens, "grand.pdf", content)
    assert len(guichet.ask("courrier").en_attente) == 1


def test_a_paper_asked_for_is_awaited_till_a_day_and_sent_in_the_thread(screens, guichet):
    route(screens, "?nouveau=1")
    writing(screens)
    due = date(2026, 12, 4)
    name = service(guichet, "demander_piece", text="Merci d’envoyer l’arrêté.", due=due)
    page = route(screens)
    assert "Un fil vous attend jusqu’au 4 décembre 2026" in page.text
    assert "à vous, avant le 4\u00a0déc. 2026" in page.text
    page = route(screens, f"?fil={name}")
    assert "Réponse attendue avant le 4 décembre 2026" in page.text
    assert "Merci d’envoyer l’arrêté." in page.text
    joining(screens, "arrêté.pdf", pdf(), of=name)
    page = intent(screens, "courrier_envoyer", of=name, texte="Le voici.")
    assert "Pris en charge" in page.text
    assert guichet.ask("courrier_fil", id=name).fil.etat == "pris_en_charge"
    assert "arrêté.pdf" in page.text


def test_the_service_is_reminded_once_the_announced_delay_has_passed(screens, guichet):
    route(screens, "?nouveau=1")
    writing(screens)
    name = thread_of(guichet)
    page = route(screens, f"?fil={name}")
    assert "Relancer le service" not in page.text
    assert "relancer le service à partir du 6 décembre 2026" in page.text
    guichet.now = NOW + timedelta(days=11)
    page = route(screens, f"?fil={name}")
    assert "Relancer le service" in page.text
    page = intent(screens, "courrier_acte", of="relancer")
    assert "Relance envoyée au service le 6 décembre 2026" in page.text
    assert "Relancer le service" not in page.text


def test_a_closed_thread_is_read_only_and_opens_again_with_a_reason(screens, guichet):
    route(screens, "?nouveau=1")
    writing(screens)
    name = thread_of(guichet)
    route(screens, f"?fil={name}")
    page = intent(screens, "courrier_acte", of="clore")
    assert "Fil clos le 25 novembre 2026" in page.text
    assert [one["name"] for one in page.all("textarea")] == ["raison"]
    page = intent(screens, "courrier_acte", of="rouvrir", raison=" ")
    assert "Ce texte est vide." in page.text
    page = intent(screens, "courrier_acte", of="rouvrir", raison="Il manque une page.")
    assert "Fil rouvert" in page.text
    assert "texte" in [one["name"] for one in page.all("textarea")]


def test_threads_are_looked_for_without_accents_in_five_views_that_say_how_many(screens, guichet):
    for subject in ("Arrêté de 2017", "Temps partiel"):
        route(screens, "?nouveau=1")
        writing(screens, objet=subject, texte=f"{subject}, quand ?")
    page = intent(screens, "courrier_chercher", cherche="arrete", vue="tous")
    assert "Arrêté de 2017" in page.text
    assert "1 fil" in page.text
    page = intent(screens, "courrier_chercher", cherche="arrete", vue="clos")
    assert "Aucun fil ne contient ces mots." in page.text
    assert {"tous 2", "au service 2", "à vous 0", "du kit 0", "clos 0"} <= {
        part.strip() for part in page.parts
    }


def test_a_message_may_start_from_any_datum_of_the_file(screens):
    page = route(screens, path="/dossier/synthese")
    links = [one["href"] for one in page.all("a")]
    assert len([one for one in links if one.startswith("/courrier?nouveau=1&partie=")]) == 3
    page = route(screens, "?nouveau=1&donnee=situation.corps")
    chosen = [one["value"] for one in page.all("option") if "selected" in one]
    assert chosen == ["situation.corps"]
    assert "Affiché aujourd’hui\u00a0: Professeur des écoles" in page.text


def test_the_menu_counts_what_is_new_on_every_screen_and_accueil_says_what_waits(screens, guichet):
    unread = lambda page: page.tags[0][1].get("data-unread")  # noqa: E731
    assert unread(route(screens, path="/dossier/carriere")) == "0"
    assert "courrier" not in route(screens, path="/accueil").text.lower()
    route(screens, "?nouveau=1")
    writing(screens)
    name = service(guichet, "demander_piece", text="L’arrêté ?", due=date(2026, 12, 4))
    assert unread(route(screens, path="/dossier/carriere")) == "1"
    page = route(screens, path="/accueil")
    assert "Un fil de votre courrier vous attend" in page.text
    assert unread(route(screens, f"?fil={name}")) == "0"


def test_the_count_of_the_menu_costs_no_question_and_who_asks_is_asked_once(screens, guichet):
    real, asked = guichet.ask, []

    def counted(op, **args):
        asked.append(op)
        return real(op, **args)

    guichet.ask = counted
    route(screens, path="/dossier/carriere")
    assert sorted(asked) == ["dossier.lire", "session.qui"]
    asked.clear()
    route(screens)
    assert sorted(asked) == ["courrier", "session.qui"]
    asked.clear()
    route(screens, "?nouveau=1")
    assert sorted(asked) == ["carnet_lire", "courrier", "session.qui"]
    asked.clear()
    intent(screens, "courrier_brouillon", of="nouveau", texte="Bonjour")
    assert sorted(asked) == ["carnet_enregistrer", "session.qui"]


def test_a_thread_of_somebody_else_shows_nothing(screens, guichet):
    for name in ("inconnu", "\x00", "x" * 500, "../.."):
        page = route(screens, f"?fil={name}")
        assert "n’est pas un des vôtres" in page.text or "ne conviennent pas" in page.text


def test_hostile_text_is_shown_as_text(screens):
    route(screens, "?nouveau=1")
    page = writing(screens, objet="<b>x</b>", texte=people.HOSTILE)
    assert people.HOSTILE in "".join(page.parts)
    assert not page.all("script")


def test_an_intent_that_means_nothing_changes_nothing(screens, guichet):
    route(screens)
    for name in ("rien", "courrier_acte", "courrier_retirer", "courrier_page", "courrier_piece"):
        intent(screens, name, of="\x00")
    assert guichet.ask("courrier").fils == []


def test_a_message_of_the_kit_says_from_what_it_is_deduced_and_takes_no_answer(screens, guichet):
    subject = "Kit libre, non officiel : 8e échelon, vous l’atteindriez le 1er septembre 2027"

    def change(session, case):
        begin(case, Opening("D0001", "kit", subject), NOW)
        done = Act("informer", KIT, text="De plein droit.", source="décret 90-680, art. 24",
                   address="/perspectives/promotions")  # fmt: skip
        act(session, case, done, NOW)

    CASES.store("du-kit", change, Order("kit:1", "iprof", NOW))
    assert "8e échelon, vous l’atteindriez" in route(screens).text
    page = route(screens, "?fil=du-kit")
    assert "Décret 90-680" in page.text
    assert "/perspectives/promotions" in [one["href"] for one in page.all("a")]
    assert not page.all("textarea")
    assert "Envoyer au service" not in page.text


@pytest.fixture
def by_letter(tmp_path, monkeypatch):
    file = tmp_path / "academies.yml"
    lines = (
        "academies:\n  - {code: '06', nom: Essai, assistance_nom: A, courrier: {mode: lettre}}\n"
    )
    file.write_text(lines, "utf-8")
    monkeypatch.setenv("IPROF_ACADEMIES", str(file))


@pytest.mark.usefixtures("by_letter")
def test_where_nobody_reads_the_screen_says_so_and_makes_a_letter_with_the_list_of_papers(screens):
    page = route(screens)
    assert "Personne ne lit de message dans ce kit." in page.text
    assert "data-banner" not in page.tags[0][1]
    page = route(screens, "?nouveau=1")
    assert "Envoyer au service" not in page.text
    joining(screens, "arrêté.pdf", pdf())
    typed = {"of": "nouveau", "nature": "question", "objet": "", "texte": "Bonjour", "donnee": ""}
    message = {"kind": "intent", "name": "courrier_lettre", "values": typed, "path": HERE}
    assert "L’objet manque." in check(screens.handle(message)).text
    typed["objet"] = "Temps partiel"
    answered = screens.handle(message)
    check(answered)
    assert answered.download.name == "lettre.pdf"
    words = " ".join(
        pypdf.PdfReader(io.BytesIO(answered.download.content)).pages[0].extract_text().split()
    )
    for said_there in ("Temps partiel", "Bonjour", "arrêté.pdf", "Jean Dupont", "25 novembre 2026"):
        assert said_there in words


def happened(acte, day):
    return Evenement(rang=1, acte=acte, libelle=acte, le=NOW + timedelta(days=day), de="service")


def stair(state, day, *acts):
    thread = Fil(id="x", numero="1", nature="question", objet="x", etat=state, libelle=state,
                 depuis=NOW + timedelta(days=day), dernier_le=NOW, dernier_de="vous")  # fmt: skip
    events = [happened(name, at) for name, at in acts]
    return [(one.name, one.state) for one in way(thread, events)]


def test_the_stair_leaves_out_what_did_not_happen_and_says_what_may_come():
    assert stair("envoye", 0, ("envoyer", 0)) == [
        ("envoye", "on"), ("Pris en charge", "next"), ("Répondu", "next"), ("Clos", "next"),
    ]  # fmt: skip
    assert stair("clos", 9, ("envoyer", 0), ("repondre", 4), ("clore", 9)) == [
        ("Envoyé", "done"), ("Répondu", "done"), ("clos", "on"),
    ]  # fmt: skip
    life = (("envoyer", 0), ("prendre", 1), ("clore", 2), ("rouvrir", 3))
    assert [name for name, _ in stair("rouvert", 3, *life)][:4] == [
        "Envoyé", "Pris en charge", "Clos", "rouvert",
    ]  # fmt: skip
    assert stair("pris_en_charge", 4, *life, ("prendre", 4))[:3] == [
        ("Envoyé", "done"), ("Rouvert", "done"), ("pris_en_charge", "on"),
    ]  # fmt: skip


def test_being_told_by_e_mail_is_read_only_by_who_asks_for_it(screens, guichet):
    page = route(screens)
    assert "jamais le contenu" in page.text
    assert "M’avertir" not in page.text
    page = intent(screens, "courrier_averti")
    assert "n’a pas de serveur de courriel" in page.text


def test_when_and_where_she_is_told_is_chosen_with_a_dated_receipt(screens, guichet, sending):
    intent(screens, "courrier_averti")
    page = intent(screens, "courrier_averti_choisir", rythme="jour", revision="0",
                  adresse=guichet.ask("avis").adresses[0])  # fmt: skip
    assert "Enregistré dans ce kit le 25 novembre 2026 à 14\u00a0h\u00a032" in page.text
    assert guichet.ask("avis").rythme == "jour"
    page = intent(screens, "courrier_averti_choisir", rythme="chaque", revision="1",
                  adresse="x@ailleurs.example")  # fmt: skip
    assert "n’est pas dans votre dossier" in page.text
    late = intent(screens, "courrier_averti_choisir", rythme="jamais", revision="0")
    assert "Changé ailleurs entre-temps" in late.text
    assert guichet.ask("avis").rythme == "jour"


@pytest.fixture
def sending(tmp_path, monkeypatch):
    """An installation that sends notices."""
    jobs = "travaux: {courriels: {expediteur: kit@x.example, adresse: 'https://kit.example'}}\n"
    configure(tmp_path, monkeypatch, jobs)
    monkeypatch.setenv("IPROF_SMTP", "smtp://127.0.0.1:2525")


def test_which_messages_of_the_kit_she_wants_is_read_only_by_who_asks_for_it(screens, guichet):
    page = route(screens)
    assert "ne viennent pas de l’administration" in page.text
    assert "M’écrire" not in page.text
    page = intent(screens, "courrier_messages")
    assert "n’écrit pas de message de lui-même ici" in page.text


def test_which_messages_of_the_kit_she_wants_is_chosen_with_a_dated_receipt(
    screens, guichet, by_itself
):
    page = intent(screens, "courrier_messages")
    assert page.text.count("un rendez-vous de carrière dans l’année") == 1
    kept = {"message-carriere": "oui", "message-suivi": "oui", "revision": "0"}
    page = intent(screens, "courrier_messages_choisir", **kept)
    assert "Enregistré dans ce kit le 25 novembre 2026 à 14\u00a0h\u00a032" in page.text
    read = guichet.ask("messages_kit").familles
    assert [one.code for one in read if one.voulue] == ["carriere", "suivi"]
    late = intent(screens, "courrier_messages_choisir", revision="0")
    assert "Changé ailleurs entre-temps" in late.text
    assert guichet.ask("messages_kit").revision == 1


@pytest.fixture
def by_itself(tmp_path, monkeypatch):
    """An installation whose kit writes by itself."""
    configure(tmp_path, monkeypatch, "travaux: {messages: true}\n")


def configure(tmp_path, monkeypatch, jobs):
    """Use the sample's configuration with these jobs."""
    file = tmp_path / "academies.yml"
    file.write_text(jobs + (SAMPLE / "academies.yml").read_text("utf-8"), "utf-8")
    shutil.copy(SAMPLE / "modeles_courrier.yml", tmp_path)
    monkeypatch.setenv("IPROF_ACADEMIES", str(file))

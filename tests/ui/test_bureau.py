"""The desk of a case manager: what waits, one thread, its answer; nothing typed is lost."""

import re
from datetime import date

import pytest
from ui_desk import MODELES, NOW, FakeDesk, Manager, event

from iprof_kit.base.errors import Refused
from iprof_kit.services.contract.bureau.fils import (
    Absence,
    Delais,
    EquipeLue,
    Part,
    Proposition,
    Reprise,
    Suppleance,
)
from iprof_kit.services.contract.own_file import ErreurChamp
from iprof_kit.ui.screens.bureau import filling
from iprof_kit.ui.screens.bureau.delays import histogram


def plain(html):
    return html.replace("\u00a0", " ")


def opened(name="t1", **more):
    manager = Manager(**more)
    manager.do("bureau_ouvrir", of=name)
    return manager


def test_the_answer_says_how_many_are_late_and_since_when_the_oldest_waits():
    manager = Manager()
    assert (
        "Trois fils ont passé le délai annoncé ; le plus ancien attend depuis le 3 novembre 2026."
        in manager.text
    )
    assert "3 depuis plus de 10 jours, 1 à plus de la moitié du délai" in manager.text
    assert "742 personnes suivies. Délai annoncé : 10 jours. L’équipe B." in manager.text


@pytest.mark.parametrize(
    ("waited", "delay", "words"),
    [
        ((), 10, "Aucun fil n’attend votre service."),
        ((("Awa Diarra", "x", 2),), 10, "1 fil attend, aucun n’a passé le délai annoncé"),
        ((("Awa Diarra", "x", 11),), 10, "Un fil a passé le délai annoncé"),
        ((("Awa Diarra", "x", 90),), None, "1 fil attend ; le plus ancien attend depuis"),
    ],
)
def test_the_answer_without_late_threads_or_without_an_announced_delay(waited, delay, words):
    assert words in Manager(FakeDesk(waited, delay)).text


def test_nothing_of_a_person_is_read_before_her_thread_is_opened():
    manager = Manager()
    assert not manager.guichet.did("bureau_fil")
    assert "Aucun fil n’est ouvert" in manager.text
    assert "Professeur des écoles" not in manager.text


def test_the_queue_is_grouped_by_age_the_oldest_first_and_stays_short():
    waited = [(f"Personne {n:02d}", "Question", 90 - n) for n in range(90)]
    manager = Manager(FakeDesk(waited))
    assert (
        manager.html.count('data-intent="bureau_ouvrir" data-of="t') == 50 + 1
    )  # and « le plus ancien »
    assert "40 autres fils plus récents" in manager.text
    manager.do("bureau_plus")
    assert 'id="f-t89"' in manager.html
    assert 'data-focus="f-t50"' in manager.html
    assert manager.text.index("Plus de 10 jours, délai passé") < manager.text.index("Personne 00")


def test_p17_threads_are_grouped_by_subject_and_one_group_is_opened():
    waited = [
        ("Paul Lefèvre", "Adresse", 12),
        ("Awa Diarra", "Indice", 2),
        ("Ida Roy", "Adresse", 1),
    ]
    manager = Manager(FakeDesk(waited))
    manager.do("bureau_grouper", par="sujet")
    assert [args.get("par") for args in manager.guichet.did("bureau")][-1] == "sujet"
    for words in ("Adresse", "2", "1 en retard"):
        assert words in manager.text
    manager.do("bureau_groupe", of="Adresse")
    assert "Awa Diarra" not in manager.text
    assert "1 à 2 sur 2" in manager.text
    manager.do("bureau_groupe", of="Adresse")
    assert "Awa Diarra" in manager.text
    manager.do("bureau_grouper", par="santé")
    assert "par" not in manager.guichet.did("bureau")[-1]


def test_p17_filters_ask_what_they_offer_and_nothing_else_and_are_cleared_at_once():
    manager = Manager()
    manager.do("bureau_filtrer", ecole="École Jean Zay, Riom", grade="prince", chez="vous")
    asked = manager.guichet.did("bureau")[-1]
    assert asked == {"ecole": "École Jean Zay, Riom", "chez": "vous"}
    assert "1 autre fil" not in manager.text
    manager.do("bureau_filtrer", echelon="7", echeance="90")
    assert manager.guichet.did("bureau")[-1] == {"echelon": "7"}
    assert '<option value="7" selected>7e échelon (3)</option>' in manager.html
    manager.do("bureau_tout_effacer")
    assert manager.guichet.did("bureau")[-1] == {}
    assert "Tout effacer" not in manager.text


def test_p17_the_waits_are_drawn_by_day_and_read_in_words():
    waited = [("Ida Roy", "x", 2), ("Paul Lefèvre", "y", 2), ("Awa Diarra", "z", 13)]
    html = Manager(FakeDesk(waited)).html
    assert "2 fils depuis 2 jours ; 1 fil depuis 13 jours ; délai annoncé : 10 jours" in plain(html)
    assert "Fils par jours d’attente" not in Manager(FakeDesk(())).html


def test_p17_who_holds_what_is_told_with_the_days_of_each_absence():
    desk = FakeDesk()
    desk.team = EquipeLue(
        vous=Part(nombre=5, depasses=3),
        reprises=[
            Reprise(service="équipe C", du=NOW.date(), au=date(2026, 12, 4), nombre=2, depasses=1)
        ],
        reste=Part(nombre=9),
        remplacees=[
            Suppleance(
                service="équipe B (groy)", du=date(2026, 12, 7), au=date(2026, 12, 11), par="gdiaz"
            )
        ],
    )
    words = Manager(desk).text
    for said in ("Vos fils5 en attente3 en retard", "jusqu’au 4 décembre 2026, à reprendre",
                 "Le reste de l’équipe9 en attente",
                 "absence du 7 décembre 2026 au 11 décembre 2026, gdiaz répondra"):  # fmt: skip
        assert said in words


def test_p17_two_picks_open_one_answer_which_each_person_would_read_before_it_leaves():
    manager = Manager()
    manager.do("bureau_choisir", **{"c-t0": "oui"})
    assert "Une réponse" not in manager.text
    manager.do("bureau_choisir", **{"c-t0": "oui", "c-t2": "oui"})
    assert "Une réponse, 2 fils" in manager.text
    manager.do("bureau_ensemble_voir", texte="Bonjour {prenom}.")
    assert "Aperçu, 1 sur 2" in manager.text
    assert "Bonjour Paul." in manager.text
    manager.do("bureau_ensemble_autre", of="1")
    assert "Bonjour Awa." in manager.text
    manager.do("bureau_ensemble_envoyer", compte="3")
    assert "Le nombre n’est pas le bon." in manager.text
    manager.do("bureau_ensemble_envoyer", compte="2")
    assert "2 réponses partent aujourd’hui à 10 h 12 : à reprendre jusque-là." in manager.text
    assert manager.guichet.together == [("t0", "Bonjour Paul."), ("t2", "Bonjour Awa.")]
    assert "Une réponse" not in manager.text


def test_p17_every_thread_shown_is_picked_at_once_and_another_queue_forgets_the_picks():
    manager = Manager()
    manager.do("bureau_choisir_tout")
    assert "Une réponse, 5 fils" in manager.text
    manager.do("bureau_chercher", cherche="dupont", etat="")
    assert "Une réponse" not in manager.text
    manager.do("bureau_chercher", cherche="", etat="")
    manager.do("bureau_choisir_tout")
    manager.do("bureau_choisir_rien")
    assert "Aucun fil n’est ouvert" in manager.text


def test_p17_a_template_that_names_what_threads_lack_is_not_offered_to_many():
    manager = Manager()
    manager.do("bureau_choisir_tout")
    assert '<option value="Simple">' in manager.html
    assert '<option value="Attente">' not in manager.html
    manager.do("bureau_ensemble_modele", modele="Simple")
    assert "Bonjour {prenom}," in manager.html.replace("&#32;", " ")


def test_a_search_narrows_the_queue_and_says_where_nothing_answers():
    manager = Manager()
    manager.do("bureau_chercher", cherche="dupont", etat="")
    assert "Jean Dupont" in manager.text
    assert "Awa Diarra" not in manager.text
    manager.do("bureau_chercher", cherche="personne de ce nom", etat="")
    assert "Aucun fil ne répond à cette recherche." in manager.text


def test_a_thread_shows_its_stair_its_papers_the_person_and_what_is_never_seen():
    manager = opened()
    for words in ("Affectation absente", "attend depuis 15 jours", "Bonjour, ici Jean Dupont.",
                  "Professeur des écoles", "École Jean-Moulin",
                  "Non visibles pour vous : NUMEN, IBAN, CV."):  # fmt: skip
        assert words in manager.text
    links = [one["href"] for one in manager.page.all("a")]
    assert "/bureau/piece/p1" in links
    assert "/bureau/dossier?fil=t1" in links
    assert 'data-address="/bureau?fil=t1"' in manager.html
    assert [
        one.get("aria-current") for one in manager.page.all("li") if "i0" in one.get("class", "")
    ] == ["step"]


def test_the_address_of_a_thread_opens_it_again_and_one_of_somebody_else_s_is_refused():
    assert "Affectation absente" in Manager(query="?fil=t1").text
    manager = Manager(query="?fil=ailleurs")
    assert "Ce fil n’est pas de votre portefeuille." in manager.text
    assert "Trois fils ont passé" in manager.text


def test_a_long_thread_is_read_page_after_page_and_its_acts_count_every_step():
    guichet = FakeDesk()
    lu = guichet.threads["t1"]
    steps = [event(rank, "completer", "vous", f"Message {rank}.") for rank in range(1, 121)]
    guichet.threads["t1"] = lu.model_copy(update={"evenements": steps})
    manager = opened(guichet=guichet)
    assert "Message 71." in manager.text
    assert "Message 70." not in manager.text
    manager.do("bureau_anciens")
    assert "Lire 20 étapes plus anciennes" in manager.text.replace("\u00a0", " ")
    manager.do("bureau_anciens")
    assert "Message 1." in manager.text
    manager.write(texte="Lu.", acte="repondre")
    assert guichet.did("bureau_agir")[0]["vus"] == 120


def test_a_template_fills_the_text_from_the_thread_and_chooses_its_act():
    manager = opened()
    manager.do("bureau_modele", of="Attente")
    assert manager.typed == "Bonjour Jean,\nRéponse avant le 5 décembre 2026."
    assert "Envoyer l’attente" in manager.page.button_words
    assert manager.html.count('aria-pressed="true"') == 1
    manager.do("bureau_modele", of="Pièce")  # another one takes its place
    assert manager.typed == "Bonjour Jean,\nEnvoyez l’arrêté."


def test_a_template_never_takes_the_place_of_what_was_typed():
    manager = opened()
    manager.write("bureau_brouillon", texte="Un mot à moi.", acte="repondre")
    manager.do("bureau_modele", of="Simple")
    assert manager.typed == "Un mot à moi.\n\nBonjour Jean,\nOui."


def test_a_field_that_is_not_filled_is_named_and_nothing_is_sent():
    manager = opened()
    manager.do("bureau_modele", of="Ailleurs")
    assert "À compléter : {bureau}" in manager.text
    manager.write(texte=manager.typed, acte="repondre")
    assert "Ce champ du modèle reste à compléter : {bureau}." in manager.text
    assert not manager.guichet.did("bureau_agir")


def test_a_date_changed_after_the_template_changes_the_text_before_it_is_sent():
    manager = opened()
    manager.do("bureau_modele", of="Attente")
    words = manager.typed
    manager.write(texte=words, acte="attendre", avant="08/12/2026")
    assert "Le texte a suivi le champ que vous avez changé." in manager.text
    assert manager.typed == "Bonjour Jean,\nRéponse avant le 8 décembre 2026."
    assert not manager.guichet.did("bureau_agir")
    manager.write(texte=manager.typed, acte="attendre", avant="08/12/2026")
    sent = manager.guichet.did("bureau_agir")
    assert [one["avant"] for one in sent] == [date(2026, 12, 8)]


def test_an_answer_is_sent_once_and_the_focus_goes_to_the_next_thread():
    manager = opened()
    fields = {"texte": "Voici.", "acte": "repondre", "puis_clore": "oui"}
    manager.write(**fields)
    manager.do("bureau_envoyer", fil="t1", tour="0", a_clore="oui", **fields)  # the key held down
    [sent] = manager.guichet.did("bureau_agir")
    assert (sent["acte"], sent["texte"], sent["puis_clore"], sent["vus"]) == (
        "repondre",
        "Voici.",
        True,
        1,
    )
    assert "Réponse envoyée." in manager.text
    assert 'data-focus="f-t2 fil"' in manager.html
    assert "Deux fils ont passé" in manager.text
    assert manager.typed == ""


def test_a_correction_carries_its_value_and_its_date():
    manager = opened()
    manager.do("bureau_acte", of="corriger")
    values = {one.get("name"): one.get("value") for one in manager.page.all("input")}
    assert (values["valeur"], values["corrige_le"]) == ("École Jean-Moulin", "25/11/2026")
    manager.write(texte="", acte="corriger", valeur="École Jean-Moulin", corrige_le="24/11/2026")
    [sent] = manager.guichet.did("bureau_agir")
    assert (sent["valeur"], sent["corrige_le"]) == ("École Jean-Moulin", date(2026, 11, 24))


def test_another_act_is_the_same_form_with_its_date_whichever_message_says_so_first():
    """A form of another key would take the place of what is typed while the service is asked."""
    manager = opened()
    key = re.search(r'data-key="(reponse-[^"]+)"', manager.html)[1]
    manager.write("bureau_brouillon", texte="", acte="demander_piece")
    assert f'data-key="{key}"' in manager.html
    assert re.search(r'name="avant"[^>]*value="05/12/2026"', manager.html)
    manager.write("bureau_acte", texte="L’arrêté ?", acte="attendre")
    assert f'data-key="{key}"' in manager.html


def test_a_date_that_is_none_is_said_and_the_rest_stays():
    manager = opened()
    manager.do("bureau_acte", of="attendre")
    manager.write(texte="Bientôt.", acte="attendre", avant="31/02/2027")
    assert "Le 31/02/2027 n’existe pas." in manager.text
    assert manager.typed == "Bientôt."
    assert not manager.guichet.did("bureau_agir")


def test_what_came_meanwhile_is_shown_and_the_text_stays():
    manager = opened()
    lu = manager.guichet.threads["t1"]
    colleague = event(2, "repondre", "service", "Un collègue a répondu.")
    manager.guichet.threads["t1"] = lu.model_copy(
        update={"evenements": [*lu.evenements, colleague]}
    )
    manager.write(texte="Mon texte.", acte="repondre")
    assert "rien n’est parti" in manager.text
    assert "Un collègue a répondu." in manager.text
    assert manager.typed == "Mon texte."
    manager.write(texte="Mon texte.", acte="repondre")
    assert "Réponse envoyée" in manager.text


def test_what_the_service_refuses_is_said_beside_its_field():
    manager = opened()
    manager.guichet.faults = [
        ErreurChamp(champ="texte", message="Le texte manque.", remede="Écrivez-le.")
    ]
    manager.write(texte="", acte="repondre")
    assert "Un champ est à reprendre" in manager.text
    assert "Écrivez-le." in manager.text


def test_a_draft_outlives_its_page():
    manager = opened()
    manager.write("bureau_brouillon", texte="Bonjour Jean, je", acte="repondre")
    assert "Brouillon gardé à 10 h 00." in manager.text
    again = opened(guichet=manager.guichet)
    assert again.typed == "Bonjour Jean, je"


def test_a_form_of_another_thread_writes_nothing_here():
    manager = opened()
    manager.do("bureau_brouillon", fil="t2", tour="0", texte="ailleurs", acte="repondre")
    assert manager.typed == ""
    assert not manager.guichet.did("bureau_brouillon")


def test_an_internal_note_says_who_will_read_it():
    manager = opened()
    assert "Jamais d’opinion, d’engagement syndical" in manager.text
    manager.do("bureau_noter", fil="t1", notes="0", note="Procès-verbal versé.")
    manager.do("bureau_noter", fil="t1", notes="0", note="Procès-verbal versé.")  # sent twice
    assert "Procès-verbal versé." in manager.text
    assert "1 note interne, la dernière du 25 novembre 2026" in manager.text


def test_only_acts_of_the_state_are_offered():
    guichet = FakeDesk()
    guichet.threads["t1"].actes[:] = ["rouvrir"]
    manager = opened(guichet=guichet)
    assert "Rouvrir le fil" in manager.page.button_words
    assert "Clore sans réponse" not in manager.page.button_words
    guichet.threads["t2"].actes[:] = []
    manager.do("bureau_ouvrir", of="t2")
    assert 'name="texte"' not in manager.html


def test_words_of_a_person_are_shown_as_she_wrote_them():
    guichet = FakeDesk(((("<b>Jean</b> Dupont"), "<script>x</script>", 3),))
    manager = opened("t0", guichet=guichet)
    assert "<script>x" not in manager.html
    assert "<b>Jean</b>" not in manager.html


def test_the_figure_has_a_bar_a_day_and_the_late_ones_apart():
    by_day = [0, 3, 5, 2, 0, 0, 0, 0, 0, 0, 0, 2, *[0] * 10, 1]
    drawn = histogram(Delais(reponses=13, mediane=2, neuf_sur_dix=11, par_jour=by_day), 10)
    assert drawn.count("<rect") == 5
    assert drawn.count("var(--b)") == 2
    words = drawn.replace("\u00a0", " ")
    assert "13 réponses ; médiane 2 jours ; 9 sur 10 en 11 jours ou moins" in words
    assert "3 réponses au-delà de 10 jours" in words
    assert histogram(Delais(), 10) == ""


def test_every_template_of_a_button_has_the_key_of_its_place():
    manager = opened()
    keys = [one["data-shortcut"] for one in manager.page.all("button") if "data-shortcut" in one]
    assert [key for key in keys if key.isdigit()] == ["1", "2", "3", "4"]
    assert [one.nom for one in MODELES[filling.AT_HAND :]] == ["Simple"]
    assert '<option value="Simple">' in manager.html
    assert any("data-shortcuts-on" in one for one in manager.page.all("input"))


@pytest.mark.parametrize(
    "path", ["/bureau", "/bureau/dossier", "/bureau/portefeuille", "/bureau/absences"]
)
def test_what_the_guichet_refuses_is_said_and_shows_nobody(path):
    refusal = Refused("le bureau est réservé aux gestionnaires.")
    manager = Manager(FakeDesk(refusal=refusal), path, "?fil=t1")
    assert "Le bureau est réservé aux gestionnaires." in manager.text
    assert "Dupont" not in manager.text


def test_a_file_opens_from_its_thread_with_it_as_the_reason_and_leads_back():
    manager = Manager(path="/bureau/dossier", query="?fil=t1")
    assert manager.guichet.did("bureau_dossier") == [
        {"dossier": "D0001", "motif": "traiter le fil n° 2026-0401"}
    ]
    assert "Lecture inscrite, motif : fil n° 2026-0401." in manager.text
    assert "7e échelon" in manager.text
    assert "/bureau?fil=t1" in [one["href"] for one in manager.page.all("a")]
    assert "Un dossier s’ouvre depuis un fil" in Manager(path="/bureau/dossier").text


def test_the_portfolio_has_facets_with_counts_and_asks_why_before_a_file():
    manager = Manager(path="/bureau/portefeuille")
    assert "60 personnes depuis le 1er septembre 2026." in manager.text
    assert "Professeur des écoles (40)" in manager.text
    manager.do("portefeuille_ouvrir", of="D0001")
    assert "Pourquoi ouvrez-vous ce dossier ?" in manager.text
    manager.do("portefeuille_dossier", of="D0001", motif=" ")
    assert "Écrivez le motif, en quelques mots." in manager.text
    assert not manager.guichet.did("bureau_dossier")
    manager.do("portefeuille_dossier", of="D0001", motif="vérifier une adresse")
    assert "motif : vérifier une adresse" in manager.text
    manager.route("/bureau/portefeuille")
    assert "Personnes suivies" in manager.text


def test_an_absence_has_dates_and_who_answers():
    manager = Manager(path="/bureau/absences")
    manager.do("absence_dire", du="21/12/2026", au="", suppleant="")
    assert "2 champs sont à reprendre" in manager.text
    assert not manager.guichet.did("bureau_absence")
    manager.do("absence_dire", du="21/12/2026", au="03/01/2027", suppleant="gmarc")
    words = "Du 21 décembre 2026 au 3 janvier 2027. Gmarc répondra à votre place."
    assert words in manager.text
    assert "Absence enregistrée." in manager.text
    manager.do("absence_retirer", of="1")
    assert "Aucune absence n’est prévue." in manager.text


def test_the_next_absence_is_on_the_desk():
    guichet = FakeDesk()
    guichet.absences = [Absence(id=1, du=date(2026, 12, 21), au=date(2027, 1, 3), suppleant="g",
                                suppleant_nom="Marc Oliveira")]  # fmt: skip
    assert "Marc Oliveira répondra." in Manager(guichet).text


@pytest.mark.parametrize("message", [None, [], {"of": ["x"]}, {"fil": "t1"}, {"of": "9" * 200}])
def test_a_malformed_message_breaks_nothing(message):
    manager = opened()
    for name in (
        "bureau_ouvrir",
        "bureau_envoyer",
        "bureau_acte",
        "bureau_modele",
        "bureau_faire",
        "bureau_noter",
        "rien",
    ):
        html = manager.desk.handle(
            {"kind": "intent", "name": name, "values": message, "path": "/bureau"}
        ).html
        assert "n’a pas pu être préparé" not in html


def test_a_draft_that_a_template_wrote_comes_back_with_its_act():
    manager = opened()
    manager.do("bureau_modele", of="Attente")
    again = opened(guichet=manager.guichet)
    assert "Envoyer l’attente" in again.page.button_words
    again.do("bureau_modele", of="Pièce")
    assert again.typed == "Bonjour Jean,\nEnvoyez l’arrêté."


PROPOSED = Proposition(
    valeur="École Jean-Moulin", avant="aucune affectation", texte="C’est fait.",
    le=NOW, par_vous=False,
)  # fmt: skip


def proposing(proposition, acts):
    """Return a manager whose academy wants a second reading, one thread open."""
    desk = FakeDesk()
    shown = desk.bureau_fil
    desk.threads["t1"] = desk.threads["t1"].model_copy(update={"actes": acts})
    desk.bureau_fil = lambda wanted: shown(wanted).model_copy(
        update={"seconde_lecture": True, "proposition": proposition}
    )
    return opened(guichet=desk)


def test_a_correction_that_wants_a_second_reading_says_so_before_it_is_sent():
    manager = proposing(None, ["repondre", "corriger", "clore"])
    manager.do("bureau_acte", of="corriger")
    assert "Proposer la correction" in manager.text
    assert "avant, la personne n’en lit rien" in manager.text
    assert "Clore ensuite" not in manager.text


def test_who_did_not_propose_sees_both_values_then_confirms_or_sends_back():
    manager = proposing(PROPOSED, ["confirmer", "renvoyer"])
    for words in ("Correction proposée", "aucune affectation", "Motif du renvoi"):
        assert words in manager.text
    manager.do("bureau_faire", of="confirmer")
    [sent] = manager.guichet.did("bureau_agir")
    assert (sent["acte"], sent["texte"]) == ("confirmer", "")
    assert "Correction confirmée" in manager.text


def test_who_proposed_is_told_that_somebody_else_confirms():
    manager = proposing(PROPOSED.model_copy(update={"par_vous": True}), ["renvoyer"])
    assert "une autre personne de votre service la confirme" in manager.text
    assert 'data-of="confirmer"' not in manager.html

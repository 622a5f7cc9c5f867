"""What is sent to many waits for a colleague: each text read, the number typed, then released."""

from ui_desk import LEAVES, FakeDesk, Manager

from iprof_kit.services.contract.bureau.ensemble import PreparerReponses

WAITED = tuple((f"Personne {n}", "Indice", n) for n in range(5))


def held(**changed):
    """A desk to whom a colleague's answer to five people was given."""
    desk = FakeDesk(WAITED)
    wanted = PreparerReponses(ids=list(desk.threads), texte="Bonjour {prenom}.")
    given = {"par_vous": False, "actes": ["remettre", "renvoyer"]} | changed
    desk.held = [desk.kept_for_a_reader(wanted, **given)]
    return desk


def opened(desk):
    manager = Manager(desk, path="/bureau/relectures")
    manager.do("relecture_ouvrir", of="r0")
    return manager


def test_p17_beyond_what_one_sends_alone_the_button_asks_for_a_reading_and_nothing_leaves():
    manager = Manager(FakeDesk(WAITED))
    manager.do("bureau_choisir_tout")
    manager.do("bureau_ensemble_voir", texte="Bonjour {prenom}.")
    assert "Demander la relecture" in manager.text
    assert "Envoyer à chacune" not in manager.text
    manager.do("bureau_ensemble_envoyer", compte="5")
    assert (
        "5 réponses attendent la relecture d’une autre personne du service. Rien n’est parti."
        in manager.text
    )
    assert manager.guichet.together == []
    manager.route("/bureau/relectures")
    assert "Aucun envoi n’attend votre relecture." in manager.text
    manager.do("relecture_ouvrir", of="r0")
    assert "Remettre à chacune" not in manager.text
    manager.do("relecture_agir", of="reprendre")
    assert "Repris : rien n’est parti." in manager.text


def test_p17_the_desk_of_the_colleague_says_what_waits_and_each_text_is_turned_over():
    desk = held()
    manager = Manager(desk)
    assert "1 envoi attend votre relecture" in manager.text
    manager = opened(desk)
    assert "Confirmé par groy" in manager.text
    assert "Aperçu, 1 sur 5" in manager.text
    manager.do("relecture_autre", of="4")
    assert "Aperçu, 5 sur 5" in manager.text
    assert "À Personne 4" in manager.text


def test_p17_a_wrong_number_or_no_reason_does_nothing_then_it_is_released_once():
    manager = opened(held())
    manager.do("relecture_agir", of="remettre", compte="4")
    assert "Le nombre n’est pas le bon." in manager.text
    manager.do("relecture_agir", of="renvoyer", motif="")
    assert "Le motif manque." in manager.text
    manager.do("relecture_agir", of="reprendre")  # it is not hers
    assert "Aperçu, 1 sur 5" in manager.text
    manager.do("relecture_agir", of="remettre", compte="5")
    assert "5 réponses partent aujourd’hui à 10 h 12" in manager.text
    assert "Aucun envoi n’attend votre relecture." in manager.text


def test_p17_what_changed_meanwhile_is_said_and_only_sent_back():
    words = "Un de ces fils a changé depuis : renvoyez-le à qui l’a écrit."
    manager = opened(held(ecart=words, actes=["renvoyer"]))
    assert words in manager.text
    assert "Remettre à chacune" not in manager.text
    assert "Renvoyer à qui l’a écrit" in manager.text


def test_p17_who_handed_over_what_a_colleague_wrote_may_stop_it_and_takes_nothing_back():
    said = Manager(held(etat="part", part_le=LEAVES)).text
    assert "à arrêter jusque-là" in said
    assert "à reprendre jusque-là" not in said


def test_p17_what_leaves_in_some_minutes_says_when_and_is_taken_back_by_who_confirmed_it():
    manager = Manager(FakeDesk(WAITED))
    manager.do("bureau_choisir", **{"c-t1": "oui", "c-t3": "oui"})
    manager.do("bureau_ensemble_voir", texte="Bonjour {prenom}.")
    assert "12 minutes pour annuler." in manager.text
    manager.do("bureau_ensemble_envoyer", compte="2")
    assert "2 réponses partent aujourd’hui à 10 h 12" in manager.text
    manager.route("/bureau/relectures")
    assert "part aujourd’hui à 10 h 12" in manager.text
    manager.do("relecture_ouvrir", of="r0")
    assert "Part aujourd’hui à 10 h 12." in manager.text
    manager.do("relecture_agir", of="reprendre")
    assert "Repris : rien n’est parti." in manager.text
    manager.route("/bureau")
    assert "10 h 12" not in manager.text

"""Passing a thread on the desk: key P, to whom, the receipt; an answer about to leave is said."""

from ui_desk import LEAVES, FakeDesk, Manager


def opened(**changed):
    desk = FakeDesk()
    vars(desk).update(changed)
    manager = Manager(desk)
    manager.do("bureau_ouvrir", of="t2")
    return manager


def test_p17_key_p_opens_the_services_of_the_academy_with_their_delays():
    manager = opened()
    assert 'data-shortcut="p" aria-keyshortcuts="P">Passer à un autre service' in manager.html
    assert "Retraites" in manager.text
    assert "médiane 6 jours" in manager.text
    assert "Passer à un autre service" not in opened(services=[]).text


def test_p17_a_thread_that_is_passed_leaves_the_desk_with_a_receipt():
    manager = opened()
    manager.do("bureau_transmettre", fil="t2", vers="Retraites", mot="Un mot.")
    [sent] = manager.guichet.did("bureau_transmettre")
    assert (sent["id"], sent["vers"], sent["texte"], sent["vus"]) == (
        "t2",
        "Retraites",
        "Un mot.",
        1,
    )
    assert "Fil transmis : Retraites" in manager.text
    assert "Reçu n° 31" in manager.text
    assert "Awa Diarra" not in manager.text


def test_p17_what_is_wrong_is_said_there_and_the_word_is_kept():
    manager = opened()
    manager.do("bureau_transmettre", fil="t2", vers="", mot="Un mot à garder.")
    assert 'id="transmettre" open' in manager.html
    assert "Ce service ne peut pas. Un autre." in manager.text
    assert "Un mot à garder." in manager.html.replace("&#32;", " ")
    manager.do("bureau_transmettre", fil="t0", vers="Retraites")  # of another page
    assert len(manager.guichet.did("bureau_transmettre")) == 1


def test_p17_an_open_thread_says_that_an_answer_is_about_to_leave():
    assert "Une réponse confirmée part à 10 h 12." in opened(leaves=LEAVES).text
    assert "Une réponse confirmée" not in opened().text


def test_p17_a_thread_of_another_service_leads_to_no_file():
    assert "/bureau/dossier?fil=t2" in opened().html
    assert "/bureau/dossier?fil=t2" not in opened(followed=False).html

"""The desk: what waits, one thread, each act once, never over newer words, all told to her."""

from datetime import date, timedelta

import pytest
from record_pieces import TEAM_B, image, slices
from sqlalchemy import select, text

from iprof_kit.records import database as db
from iprof_kit.records.cases import Case, CaseNote
from iprof_kit.records.journal import audit
from iprof_kit.records.person import find_person
from iprof_kit.services.desk import waiting
from iprof_kit.services.desk.delays import figures
from iprof_kit.services.dossier.storing import save_dossier

DAY = timedelta(days=1)


@pytest.fixture
def morel(manager):
    """The manager of the academy of Jean Dupont; nobody else is there."""
    return manager()


def acted(desk, name, act, vus, when, **words):
    return desk("bureau_agir", when, id=name, acte=act, vus=vus, cle=f"cle-{act}-{vus}", **words)


def test_the_oldest_thread_comes_first_and_says_since_when_she_waits(morel, written, now):
    old, new = written(when=now), written("cle-seconde", when=now + 3 * DAY, objet="Adresse")
    read = morel("bureau", now + 12 * DAY)
    assert [one.id for one in read.fils] == [old, new]
    assert [(one.jours, one.age) for one in read.fils] == [(12, "depasse"), (9, "moitie")]
    assert (read.service, read.delai_jours) == (TEAM_B, 10)
    assert (read.en_attente, read.depasses, read.moitie) == (2, 1, 1)
    assert read.par_etat == {"envoye": 2}
    assert read.suivies == 2
    assert read.fils[0].nouveau


@pytest.mark.parametrize(("days", "age"), [(4, "recent"), (5, "moitie"), (10, "moitie"),
                                           (11, "depasse")])  # fmt: skip
def test_an_age_is_that_of_the_announced_delay(days, age, now):
    """Ten days announced (sample academies): « de 5 à 10 », « plus de 10 »."""
    one = waiting.Waiting(1, "envoye", now, "06")
    assert one.age((now + days * DAY).date()) == age


def test_without_an_announced_delay_none_has_passed(now):
    one = waiting.Waiting(1, "envoye", now, "10")
    assert one.age((now + 99 * DAY).date()) == "recent"


def test_a_paper_asked_for_is_no_answer_and_an_answer_is(morel, written, jean, now):
    name = written()
    acted(morel, name, "demander_piece", 1, now + DAY, texte="L’arrêté ?", avant="2026-12-10")
    assert morel("bureau", now + DAY).en_attente == 0
    assert morel("bureau", now + DAY, etat="piece_demandee").fils[0].jours == 1
    content = slices(image("PNG"))[0]
    piece = jean("piece_deposer", nom="a.png", pour=name, part=0, parts=1, contenu=content,
                 cle="piece-une").piece  # fmt: skip
    jean("courrier_agir", now + 2 * DAY, id=name, acte="envoyer_piece", pieces=[piece.id],
         cle="cle-piece")  # fmt: skip
    assert morel("bureau", now + 4 * DAY).fils[0].jours == 4
    acted(morel, name, "repondre", 3, now + 4 * DAY, texte="C’est fait.")
    jean("courrier_agir", now + 6 * DAY, id=name, acte="completer", texte="Et ?", cle="cle-suite")
    assert morel("bureau", now + 7 * DAY).fils[0].jours == 1


def test_search_takes_names_subjects_texts_and_numbers_without_accents(morel, written):
    name = written(objet="Arrêté d’affectation", texte="Voir l’école Pasteur.")
    written("cle-seconde", objet="Autre", texte="Rien.")
    for sought in ("arrete", "DUPONT pasteur", "école", "2026-0001"):
        assert [one.id for one in morel("bureau", cherche=sought).fils] == [name], sought
    assert morel("bureau", cherche="dupont absent").trouves == 0
    assert morel("bureau", cherche="a\x00\u202e%_'").trouves == 0


def test_a_thread_shows_the_person_in_a_few_lines_and_she_sees_that_it_was_read(
    morel, written, jean, now
):
    name = written()
    shown = morel("bureau_fil", now + DAY, id=name)
    assert (shown.personne, shown.dossier) == ("Jean Dupont", "D0001")
    labels = [one.libelle for one in shown.apercu]
    assert labels == ["Corps et grade", "Échelon", "Affectation", "Position", "Suivi par",
                      "Copie du dossier"]  # fmt: skip
    assert shown.champs["prenom"] == "Jean"
    assert shown.champs["service"] == TEAM_B
    assert "NUMEN" in shown.caches
    assert shown.lu.actes == ["prendre", "attendre", "demander_piece", "repondre", "clore"]
    assert jean("courrier_fil", id=name).evenements[0].vu_le == now + DAY
    [reading] = [one for one in jean("consultations").consultations if not one.vous]
    assert reading.qui == "Gestionnaire"
    assert reading.motif == "traiter le fil n° 2026-0001"


def test_an_act_is_done_once_in_the_name_of_the_service(morel, written, jean, now):
    name = written()
    for _ in range(2):
        done = acted(morel, name, "attendre", 1, now, texte="Vu.", avant="2026-12-15")
    assert [one.acte for one in done.lu.lu.evenements] == ["envoyer", "attendre"]
    assert done.lu.lu.evenements[1].avant == date(2026, 12, 15)
    read = jean("courrier_fil", id=name)
    assert read.evenements[1].service == TEAM_B
    assert "gmorel" not in read.model_dump_json()
    assert morel("bureau").fils[0].avant == date(2026, 12, 15)


def test_a_correction_keeps_its_date_and_both_values_and_may_close(morel, jean, now):
    name = jean(
        "signaler", donnee="identite.nom", indique="Dupond", cle="signaler-1"
    ).signalement.id
    done = acted(morel, name, "corriger", 1, now + DAY, valeur="Dupond", corrige_le="2026-11-26",
                 puis_clore=True).lu.lu  # fmt: skip
    assert (done.fil.etat, done.corrige, done.affiche) == ("clos", "Dupond", "Monsieur Jean Dupont")
    words = done.evenements[1].texte
    assert "26 novembre 2026" in words
    assert "Monsieur Jean Dupont" in words
    assert [one.acte for one in done.evenements] == ["envoyer", "corriger", "clore"]


def test_two_managers_at_once_the_second_is_told_and_nothing_is_written(
    manager, morel, written, now
):
    colleague, name = manager("groche"), written()
    acted(morel, name, "repondre", 1, now, texte="Oui.")
    late = acted(colleague, name, "repondre", 1, now, texte="Non.")
    assert late.lu is None
    assert [(one.rang, one.texte) for one in late.entre_temps] == [(2, "Oui.")]
    texts = [one.texte for one in morel("bureau_fil", id=name).lu.evenements]
    assert texts == ["Quand le demander ?", "Oui."]


def test_what_she_writes_meanwhile_stops_an_answer_too(morel, written, jean, now):
    name = written()
    jean("courrier_agir", id=name, acte="completer", texte="J’oubliais.", cle="cle-suite")
    late = acted(morel, name, "repondre", 1, now, texte="Oui.")
    assert [one.texte for one in late.entre_temps] == ["J’oubliais."]


WRONG = [
    ("repondre", {"texte": " "}, "texte", "Ce texte est vide."),
    ("repondre", {"texte": "x" * 10_001}, "texte", "Ce texte compte 10001 caractères."),
    ("repondre", {"texte": "a\x00b"}, "texte", "Ce texte contient un caractère invisible."),
    ("repondre", {"texte": "à {nom}"}, "texte", "Un champ n’est pas rempli : {nom}."),
    ("attendre", {"texte": "Vu."}, "avant", "La date manque."),
    ("attendre", {"texte": "Vu.", "avant": "2026-11-24"}, "avant", "Cette date est passée."),
    ("attendre", {"texte": "a", "avant": "2028-01-01"}, "avant", "Cette date est à plus d’un an."),
    ("corriger", {"valeur": "x"}, "corrige_le", "La date de la correction manque."),
    ("corriger", {"valeur": "x", "corrige_le": "2026-11-26"}, "corrige_le",
     "Cette correction est à venir."),
    ("transmettre", {"texte": "À d’autres."}, "acte", "Cet acte ne se fait pas ici."),
    ("envoyer_piece", {}, "acte", "Cela ne se fait pas d’un échange à l’état « envoyé »."),
]  # fmt: skip


def test_a_wrong_field_is_named_and_nothing_is_written(morel, written, now):
    name = written()
    for act, words, field, message in WRONG:
        answer = acted(morel, name, act, 1, now, **words)
        assert [(one.champ, one.message) for one in answer.erreurs] == [(field, message)], act
    assert len(morel("bureau_fil", id=name).lu.evenements) == 1


def test_the_draft_of_an_answer_is_one_s_own_and_goes_when_it_is_sent(manager, morel, written, now):
    colleague, name = manager("groche"), written()
    assert morel("bureau_brouillon", id=name, texte="Bonjour").le == now
    assert morel("bureau_fil", id=name).brouillon == "Bonjour"
    assert colleague("bureau_fil", id=name).brouillon == ""
    assert acted(morel, name, "repondre", 1, now, texte="Bonjour.").lu.brouillon == ""
    morel("bureau_brouillon", id=name, texte="Encore\x00")
    assert morel("bureau_brouillon", id=name, texte=" ").le is None


def test_a_note_is_dated_by_the_service_kept_once_and_taken_away_by_the_person(
    morel, written, jean, now
):
    name = written()
    for _ in range(2):
        notes = morel("bureau_note", id=name, texte="Arrêté reçu.", cle="cle-note").notes
    assert [(one.le, one.service, one.texte) for one in notes] == [(now, TEAM_B, "Arrêté reçu.")]
    assert "Arrêté reçu" not in jean("courrier_fil", id=name).model_dump_json()
    with db.reading() as session:
        assert find_person(session, "D0001").count("case_notes") == 1


def test_a_file_is_opened_for_a_reason_that_the_person_reads(morel, written, jean, now):
    name = written()
    for why in (name, "Appel de la personne"):
        opened = morel("bureau_dossier", dossier="D0001", motif=why)
    assert [one.titre for one in opened.rubriques] == [
        "Identité", "Carrière", "Positions", "Affectations", "Rendez-vous de carrière",
        "Coordonnées",
    ]  # fmt: skip
    assert [one.id for one in opened.fils] == [name]
    reasons = [one.motif for one in jean("consultations").consultations if not one.vous]
    assert sorted(reasons) == ["Appel de la personne", "traiter le fil n° 2026-0001"]


def test_a_person_who_leaves_the_academy_takes_her_open_thread_along(
    manager, morel, written, jean, dossiers, now
):
    lyon = manager("glyon", ("10",), service="Division de Lyon")
    name = written()
    gone = dossiers["D0001"].model_copy(update={"academie": "10", "departement": "069"})
    save_dossier(gone, "test", now)
    assert morel("bureau").en_attente == 0
    with pytest.raises(Exception, match="pas dans vos portefeuilles"):
        morel("bureau_fil", id=name)
    assert [one.id for one in lyon("bureau").fils] == [name]
    assert acted(lyon, name, "repondre", 1, now, texte="Bienvenue.").lu.lu.service == (
        "Division de Lyon"
    )
    assert jean("courrier").correspondant.service == "Division de Lyon"


def test_delays_are_those_of_the_last_thirty_days(morel, written, now):
    """Answers after 0, 2 and 4 days: the middle is 2, nine of ten within 4 (nearest rank)."""
    for number, days in enumerate((0, 2, 4)):
        name = written(f"cle-{number:05d}", when=now)
        acted(morel, name, "repondre", 1, now + days * DAY, texte="Oui.")
    read = morel("bureau", now + 5 * DAY).delais
    assert (read.reponses, read.mediane, read.neuf_sur_dix) == (3, 2.0, 4.0)
    assert read.par_jour == [1, 0, 1, 0, 1]
    assert morel("bureau", now + 40 * DAY).delais.reponses == 0


def test_the_ninth_decile_is_the_delay_that_nine_of_ten_keep():
    assert figures(dict.fromkeys(range(1, 11), 1)).neuf_sur_dix == 9
    assert figures({}).mediane is None


def test_people_are_counted_by_facets_and_looked_for(manager, dossiers, now):
    for numero in ("D0006", "D0012", "D0013", "D0014"):
        save_dossier(dossiers[numero], "test", now)
    morel = manager("gmorel", ("06",), ("16",), ("24",))
    everybody = morel("bureau_portefeuille")
    assert everybody.trouves == sum(everybody.facettes["corps"].values()) == 6
    assert {"Congé", "En activité"} <= set(everybody.facettes["position"])
    assert "Congé parental" not in everybody.model_dump_json()
    corps = {one.personne: one.corps for one in everybody.gens}
    assert corps["Julie Dupont"] == "Professeure des écoles"
    active = morel("bureau_portefeuille", position="En activité")
    assert active.trouves == everybody.facettes["position"]["En activité"]
    assert active.facettes["position"] == everybody.facettes["position"]
    assert [one.personne for one in morel("bureau_portefeuille", cherche="DÙPONT jean").gens] == [
        "Jean Dupont"
    ]


def test_nine_hundred_people_and_two_hundred_threads_are_paged(morel, written, now):
    """A portfolio of the size that is real (600 to 900 files a manager)."""
    written()
    with db.writing() as session:
        copies("agents", session, 900, numero="'P' || n", nom="'Nom' || n")
        copies("cases", session, 200, name="'fil' || n", numero="'P' || n")
        session.execute(
            text(
                "INSERT INTO case_events (case_id, act, at, role, service, text) SELECT c.id, "
                "'envoyer', c.opened_at, 'demandeur', '', '' FROM cases c WHERE c.name <> "
                "(SELECT min(x.name) FROM cases x WHERE x.numero = 'D0001')"
            )
        )
    read = morel("bureau", now + DAY)
    assert (read.suivies, read.en_attente, len(read.fils)) == (902, 201, 50)
    last = morel("bureau", now + DAY, page=4)
    assert len(last.fils) == 1
    people = morel("bureau_portefeuille", page=18)
    assert (people.trouves, len(people.gens)) == (902, 2)
    assert morel("bureau_portefeuille", cherche="nom899").trouves == 1


def copies(table, session, count, **changed):
    """Write copies of the first row of a table, some columns made of a number n."""
    columns = [one.name for one in Case.metadata.tables[table].columns if one.name != "id"]
    values = ", ".join(changed.get(name, f"o.{name}") for name in columns)
    session.execute(
        text(
            f"INSERT INTO {table} ({', '.join(columns)}) WITH RECURSIVE many(n) AS (SELECT 1 UNION "
            f"ALL SELECT n + 1 FROM many WHERE n < {count}) SELECT {values} FROM many, "
            f"(SELECT * FROM {table} ORDER BY id LIMIT 1) o"
        )
    )


def test_the_journal_says_which_account_acted_and_the_case_does_not(morel, written, now):
    name = written()
    acted(morel, name, "prendre", 1, now)
    with db.reading() as session:
        line = audit.lines(session, subject="dossier:D0001")[0]
        assert (line.actor, line.action) == ("gmorel", "bureau_acte")
        assert line.detail == "prendre, fil n° 2026-0001"
        case = session.scalars(select(Case).where(Case.name == name)).one()
        assert case.service == TEAM_B
        assert session.scalars(select(CaseNote)).all() == []

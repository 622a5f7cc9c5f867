"""Subject « demande »: the answer, for whom it is, and what cannot have happened."""

from datetime import date

import pytest

from iprof_kit.base.errors import InputError
from iprof_kit.calculate import ask

TODAY = "2026-11-28"
PE = {
    "jour": TODAY, "statut": "titulaire", "corps": "pe", "date_naissance": "1965-01-01",
    "position": "activite", "categorie_retraite": "sedentaire",
}  # fmt: skip


def answer(demande, today=TODAY, **more):
    return ask("demande", {"demande": demande, "aujourdhui": today, **more})


def plain(words):
    return words.replace("\u00a0", " ")


def test_before_anything_was_noted_the_oldest_sum_and_its_last_day_are_said():
    # Loi 68-1250, art. 1: the sums of 2022 are lost at the end of 2026.
    given = answer("reclamation_paie")
    assert plain(given.phrase) == (
        "Réclamez par écrit : une somme due depuis le 1er janvier 2022 se perd après le "
        "31 décembre 2026."
    )
    assert given.prochaine.avant_le == date(2026, 12, 31)


def test_what_the_silence_is_worth_is_said_with_its_day():
    given = answer("reclamation_paie", dates={"demande": "2026-10-15"})
    assert given.etat == "en_cours"
    assert "Sans réponse le 15 décembre 2026, le silence vaudra un refus" in plain(given.phrase)
    given = answer("detachement", dates={"accueil": "2026-10-01", "depot": "2026-10-15"})
    assert "Sans réponse le 15 décembre 2026, le silence vaudra une acceptation" in plain(
        given.phrase
    )


def test_a_silence_that_agreed_leaves_nothing_to_do():
    given = answer("detachement", dates={"accueil": "2026-08-01", "depot": "2026-08-15"})
    assert given.etat == "fini"
    assert "acceptée depuis le 15 octobre 2026" in plain(given.phrase)


@pytest.mark.parametrize(
    ("today", "state", "words"),
    [
        ("2027-03-29", "possible", "au plus tard le 30 mars 2027"),
        ("2027-03-30", "possible", "au plus tard le 30 mars 2027"),
        ("2027-03-31", "passe", "devait être présentée au plus tard le 30 mars 2027"),
    ],
)
def test_part_time_is_asked_before_the_31_march(today, state, words):
    given = answer("temps_partiel", today, situation=PE | {"jour": today}, quotite=100)
    assert (given.etat, words in plain(given.phrase)) == (state, True)


def test_who_works_part_time_already_is_told_of_the_tacit_renewal():
    given = answer("temps_partiel", situation=PE, quotite=80)
    assert "Vous êtes à 80 % : l’autorisation se renouvelle tacitement" in plain(given.phrase)
    assert "3 années scolaires au plus" in plain(given.phrase)


def test_a_start_that_nobody_chose_is_asked_for_and_never_written_as_a_day():
    # a pension that is open already has no day to suppose
    given = answer("retraite", situation=PE | {"date_naissance": "1960-01-01"})
    assert plain(given.phrase) == (
        "Notez « Départ souhaité » : le dernier jour pour demander en dépend."
    )


@pytest.mark.parametrize("demande", ["disponibilite", "detachement", "retraite"])
@pytest.mark.parametrize("statut", ["stagiaire", "contractuel"])
def test_what_is_for_titulaires_alone_says_so_to_the_others(demande, statut):
    given = answer(demande, statut=statut, situation={"jour": TODAY, "statut": statut})
    assert given.etat == "ferme"
    assert given.phrase
    assert given.prochaine is None


@pytest.mark.parametrize("demande", ["disponibilite", "recours_promotion", "detachement"])
def test_whom_a_status_closes_a_request_to_reads_whose_it_is_first(demande):
    situation = {"jour": TODAY, "statut": "contractuel"}
    given = answer(demande, statut="contractuel", situation=situation)
    assert "titulaires" in given.phrase
    assert "déclaré" not in given.phrase


@pytest.mark.parametrize("demande", ["temps_partiel", "reclamation_paie", "complementaire_sante"])
def test_what_is_for_everybody_is_open_to_a_contract_agent(demande):
    situation = {"jour": TODAY, "statut": "contractuel"}
    assert answer(demande, statut="contractuel", situation=situation).etat != "ferme"


def test_the_end_of_a_position_gives_the_day_to_choose():
    situation = PE | {"position": "disponibilite"}
    given = answer("disponibilite", situation=situation, quotite=0, fin_position="2027-08-31")
    steps = {one.cle: one for one in given.etapes}
    assert steps["choix"].avant_le == date(2027, 5, 31)
    assert steps["choix"].a_verifier  # no source of the kit gives three months


def test_the_end_of_another_position_is_no_end_of_a_disponibilite():
    given = answer("disponibilite", situation=PE, quotite=80, fin_position="2027-08-31")
    assert {one.cle: one.avant_le for one in given.etapes}["choix"] is None


def test_without_a_choice_the_health_cover_may_be_paid_twice():
    for today, state in (("2026-01-27", "en_cours"), ("2026-01-28", "passe")):
        given = answer("complementaire_sante", today, dates={"courriel": "2026-01-06"})
        assert given.etat == state
    assert "ne payez pas deux complémentaires" in given.phrase


@pytest.mark.parametrize(
    ("dates", "where", "words"),
    [
        ({"demande": "2026-11-29"}, "demande", "est à venir"),
        ({"demande": "2026-11-01", "saisine": "2026-10-01"}, "saisine", "ne peut pas précéder"),
        ({"demande": "2026-11-01", "saisine": "2026-11-02"}, "saisine", "ne peut pas venir avant"),
        ({"pirate": "2026-11-01"}, "dates", "n’est pas de cette demande"),
    ],
)
def test_what_cannot_have_happened_is_refused_with_its_step(dates, where, words):
    with pytest.raises(InputError) as refused:
        answer("reclamation_paie", dates=dates)
    assert refused.value.where == where
    assert words in plain(refused.value.message)


def test_an_unknown_request_lists_the_known_ones():
    with pytest.raises(InputError, match="temps_partiel"):
        answer("mutation")


def test_a_pay_that_can_no_longer_be_claimed_says_so_before_anything_else():
    # Loi 2000-321, art. 37-1: two years from 1 February 2022, the month after the payment.
    given = answer("trop_percu", dates={"versement": "2022-01-28"})
    assert plain(given.phrase).startswith("Le délai de cette paie s’est achevé le 31 janvier 2024")
    assert "sauf changement non déclaré" in given.phrase
    late = answer("trop_percu", dates={"versement": "2022-01-28", "annonce": "2024-02-01"})
    assert late.phrase == given.phrase


def test_a_letter_in_time_leaves_the_statement_to_ask_for_first():
    given = answer("trop_percu", dates={"versement": "2025-01-28", "annonce": "2026-06-10"})
    assert plain(given.phrase) == "Prochaine étape : demande de décompte."
    assert given.prochaine.avant_le == date(2028, 6, 10)


@pytest.mark.parametrize(
    ("recruited", "state", "words"),
    [
        # Accord du 20 octobre 2023 (aix.snes.edu): six months from the recruitment.
        ("2026-09-01", "possible", "au plus tard le 28 février 2027, à confirmer"),
        # « avant le 1er novembre 2026 » for who was there when the contract began.
        ("2005-09-01", "passe", "ouverte jusqu’au 31 octobre 2026, à confirmer"),
    ],
)
def test_the_cover_without_questions_is_open_from_her_own_recruitment(recruited, state, words):
    given = answer("prevoyance", premier_jour=recruited)
    assert (given.etat, words in plain(given.phrase)) == (state, True)
    typed = answer("prevoyance", dates={"recrutement": recruited})
    assert typed.phrase == given.phrase


def test_a_cover_without_a_recruitment_asks_for_it():
    assert plain(answer("prevoyance").phrase) == (
        "Notez « Recrutement » : le dernier jour pour demander en dépend."
    )

"""One row changed of each table of days and delays: number, sentence and source move together."""

import pytest
from changed_tables import Change, plain, reasons_with

REASONS = """
import json, sys
from datetime import date
from pathlib import Path
from iprof_kit.base import paths
paths.REFERENCE = Path(sys.argv[1])
from iprof_kit.calculate.career.rendez_vous.calculation import delays_of
from iprof_kit.calculate.career.rendez_vous.question import RendezVousQuestion
from iprof_kit.calculate.career.rendez_vous.why import *
sophie = RendezVousQuestion(
    corps="certifie", grade="classe_normale", echelon="8", date_effet=date(2025, 9, 1),
    aujourdhui=date(2026, 11, 25), departement="974", appreciation_recue_le=date(2027, 11, 19))
reasons = [explain_year(sophie, 2, "2026-2027"), explain_effect(sophie, 2, 2026)]
late = sophie.model_copy(update={"rendez_vous_le": date(2027, 9, 21)})
for asked, name in ((sophie, "recours"), (late, "appreciation")):
    delay = next(one for one in delays_of(asked, 2026) if one.cle == name)
    reasons.append(explain_delay(asked, 2026, delay))
from iprof_kit.calculate.requests.calculation import answer
from iprof_kit.calculate.requests.question import DemandeQuestion
from iprof_kit.calculate.requests.why import explain_step
asked = DemandeQuestion(demande="reclamation_paie", aujourdhui=date(2026, 3, 1),
                        dates={"demande": date(2026, 2, 23)})
reasons.append(explain_step(asked, next(s for s in answer(asked).etapes if s.cle == "silence")))
from iprof_kit.calculate.promotion.vivier import answer as replayed
from iprof_kit.calculate.promotion.vivier_question import VivierQuestion
from iprof_kit.calculate.promotion.vivier_why import explain_vivier
past = VivierQuestion(corps="pe", campagne=2019, echelon="3", candidature_deposee=True, fonctions=[
    {"fonction": "direction_ecole", "debut": date(2011, 9, 1), "fin": date(2019, 8, 31)}])
reasons.append(explain_vivier(past, replayed(past)))
json.dump([one.model_dump(mode="json") for one in reasons], sys.stdout)
"""
_FREE = "délai franc : deux jours en moins ; rien n’est repoussé"

CHANGES = [
    Change("rendez_vous_carriere", {"corps": "certifie", "rdv": "2"}, "promu_echelon_du",
           "N-1-04-01",
           ("Concernés en 2026-2027",
            "8e échelon atteint entre le 1er avril 2025 et le 31 mars 2026"),
           more={"promu_echelon_au": "N-03-31", "anciennete_min_mois_au_31_08": "17",
                 "anciennete_max_mois_au_31_08": "29"}),
    Change("rendez_vous_delais", {"cle": "recours"}, "valeur", "29",
           ("Recours gracieux contre l’appréciation finale", "29 jours francs")),
    Change("rendez_vous_carriere_regles", {"cle": "delai_franc"}, "valeur", _FREE,
           sentence="Délai franc : deux jours en moins"),
    Change("jours_feries", {"cle": "abolition_reunion"}, "libelle", "Fête du pays",
           ("20 décembre 2027", "Fête du pays, jour férié")),
    Change("rendez_vous_reports", {"cle": "appreciation", "valide_au": ""}, "jour", "10-14",
           ("Dernier jour", "14 octobre 2027")),
    Change("demandes_delais", {"cle": "silence_refus"}, "valeur", "3",
           ("Refus né du silence", "23 mai 2026")),
    Change("bareme_classe_exceptionnelle",
           {"cle": "vivier1_duree_fonctions_annees", "campagne_du": "2017"}, "valeur", "9",
           ("Années de fonctions", "8 sur 9")),
]  # fmt: skip


@pytest.fixture(scope="module")
def reasons(tmp_path_factory):
    """The reasons of one person with every change at once, in a copy of the tables."""
    return reasons_with(CHANGES, REASONS, tmp_path_factory.mktemp("droit"))


@pytest.mark.parametrize("change", CHANGES, ids=lambda one: one.table)
def test_a_changed_row_changes_the_number_its_sentence_and_its_source(reasons, change):
    change.check(reasons)


def test_the_last_day_follows_length_and_holiday(reasons):
    # 19 November + 30 = Sunday 19 December, then the holiday of La Réunion
    last = reasons[2]["lignes"][-1]
    assert plain(last["valeur"]) == "21 décembre 2027"

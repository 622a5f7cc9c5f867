"""What the kit answers where each table of the law is read: a name, and a question.

Run as a program, it writes each answer and its trace, twice, of the tables of `IPROF_REFERENCE`.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import asdict, is_dataclass
from datetime import date

import pandas as pd

from iprof_kit.analytics import ages
from iprof_kit.analytics.analyses import model
from iprof_kit.analytics.analyses.flows import attrition
from iprof_kit.analytics.analyses.pay.reading import published
from iprof_kit.analytics.population import laws
from iprof_kit.analytics.population.build import build
from iprof_kit.analytics.population.calibration import calibration
from iprof_kit.analytics.publication.rules import rules as secrecy
from iprof_kit.base import words
from iprof_kit.base.explanation import explain, unexplained
from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import those
from iprof_kit.calculate.career.meetings import appeal, evaluations, items_of
from iprof_kit.calculate.guides.facts import facts
from iprof_kit.calculate.guides.glossary import terms
from iprof_kit.calculate.interface.local_time import place_of
from iprof_kit.calculate.interface.why import from_trace
from iprof_kit.calculate.mobility import places, territories
from iprof_kit.calculate.paths.competitions import raep_file
from iprof_kit.calculate.paths.facts import reform_facts
from iprof_kit.calculate.subjects import ask, subject
from iprof_kit.law.mobility.first import rules as _movement  # noqa: F401  # registers its rules
from iprof_kit.law.tables.rules import RULES
from iprof_kit.law.tables.verified import verified_until

DAY = date(2026, 11, 25)
PE = {"corps": "pe", "grade": "classe_normale"}
PENSION = {
    "naissance": "1964-01-01", "aujourdhui": "2026-09-25", "departs": ["2027-01-01"], "corps": "pe",
    "grade": "hors_classe", "echelon": "7", "trimestres_autres_regimes": 8,
    "totaux": {"arrete_au": "2026-03-01", "liquidation_jours": 13000, "assurance_jours": 13500},
    "enfants": [{"naissance": "1992-05-01", "interruption_mois": 4}],
    "foyer": {"rfr": 30000, "parts": 2}, "rafp_points": 4448,
}  # fmt: skip
SECOND = {
    "corps": "certifie", "grade": "classe_normale", "echelon": 7, "academie": "Lille",
    "departement": "59", "demandes": ["rapprochement_conjoints"], "lien": "mariage",
    "date_lien": "2018-07-07", "conjoint": {"academie": "Rennes", "departement": "35"},
}  # fmt: skip
FIRST = {"departement": "93", "grade": "hors_classe", "echelon": 4,
         "anciennete_departement_annees": 17}  # fmt: skip
CERTIFIE = {
    "jour": "2026-11-25", "corps": "certifie", "grade": "classe_normale", "echelon": "8",
    "statut": "titulaire", "position": "activite", "date_naissance": "1980-10-02",
    "date_entree_corps": "2012-09-01",
    "services": [{"nature": "enseignement", "jours": 5124, "en_cours": True}],
}  # fmt: skip
FILE = {
    "au": "2026-08-31", "aujourdhui": "2026-11-25", "entree_corps": "2014-09-01",
    "titularisation": "2015-09-01",
    "echelons": [PE | {"echelon": "7", "date_effet": "2024-09-01", "mode": "anciennete"}],
    "affectations": [{"type": "Titulaire du poste, définitif", "debut": "2016-09-01"}],
    "periodes": [
        {"position": "En activité", "debut": "2014-09-01", "fin": "2018-08-31"},
        {"position": "Disponibilité", "motif": "suivre son conjoint", "debut": "2018-09-01",
         "fin": "2019-08-31"},
        {"position": "En activité", "debut": "2019-09-01"},
    ],
}  # fmt: skip


@unexplained()
def calibrated():
    """Thirty fictitious people beside the published figures; they have no reason to tell."""
    return calibration(build(30, 1)).to_dict("records")


ASKED: dict[str, Callable[[], object]] = {
    "heures": lambda: ask("pay", {"corps": "certifie", "grade": "classe_normale", "echelon": "7",
        "zone": 3, "hsa": 1, "date": "2026-11-01", "primes_usuelles": True, "raisons": ["toutes"]}),
    "paie": lambda: ask("pay", PE | {"echelon": "7", "quotite": 80, "zone": 1, "enfants": 2,
        "pacte": 1, "date": "2026-11-01", "primes_usuelles": True}),
    "grève": lambda: ask("pay", PE | {"echelon": "7", "zone": 1, "enfants": 2,
        "date": "2026-11-01", "absence": {"greve": 1}}),
    "maladie": lambda: ask("maladie", {"personne": {"situation": PE | {"echelon": "7",
        "date_effet": "2025-09-01", "date_naissance": "1988-05-04"}, "aujourdhui": "2026-12-01",
        "zone": 3}, "debut": "2026-09-01", "expliquer": True}),
    "trop-perçu": lambda: ask("trop-percu", {"personne": {"situation": PE | {"echelon": "7",
        "date_effet": "2025-09-01", "date_naissance": "1988-05-04"}, "aujourdhui": "2026-12-01",
        "zone": 3}, "changement": "prime_arretee", "prime": {"code": "ISAE_FIXE"},
        "debut": "2026-09-01", "corrige": "2026-12-01", "a_charge": 2, "expliquer": True}),
    "paie à La Réunion": lambda: ask("pay", PE | {"echelon": "7", "zone": 3,
        "date": "2026-11-01", "territoire": "La Reunion"}),
    "échelon": lambda: ask("echelon", PE | {"echelon": "7", "date_effet": "2024-09-01",
        "aujourdhui": "2026-11-25", "annees_direction": [2024]}),
    "promotion": lambda: ask("promotion", PE | {"echelon": "9", "anciennete_jours": 960,
        "campagne": 2025, "promouvables": 673}),
    "classe exceptionnelle": lambda: ask("promotion", {"corps": "certifie", "grade": "hors_classe",
        "echelon": "5", "anciennete_jours": 100, "campagne": 2025}),
    "vivier": lambda: ask("vivier", {"corps": "agrege", "campagne": 2019, "echelon": "3"}),
    "tirage": lambda: ask("tirage", PE | {"echelon": "9", "date_effet": "2025-03-01",
        "aujourdhui": "2026-11-25", "tirer": False, "expliquer": True}),
    "bareme": lambda: ask("bareme", PE | {"echelon": "10", "anciennete_jours": 1260,
        "campagne": 2025, "grade_cible": "hors_classe", "appreciation": "tres_satisfaisant",
        "anciennete_corps_jours": 7920}),
    "classement": lambda: ask("reclassement", PE | {"nature": "promotion_grade", "echelon": "9",
        "anciennete_jours": 960, "grade_cible": "hors_classe", "date_effet": "2025-09-01"}),
    "entrée": lambda: ask("reclassement", {"nature": "entree", "corps": "certifie",
        "date_effet": "2024-09-01",
        "services": [{"nature": "aed", "debut": "2019-09-01", "fin": "2020-08-31"}]}),
    "rendez-vous": lambda: ask("rendez-vous", PE | {"echelon": "6", "date_effet": "2025-09-01",
        "aujourdhui": "2026-11-25", "academie": "06", "notification_le": "2026-12-18",
        "rendez_vous_le": "2027-01-12",
        "appreciation_recue_le": "2027-10-01"}),
    "évaluateurs": lambda: evaluations("pe", 2026),
    "grille": lambda: items_of("enseignant", 2026),
    "grille d’éducation": lambda: items_of("education", 2026),
    "recours": lambda: appeal("pe", DAY),
    "mobilité 1d": lambda: ask("mobility", {"degre": "1d", "campagne": 2026, "voeux": ["44"],
        "premier_degre": FIRST}),
    "mobilité 2d": lambda: ask("mobility", {"degre": "2d", "campagne": 2026,
        "voeux": ["Rennes", "Nice"], "second_degre": SECOND, "raisons": [2]}),
    "carte scolaire": lambda: territories.closed_post("2d", "", "", 2027, ()),
    "corrections": lambda: territories.corrections("intra_academique", "09", 2023),
    "extension": lambda: territories.extension_rules("03", 2023),
    "préférences": lambda: territories.preferences("23", 2027),
    "départements": lambda: places.places("1d", 2026),
    "académies": lambda: places.places("2d", 2026),
    "pension": lambda: ask("pension", PENSION),
    "enfant": lambda: ask("pension", PENSION | {"departs": ["2027-02-01"]}),
    "carrière longue": lambda: ask("pension", PENSION | {"departs": ["2026-10-01"],
        "trimestres_autres_regimes": 30, "carriere_longue": {"avant_20_ans": 5, "cotises": 175}}),
    "projet": lambda: ask("et-si", {"situation": PE | {"echelon": "7", "date_effet": "2024-09-01",
        "date_naissance": "1991-05-20"}, "aujourdhui": "2026-11-25", "zone": 3, "scenarios": [
        {"nom": "A", "evenements": [{"nature": "projet_durees", "debut": "2026-12-01"}]}]}),
    "parcours": lambda: ask("eligibility", CERTIFIE | {"parcours": "LA_AGREGE"}),
    "naissance": lambda: ask("eligibility", CERTIFIE | {"parcours": "CONGE_NAISSANCE"}),
    "temps partiel": lambda: ask("eligibility", CERTIFIE | {"parcours": "TP_AUTORISATION"}),
    "demande": lambda: ask("demande", {"demande": "reclamation_paie", "aujourdhui": "2026-11-28",
        "dates": {"demande": "2026-08-15"}}),
    "formation": lambda: ask("formation", {"aujourdhui": "2026-11-25", "corps": "pe",
        "suivies": [{"jour": "2026-10-07", "heures": 6}]}),
    "anciennetés": lambda: ask("anciennetes", FILE),
    "poste": lambda: ask("anciennetes", FILE | {"affectations": [
        {"type": "Affectation à titre provisoire", "debut": "2016-09-01"}]}),
    "dossier": lambda: raep_file("CAPES_INT", DAY),
    "réforme": reform_facts,
    "droits": lambda: facts("droits_dossier", ["texte"], on=DAY),
    "glossaire": terms,
    "mots": lambda: [words.corps_label("pe"), words.corps_label("pe", plural=True),
                     words.feminine("Professeur certifié"),
                     words.label("type_etablissement", "CLG"),
                     those("discipline_des_barres"), those("services_actifs")],
    "heure": lambda: place_of("971"),
    "usages": lambda: [vars(one) for one in model.usages()],
    "âges": ages.classes,
    "tranches": attrition.seniority_classes,
    "salaires": lambda: published("moyenne").to_dict("records"),
    "secret": secrecy,
    "bornes": lambda: subject("pay").question.model_json_schema()["properties"]["enfants"],
    "critères": lambda: RULES["inter_1d_voeu_repete"][-1].sentence,
    "générateur": lambda: laws.value("effectif", "pe"),
    "cibles": calibrated,
    "vérifié": lambda: verified_until("primes"),
}  # fmt: skip


def words_of(name):
    """What is answered where a table is read, then what its trace says, in ordinary spaces."""
    with explain() as trace:
        answer = _plain(ASKED[name]())
    told_of = from_trace(name, trace).model_dump(mode="json")
    return tuple(
        json.dumps(one, ensure_ascii=False, default=str)
        .replace(words.NBSP, " ")
        .replace(words.NARROW_NBSP, " ")
        for one in (answer, told_of)
    )


def _plain(answer):
    if isinstance(answer, Plain):
        return answer.model_dump(mode="json")
    if is_dataclass(answer):
        return asdict(answer)
    if isinstance(answer, pd.DataFrame):
        return answer.to_dict("records")
    return [_plain(one) for one in answer] if isinstance(answer, tuple | list) else answer


if __name__ == "__main__":
    json.dump({name: [words_of(name), words_of(name)] for name in ASKED}, sys.stdout)

"""What surrounds the pay, the pension, a path: emptied tables stop no main answer."""

from contextlib import ExitStack
from datetime import date

import pytest
from emptied import emptied, rewritten
from test_aside import DAY, question_of

from iprof_kit.base.errors import PeriodNotCovered
from iprof_kit.calculate.subjects import ask

NOVEMBER = date(2026, 11, 1)
AROUND = {
    "departs": ["2026-10-01"], "retraite_progressive_quotite": 50, "enfants_a_charge": 1,
    "cumul": {"revenu_annuel": 12000, "toutes_pensions_liquidees": True},
}  # fmt: skip
"""What may be asked around a pension, added to the worked example."""


def pension_around():
    return ask("pension", question_of("pension") | AROUND)


LOST = (
    ("retraite_parametres", "^csg|^rafp|^retraite_progressive",
     {"prelevements": "non calculé", "rafp": "RAFP : non calculé",
      "retraite_progressive": "Retraite progressive : non calculé"}),
    ("retraite_parametres", "^crds", {"prelevements": "non calculé"}),
    ("parametres_pension", "^cumul|^recul",
     {"cumul": "Cumul emploi-retraite : non calculé",
      "age_maintien_autorise": "Recul de la limite d’âge : non calculé"}),
)  # fmt: skip


@pytest.mark.parametrize(("table", "rows", "lost"), LOST)
def test_what_surrounds_a_pension_stops_no_pension(table, rows, lost, monkeypatch):
    whole = pension_around().departs[0]
    with emptied(table, DAY, monkeypatch, rows):
        found = pension_around()
    line = found.departs[0]
    assert (line.pension_brute, line.trimestres_decote) == (2505.66, 6)  # docs/calculations.md
    for name, said in lost.items():
        assert (getattr(whole, name) is None, getattr(line, name)) == (False, None)
        assert any(text.startswith(said) for text in (*found.notes, line.motif_net))


@pytest.mark.parametrize("subject", ["pension", "career"])
def test_the_law_of_pensions_never_falls_back_to_an_older_version(subject, monkeypatch):
    with emptied("retraite_ages", DAY, monkeypatch):
        if subject == "career":
            found = ask("career", question_of("career"))
            assert found.retraite is None
            assert "retraite_ages" in found.non_calcules[0]
            return
        with pytest.raises(PeriodNotCovered, match="retraite_ages"):
            ask("pension", question_of("pension"))


def test_a_version_that_was_not_known_on_the_day_is_not_missed(monkeypatch):
    before = question_of("pension") | {"aujourdhui": "2024-11-25"}
    known = ask("pension", before).departs[0]
    with emptied("retraite_ages", DAY, monkeypatch):
        found = ask("pension", before).departs[0]
    assert found.version == known.version == "V2023"
    assert found.pension_brute == known.pension_brute


GAINS = (
    ("indemnite_residence", "", "IR", "Indemnité de résidence"),
    ("sft", "", "SFT", "Supplément familial de traitement"),
    ("primes", "^ISAE_FIXE", "ISAE_FIXE", "ISAE, part fixe"),
    ("cotisations", "^PSC_SANTE_EMPLOYEUR", "PSC_EMPLOYEUR", "Complémentaire santé, participation"),
    ("parametres_paie", "^psc|^transport", "PSC_FIXE", "Complémentaire santé :"),
    ("parametres_paie", "^psc|^transport", "TRANSPORT", "transport"),
)  # fmt: skip


def test_gains_without_a_value_stop_no_payslip(monkeypatch):
    question = question_of("pay") | {"abonnement_transport": 80, "psc": True}
    whole = lines_of(question)[0]
    with ExitStack() as every:
        for table, rows in {gain[:2] for gain in GAINS}:
            every.enter_context(emptied(table, NOVEMBER, monkeypatch, rows))
        left, unsaid = lines_of(question)
    assert left["TIB"] == whole["TIB"]
    assert "REP" in left
    for _, _, code, label in GAINS:
        assert (code in whole, code in left) == (True, False)
        assert any(label in text and "non calculé" in text for text in unsaid), label


def lines_of(question):
    found = ask("pay", question)
    return {line.code: line.montant for line in found.lignes}, found.non_calcules


@pytest.mark.parametrize(
    ("path", "table", "said"),
    [
        ("LA_AGREGE", "reclassement", "classement au jour demandé"),
        ("TP_AUTORISATION", "temps_partiel", "effet chiffré"),
        ("TP_AUTORISATION", "point_indice", "effet chiffré"),
        ("CONGE_NAISSANCE", "point_indice", "effet chiffré"),
    ],
)
def test_an_effect_without_a_value_stops_no_path(path, table, said, monkeypatch):
    question = question_of("eligibility") | {"parcours": path}
    main = ask("eligibility", question).parcours[0]
    with emptied(table, DAY, monkeypatch):
        found = ask("eligibility", question).parcours[0]
    assert (found.etat, found.conditions) == (main.etat, main.conditions)
    reasons = [effect.texte for effect in found.effets if effect.libelle == said]
    assert reasons
    assert all(text.startswith("non calculé : ") for text in reasons)


def test_an_age_that_the_tables_lack_is_not_said_untold(monkeypatch):
    question = question_of("eligibility") | {"parcours": "RUPTURE_CONV"}
    with emptied("retraite_ages", DAY, monkeypatch):
        found = ask("eligibility", question).parcours[0]
    assert any("non calculé" in c.a and "retraite_ages" in c.a for c in found.conditions)


FIRST_DEGREE = {
    "degre": "1d",
    "campagne": 2026,
    "voeux": ["37", "44"],
    "premier_degre": {
        "departement": "93",
        "grade": "hors_classe",
        "echelon": 4,
        "anciennete_departement_annees": 17,
        "anciennete_departement_mois": 6,
    },
}


def movement(degre):
    return ask("mobility", FIRST_DEGREE if degre == "1d" else question_of("mobility"))


def scores(found):
    return [(wish.total, wish.lignes) for wish in found.voeux]


@pytest.mark.parametrize("degre", ["1d", "2d"])
def test_a_movement_without_dates_has_its_scores_and_says_so(degre, monkeypatch):
    whole = movement(degre)
    with rewritten("mouvement_calendrier", lambda t: t[t["degre"] != degre], monkeypatch):
        found = movement(degre)
    assert scores(found) == scores(whole)
    assert (bool(whole.calendrier), found.calendrier) == (True, ())
    assert (whole.phrase_calendrier, "2026" in found.phrase_calendrier) == ("", True)


def test_a_movement_without_bars_has_its_scores_and_says_so(monkeypatch):
    whole = movement("1d")
    with rewritten("barres_mouvement", lambda t: t[t["degre"] != "1d"], monkeypatch):
        found = movement("1d")
    assert scores(found) == scores(whole)
    bars = [bar for wish in found.voeux for bar in wish.barres]
    assert {bar.bareme for bar in bars} == {None}
    assert all(bar.phrase.startswith("Aucune barre publiée trouvée") for bar in bars)
    assert found.limites[0].startswith("Aucune barre du premier degré n’est dans nos tables")
    assert found.limites[0] not in whole.limites


def test_a_movement_without_its_rules_in_words_has_its_scores_and_says_so(monkeypatch):
    whole = movement("2d")
    with emptied("mouvement_interacademique_2d", DAY, monkeypatch, "^regle"):
        found = movement("2d")
    assert scores(found) == scores(whole)
    assert (bool(whole.regles), found.regles) == (True, ())
    assert whole.departage.startswith("À barème égal")
    assert found.departage == "Le départage à barème égal n’a pas été trouvé pour cette campagne."
    assert (whole.extension.complet, found.extension.complet) == (True, False)
    assert "aucune valeur trouvée pour la campagne 2026" in found.extension.phrase

"""The thirteen procedures seen in use (rh_usages.md § 2), and the national ones beside them.

Each criterion has two people: the first is better on it alone, equal before, worse after, and has
the greater number. Each list of steps is worked by hand. Dropping a criterion or a step changes
the outcome, so that none is decoration.
"""

from dataclasses import dataclass, replace

import numpy as np
import pytest

from iprof_kit.base.calendar import rentree
from iprof_kit.careers.criteria import Candidates
from iprof_kit.careers.ranked_list import rank_list
from iprof_kit.law.promotion.procedures.files import known_procedures
from iprof_kit.law.promotion.rankings import procedure_of_id
from iprof_kit.law.tables.cells import cell_code

YEAR = 360
E, TS, S, AC = range(4)


@dataclass(frozen=True)
class P:
    """One person: appréciation, échelon, days in it; years of corps, grade, services, age."""

    app: int = S
    ech: str = "10"
    days: int = 400
    corps: int = 20
    grade: int = 10
    ags: int = 20
    age: int = 45
    femme: int = 0
    items: int = 0
    tf: int = 0
    defav: int = 0
    superieur: int = 0
    retraitable: int = 0
    ex_instituteur: int = 0


def as_candidates(held, corps, grade, year):
    day = rentree(year)

    def column(name):
        return np.array([getattr(p, name) for p in held], np.int64)

    columns = {
        "appreciation": column("app"),
        "entree_corps": day - YEAR * column("corps"),
        "entree_grade": day - YEAR * column("grade"),
        "debut_services": day - YEAR * column("ags"),
        "naissance": day - YEAR * column("age"),
        "femme": column("femme"),
        "items": column("items"),
        "avis_tres_favorables": column("tf"),
        "avis_defavorables": column("defav"),
        "superieur": column("superieur"),
        "retraitable": column("retraitable"),
        "ex_instituteur": column("ex_instituteur"),
    }
    cells = np.array([cell_code(corps, grade, p.ech) for p in held])
    return Candidates(year, np.arange(len(held)), cells, column("days"), columns)


# hors classe: 2d degré 145/125/105/95, PE 120/100/80/60; plage 10+1: 30, 10+3: 50, 11+0: 60 (2d),
# 70 (PE), 11+1: 70 (2d), 80 (PE), 11+2: 90 (PE)
E10 = P(E, "10", 400)  # 175 (2d), 150 (PE)
TS10 = P(TS, "10", 1090)  # 175 (2d), 150 (PE)
TS10_PE_140 = P(TS, "10", 730)  # 140 (PE)
S11_PE = P(S, "11", 0)  # 150 (PE)
AC11 = P(AC, "11", 400)  # 165 (2d), 140 (PE)
S11_2D = P(S, "11", 400)  # 105 + 70 = 175 (2d)

PE_LDG = {
    "bareme": (E10, replace(AC11, corps=30)),
    "anciennete_corps": (replace(E10, corps=25), S11_PE),
    "echelon": (S11_PE, E10),
    "anciennete_echelon": (replace(E10, days=500), E10),
}
SECOND_DEGREE = {
    "bareme": (E10, replace(AC11, corps=30, age=60)),
    "anciennete_corps": (replace(E10, corps=25), replace(S11_2D, age=60)),
    "echelon": (S11_2D, replace(E10, days=700, age=60)),
    "anciennete_echelon": (replace(E10, days=500), replace(E10, age=60)),
    "age": (replace(E10, age=50), E10),
}
CE = {
    "avis_tres_favorables": (P(ech="6", tf=2, defav=1), P(ech="6", tf=1, corps=30)),
    "avis_sans_defavorable": (P(ech="6", tf=1), P(ech="6", tf=1, defav=1, corps=30)),
    "anciennete_corps": (P(ech="6", corps=25), P(ech="6", grade=15)),
    "anciennete_grade": (P(ech="5", grade=12, days=0), P(ech="6")),
    "echelon": (P(ech="6", days=0), P(ech="5", days=700)),
    "anciennete_echelon": (P(ech="6", days=500), P(ech="6")),
}
CE_AGREGES = {
    name: tuple(replace(p, ech="3") for p in pair) for name, pair in CE.items() if name != "echelon"
}
PAIRS = {
    "hc_ldg": ("pe", 2025, PE_LDG),
    "hc_agreges_ministere_2019": ("agrege", 2019, SECOND_DEGREE),
    "hc_creteil_prive_2025": ("certifie", 2025, SECOND_DEGREE),
    "hc_toulouse_2019": (
        "certifie",
        2019,
        {name: SECOND_DEGREE[name] for name in ("bareme", "anciennete_corps")},
    ),
    "hc_54_2020": (
        "pe",
        2021,  # the PE barème of the tables begins in 2021
        {
            "bareme": (E10, replace(AC11, grade=20)),
            "echelon": (S11_PE, replace(E10, grade=20)),
            "appreciation": (E10, TS10),
            "anciennete_echelon": (replace(E10, days=500), replace(E10, grade=20)),
            "anciennete_grade": (replace(E10, grade=12), E10),
        },
    ),
    "hc_55_2021": ("pe", 2021, {"bareme": (E10, AC11)}),
    "hc_47_2022": ("pe", 2022, {"bareme": (S11_PE, TS10_PE_140), "appreciation": (E10, TS10)}),
    "hc_bordeaux_2022": (
        "certifie",
        2022,
        {
            "bareme": (E10, replace(AC11, femme=1)),
            "femme": (replace(TS10, femme=1), E10),
            "appreciation_maximale": (E10, S11_2D),
            "dernier_echelon": (S11_2D, TS10),
        },
    ),
    "hc_bordeaux_2024": (
        "certifie",
        2024,
        {
            "bareme": (TS10, replace(AC11, corps=30)),
            "appreciation_maximale": (E10, replace(S11_2D, corps=30)),
            "dernier_echelon": (S11_2D, replace(TS10, corps=30)),
            "anciennete_corps": (replace(TS10, corps=25), replace(TS10, days=1150)),
            "echelon": (P(S, "10", 400), P(TS, "9", 1090)),  # 105 + 30, 125 + 10
            "anciennete_echelon": (replace(TS10, days=1150), TS10),
        },
    ),
    "hc_53_2024": (
        "pe",
        2024,
        {"bareme": (E10, replace(AC11, ags=30)), "ags": (replace(E10, ags=25), E10)},
    ),
    "hc_pcea_2024": (
        "certifie",
        2024,
        {
            "echelon": (P(ech="11", days=0), P(ech="10", days=900)),
            "anciennete_echelon": (P(days=500, corps=10), P(days=400, corps=30)),
            "anciennete_corps": (P(corps=25), P()),
        },
    ),
    "ac_nancy_metz_2024": (
        "certifie",
        2024,
        {
            "appreciation": (P(E, "6", 400), P(TS, "6", 600, items=9)),
            "items": (P(E, "6", 400, items=7), P(E, "6", 600, items=5)),
            "anciennete_echelon": (P(E, "6", 600), P(E, "6", 400, ags=30)),
            "ags": (P(E, "6", 400, ags=25), P(E, "6", 400)),
        },
    ),
    "ac_toulouse_2024": (
        "certifie",
        2024,
        {
            "appreciation": (P(E, "6"), P(TS, "6", corps=30)),
            "anciennete_corps": (P(E, "6", corps=25), P(E, "6")),
        },
    ),
    "ce_avis": ("certifie", 2024, CE),
    "ce_avis_agreges": ("agrege", 2024, CE_AGREGES),
    "ce_vivier_bareme": ("pe", 2021, {"bareme": (P(E, "6", grade=5), P(TS, "6", grade=5))}),
}


def grade_of(procedure):
    return "hors_classe" if procedure.operation == "classe_exceptionnelle" else "classe_normale"


def test_every_procedure_of_the_kit_has_its_case():
    assert set(PAIRS) == {one.id for one in known_procedures()}
    for name, (_, _, pairs) in PAIRS.items():
        assert set(pairs) == set(procedure_of_id(name).criteria)


@pytest.mark.parametrize("name", sorted(PAIRS))
def test_each_criterion_counts_in_its_place(name):
    corps, year, pairs = PAIRS[name]
    procedure = procedure_of_id(name)
    for criterion, (better, other) in pairs.items():
        listed = as_candidates([other, better], corps, grade_of(procedure), year)
        assert rank_list(listed, procedure, 0).order.tolist() == [1, 0], criterion
        kept = tuple(one for one in procedure.criteria if one != criterion)
        without = procedure.model_copy(update={"criteria": kept})
        assert rank_list(listed, without, 0).order.tolist() == [0, 1], criterion


def taken(held, corps, year, procedure, places):
    ranked = rank_list(as_candidates(held, corps, grade_of(procedure), year), procedure, places)
    return {row: ranked.reason(row) for row in np.flatnonzero(ranked.taken).tolist()}


def ordered(held):
    """Give decreasing seniorities: the order of the rows is that of the list."""
    return [replace(p, corps=40 - n, ags=40 - n) for n, p in enumerate(held)]


MAN, WOMAN = E10, replace(E10, femme=1)
HIGHER = replace(WOMAN, superieur=1)
CE_MAN = P(ech="6", tf=2)
CE_WOMAN, CE_HIGHER = replace(CE_MAN, femme=1), replace(CE_MAN, femme=1, superieur=1)
THREE_STEPS = {0: "rang", 3: "équilibre", 5: "prorata"}
NEAR = replace(E10, retraitable=1)
MEURTHE = [
    P(E, "10", 1090),  # 0: 170 points
    P(E, "10", 730),  # 1: 160
    E10,  # 2: 150
    P(AC, "11", 730),  # 3: 150, à consolider, the first of the 150 by her échelon
    replace(E10, days=390),  # 4: 150
    replace(TS10, days=1200),  # 5: 150
    replace(TS10, days=1150, femme=1),  # 6: 150
    replace(TS10, days=1100, retraitable=1),  # 7: 150
    replace(TS10_PE_140, femme=1),  # 8: 140
    P(AC, "10", 1090, ex_instituteur=1),  # 9: 110
    P(S, "10", 1090, femme=1),  # 10: 130
]
STEPS = {
    # equal barème: the last man gives way to the first woman, 3 women of 6 for 3 places is 2
    "hc_ldg": (
        "pe",
        2025,
        ordered([MAN, MAN, MAN, WOMAN, WOMAN, WOMAN]),
        3,
        {0: "rang", 3: "équilibre", 4: "équilibre"},
    ),
    # two « excellent » men, two women of 150 points: one place each; the second man gives way
    "hc_47_2022": (
        "pe",
        2022,
        [E10, E10, replace(TS10, femme=1), replace(S11_PE, femme=1)],
        2,
        {0: "rang", 2: "équilibre"},
    ),
    # whatever the points: the woman has 140, the men 150
    "hc_creteil_prive_2025": (
        "certifie",
        2025,
        ordered([MAN, MAN, replace(AC11, femme=1)]),
        2,
        {0: "rang", 2: "équilibre"},
    ),
    # one in six comes from higher education: 0.5 place of 3, the nearest person is 1
    "hc_bordeaux_2024": (
        "certifie",
        2024,
        ordered([MAN, MAN, MAN, WOMAN, WOMAN, HIGHER]),
        3,
        THREE_STEPS,
    ),
    "ce_avis": (
        "certifie",
        2024,
        ordered([CE_MAN, CE_MAN, CE_MAN, CE_WOMAN, CE_WOMAN, CE_HIGHER]),
        3,
        THREE_STEPS,
    ),
    "ce_avis_agreges": (
        "agrege",
        2024,
        ordered(
            [replace(p, ech="3") for p in [CE_MAN, CE_MAN, CE_MAN, CE_WOMAN, CE_WOMAN, CE_HIGHER]]
        ),
        3,
        THREE_STEPS,
    ),
    # 2 women of 6 for 4 places is 1: three men, one woman
    "hc_53_2024": (
        "pe",
        2024,
        ordered([MAN, MAN, MAN, MAN, WOMAN, WOMAN]),
        4,
        {0: "rang", 1: "rang", 2: "rang", 4: "rang"},
    ),
    "hc_pcea_2024": (
        "certifie",
        2024,
        ordered([MAN, MAN, MAN, MAN, WOMAN, WOMAN]),
        4,
        {0: "rang", 1: "rang", 2: "rang", 4: "rang"},
    ),
    # 5 % of 20 is one place, for the first near retirement whom her rank does not serve
    "hc_55_2021": (
        "pe",
        2021,
        [NEAR, *[E10] * 20, NEAR, NEAR],
        20,
        {**dict.fromkeys(range(19), "rang"), 21: "réserve"},
    ),
    # 2 at 160 and more, 2 reserved, 3 at 150 without « à consolider »; of 3 women in 11, 7 places
    # make 2: they replace the last two men
    "hc_54_2020": (
        "pe",
        2021,
        MEURTHE,
        7,
        {
            0: "rang",
            1: "rang",
            2: "rang",
            6: "équilibre",
            7: "réserve",
            8: "équilibre",
            9: "réserve",
        },
    ),
}


def test_every_procedure_with_steps_has_its_list():
    assert set(STEPS) == {one.id for one in known_procedures() if one.steps}


@pytest.mark.parametrize("name", sorted(STEPS))
def test_each_step_counts(name):
    corps, year, held, places, expected = STEPS[name]
    procedure = procedure_of_id(name)
    assert taken(held, corps, year, procedure, places) == expected
    for dropped in range(len(procedure.steps)):
        kept = procedure.steps[:dropped] + procedure.steps[dropped + 1 :]
        without = procedure.model_copy(update={"steps": kept})
        assert set(taken(held, corps, year, without, places)) != set(expected), dropped


def test_creteil_exchanges_in_both_directions():
    held = ordered([WOMAN, WOMAN, replace(AC11, femme=0)])
    found = taken(held, "certifie", 2025, procedure_of_id("hc_creteil_prive_2025"), 2)
    assert found == {0: "rang", 2: "équilibre"}

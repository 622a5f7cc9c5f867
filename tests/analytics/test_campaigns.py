"""The ranked table of a campaign, as an analyst asks for it."""

import pandas as pd
import pytest

from iprof_kit.analytics.campaigns import classement
from iprof_kit.analytics.careers import promouvables
from iprof_kit.analytics.dossiers import load_dossiers
from iprof_kit.base.errors import InputError, LawError


def people(**columns):
    size = len(next(iter(columns.values())))
    base = {
        "numero": [f"N{n}" for n in range(size)],
        "corps": ["pe"] * size,
        "grade": ["classe_normale"] * size,
        "echelon": ["10"] * size,
        "chevron": [""] * size,
        "anciennete_jours": [400] * size,
        "entree_corps": pd.to_datetime(["2000-09-01"] * size),
    }
    return pd.DataFrame(base | columns)


def test_the_table_of_the_hors_classe():
    table = classement(
        people(
            appreciation=["satisfaisant", "excellent", "excellent", "tres_satisfaisant"],
            sexe=["F", "H", "F", "F"],
            entree_corps=pd.to_datetime(["1999-09-01", "2001-09-01", "2000-09-01", "2002-09-01"]),
        ),
        2025,
        "hors_classe",
    )
    assert table["numero"].tolist() == ["N2", "N1", "N3", "N0"]
    assert table["rang"].tolist() == [1, 2, 3, 4]
    # 120 or 100 or 80, and 30 for one year at the 10e
    assert table["bareme"].tolist() == [150, 150, 130, 110]
    assert table["departage"].tolist() == ["ancienneté dans le corps", "barème", "barème", ""]
    # 23 % of 4 is less than one
    assert table.attrs["contingents"] == {"pe": 0}
    assert not table["retenu"].any()


def test_places_may_be_given_and_the_steps_are_named():
    candidats = people(appreciation=["excellent"] * 4, sexe=["H", "H", "F", "F"])
    table = classement(candidats, 2025, "hors_classe", contingents={"pe": 2})
    assert table.set_index("numero")["motif"].to_dict() == {
        "N0": "rang",
        "N1": "place cédée à l’équilibre",
        "N2": "équilibre",
        "N3": "",
    }
    assert table["retenu"].sum() == 2


def test_a_list_by_department():
    candidats = people(
        appreciation=["excellent"] * 4, departement=["013", "013", "075", "075"]
    ).assign(entree_corps=pd.Timestamp("2000-09-01"))
    table = classement(
        candidats,
        2025,
        "hors_classe",
        par=("corps", "departement"),
        contingents={"pe/013": 1, "pe/075": 0},
    )
    assert table.groupby("departement")["retenu"].sum().to_dict() == {"013": 1, "075": 0}
    assert table["rang"].tolist() == [1, 2, 1, 2]
    assert table.attrs["etapes_omises"] == ["sexe"]


def test_a_row_that_cannot_be_ranked_is_reported_and_the_others_computed():
    candidats = people(appreciation=["excellent", None, "excellent"], echelon=["10", "10", "8"])
    table = classement(candidats, 2025, "hors_classe", contingents={"pe": 3})
    assert table["erreur"].tolist() == ["", "appreciation manque", "pas promouvable"]
    assert table["rang"].isna().tolist() == [False, True, True]
    assert table["retenu"].tolist() == [True, False, False]


def test_opinions_rank_the_classe_exceptionnelle():
    candidats = people(
        avis1=["favorable", "tres_favorable", "tres_favorable"],
        avis2=["tres_favorable", "tres_favorable", "favorable"],
        corps=["certifie"] * 3,
        grade=["hors_classe"] * 3,
        echelon=["6"] * 3,
        entree_grade=pd.to_datetime(["2018-09-01", "2019-09-01", "2017-09-01"]),
    )
    table = classement(candidats, 2026, "classe_exceptionnelle")
    assert table["numero"].tolist() == ["N1", "N2", "N0"]
    wrong = classement(
        candidats.assign(avis1=["favorable", "bon", "favorable"]), 2026, "classe_exceptionnelle"
    )
    assert wrong["numero"].tolist()[-1] == "N1"
    assert wrong["erreur"].iloc[-1] == (
        "avis_1 inconnu : « bon » (possibles : tres_favorable, favorable, defavorable)"
    )
    wrong = classement(candidats.assign(sexe="X"), 2026, "classe_exceptionnelle")
    assert wrong["erreur"].str.startswith("sexe inconnu : « X »").all()


def test_a_year_without_ratio_asks_for_a_hypothesis():
    candidats = people(appreciation=["excellent"] * 10)
    with pytest.raises(LawError, match="taux non trouvé"):
        classement(candidats, 2026, "hors_classe")
    table = classement(candidats, 2026, "hors_classe", suppose="dernier_connu")
    assert table.attrs["contingents"] == {"pe": 2}


def test_a_missing_column_is_named():
    with pytest.raises(InputError, match="appreciation"):
        classement(people(numero=["N0"]), 2025, "hors_classe")
    with pytest.raises(InputError, match="departement"):
        classement(
            people(appreciation=["excellent"]), 2025, "hors_classe", par=("corps", "departement")
        )


def test_the_promouvables_of_the_sample_are_ranked():
    found = promouvables(load_dossiers(), 2027)
    found = found[found["grade_cible"] == "hors_classe"]
    found = found.assign(appreciation="satisfaisant", entree_corps=pd.Timestamp("2005-09-01"))
    table = classement(found, 2027, "hors_classe", suppose="dernier_connu")
    assert len(table) == len(found) > 0
    assert (table["erreur"] == "").all()
    assert set(table["corps"]) == set(found["corps"])

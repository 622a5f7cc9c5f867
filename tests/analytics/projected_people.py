"""People to project, and a scenario in which nothing happens that is not said."""

from few_people import people

NOBODY_COMES = {
    "recrutements": {
        corps: {2026: 0}
        for corps in ("pe", "certifie", "plp", "agrege", "peps", "cpe", "psyen", "chaire_sup")
    }
}
STILL = NOBODY_COMES | {"sorties": 0, "temps_partiel": 0}
PERSON = {
    "numero": "A1", "sexe": "F", "date_naissance": "1980-05-10", "corps": "certifie",
    "grade": "classe_normale", "echelon": "8", "date_effet": "2026-03-01",
    "entree_grade": "2010-09-01", "entree_corps": "2010-09-01", "debut_services": "2010-09-01",
    "academie": "04", "appreciation": "excellent", "opposition": 0, "quotite": 100,
    "categorie_retraite": "sedentaire", "fonction": "", "position": "En activité",
    "avis_1": "favorable", "avis_2": "favorable",
}  # fmt: skip


def alike(*changes):
    """Return people like the one above, each with what is changed of her."""
    rows = [PERSON | {"numero": f"A{n}"} | change for n, change in enumerate(changes or ({},))]
    table = people(rows)
    table.attrs["observation"] = "2026-08-31"
    return table

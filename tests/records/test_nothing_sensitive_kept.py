"""What earlier versions kept of health, disability or a pregnancy leaves the database."""

import json

import pytest
from sqlalchemy import text

from iprof_kit.records import database as db
from iprof_kit.records.carnets import Carnet
from iprof_kit.services.contract.carnet import holds_sensitive
from iprof_kit.services.dossier.storing import save_dossier

MARK = "motmarque5519"
LEAVE = {"nature": "conge_maladie", "debut": "2029-02-11", "note": MARK}
KEPT = {
    "scenarios": {
        "vu": 1,
        "scenarios": [
            {"nom": "A", "evenements": []},
            {"nom": "B", "evenements": [LEAVE, {"nature": "quotite", "quotite": 70}]},
        ],
    },
    "voeux": {
        "2d": {
            "campagne": 2027,
            "voeux": ["10", "14"],
            "reponses": {"interruption": "cld", "annees_avant_interruption": "4", "label": "rep",
                         "lien": "grossesse", "a_naitre": "1"},
            "priorite": {"nature": "boe", "voeux": [MARK]},
        },
        "parcours": {
            "reponses": {"niveau_diplome": "7", "fait-handicap": "oui"},
            "personnel": {"fait-etat_de_sante": MARK},
        },
        "deux_ecritures": [
            {"ou": ["2d", "priorite"], "ici": {"nature": "dossier", "voeux": [MARK]}},
            {"ou": ["2d", "campagne"], "ici": 2026},
        ],
    },
    "paie": {"champs": {"enfants": "2", "sensible_greve_jours": MARK}},
    "retraite": {"2d": None, "deux_ecritures": [3, {"ou": None}], "listes": [[LEAVE, "x"]]},
    "rendez_vous": {"2": {"lettre": "priorite personnel"}},
}  # fmt: skip
LEFT = {
    "scenarios": {
        "vu": 1,
        "scenarios": [
            {"nom": "A", "evenements": []},
            {"nom": "B", "evenements": [{"nature": "quotite", "quotite": 70}]},
        ],
    },
    "voeux": {
        "2d": {
            "campagne": 2027,
            "voeux": ["10", "14"],
            "reponses": {"annees_avant_interruption": "4", "label": "rep"},
        },
        "parcours": {"reponses": {"niveau_diplome": "7"}},
        "deux_ecritures": [{"ou": ["2d", "campagne"], "ici": 2026}],
    },
    "paie": {"champs": {"enfants": "2"}},
    "retraite": {"2d": None, "deux_ecritures": [3, {"ou": None}], "listes": [["x"]]},
    "rendez_vous": KEPT["rendez_vous"],
}


@pytest.fixture
def of_an_earlier_version(database, dossiers, now):
    """A database of the version before, with what it kept."""
    save_dossier(dossiers["D0001"], "test", now)
    db.migrate("0021", down=True)
    with db.writing() as session:
        session.add_all(
            Carnet(name=f"D0001:{subject}", numero="D0001", subject=subject, saved_at=now,
                   version=3, content=content)
            for subject, content in KEPT.items()
        )  # fmt: skip


def kept():
    query = text("SELECT subject, content, version FROM carnets")
    with db.engine().connect() as link:
        rows = link.execute(query).all()
    read = {row.subject: row.content for row in rows}
    assert {row.version for row in rows} == {3}
    return {name: json.loads(one) if isinstance(one, str) else one for name, one in read.items()}


def test_p01_a_migration_removes_every_sensitive_value_kept_before(
    of_an_earlier_version, database, tmp_path
):
    assert MARK in str(kept())
    db.migrate("head")
    assert kept() == LEFT
    assert not any(map(holds_sensitive, kept().values()))
    db.migrate("0021", down=True)
    db.migrate("head")
    assert kept() == LEFT
    db.engine().dispose()
    written = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    assert (b"niveau_diplome" in written) == (database == "sqlite")
    assert MARK.encode() not in written

"""What a release leaves: `python tools/database_of_a_release.py` writes this tree's database.

It holds the fictitious people of the sample, what some of them typed, and the keys of its journal:
all are public. It is a backup of the kit in clear (`docs/administrer.md`), of SQLite, or of the
PostgreSQL database that `IPROF_DATABASE_URL` names, which must be empty. Beside it, a file of its
name says what must be read there for ever. `tests/records/test_database_of_a_release.py` opens
each. `cv.json` and `seance.json` are files that people take, which
`tests/package/test_files_of_a_release.py` opens.
"""

from __future__ import annotations

import json
import lzma
import os
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from iprof_kit.base.paths import ROOT, SAMPLE
from iprof_kit.base.version import __version__
from iprof_kit.calculate.atelier.files import personas
from iprof_kit.calculate.atelier.seance import Seance, exported
from iprof_kit.calculate.et_si.calculation import answer
from iprof_kit.cv.model import Cible, Cv, Faits, Lettre
from iprof_kit.cv.outputs import own
from iprof_kit.cv.person import Identite
from iprof_kit.cv.sections.diplomes import Diplome
from iprof_kit.cv.sections.fonctions import Fonction
from iprof_kit.records.snapshots import engine_name
from iprof_kit.services.access.accounts import open_session, session_of
from iprof_kit.services.backup.saving import save
from iprof_kit.services.backup.secrecy import Closing
from iprof_kit.services.dossier.sample import load_sample
from iprof_kit.services.guichet.operations import run

NOW = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
Asking = Callable[..., Any]
Reading = dict[str, object]
"""Who asks which operation with which arguments, and the words that the answer holds."""


def main() -> int:
    """Write the database and what was typed in it, in `tests/data/VERSION`."""
    folder = ROOT / "tests" / "data" / __version__
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ |= {"IPROF_VAR": f"{home}/var", "IPROF_ACADEMIES": str(SAMPLE / "academies.yml")}
        os.environ.pop("IPROF_JOURNAL_KEY", None)
        os.environ.pop("IPROF_CLES", None)
        load_sample(NOW)
        readings = typed()
        clear = Path(home) / "clear"
        save(clear, Closing(), "iprof essai", NOW)
        packed = folder / f"{engine_name()}.tar.xz"
        packed.write_bytes(lzma.compress(clear.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    said = json.dumps(readings, ensure_ascii=False, indent=1) + "\n"
    (folder / f"{engine_name()}.json").write_text(said, encoding="utf-8")
    for name, content in files().items():
        (folder / name).write_bytes(content)
    print(f"{packed.relative_to(ROOT)} : {packed.stat().st_size // 1000} ko")
    return 0


def files() -> dict[str, bytes]:
    """Return a CV and a training session as people take them, by name."""
    facts = Faits(
        identite=Identite(prenom="Camille", nom="Martin", resume="Enseigner."),
        diplomes=(Diplome(id="d1", intitule="Agrégation d’anglais", annee="2006"),),
        fonctions=(Fonction(id="f1", intitule="Tutrice", debut="2015"),),
    )
    letter = Lettre(texte="Madame,")
    cv = Cv(faits=facts, cibles=(Cible(id="c1", titre="Poste spécifique", lettre=letter),))
    seance = Seance.of(personas()["claire_vasseur"])
    answered = answer(seance.persona.question(seance.scenarios, seance.jour))
    return {"cv.json": own.dump(cv), "seance.json": exported(seance, answered, NOW.date())}


def as_person(compte: str) -> Asking:
    """Return what asks the guichet as somebody."""
    identity = session_of(open_session(compte, NOW), NOW)
    return lambda op, **args: run(identity, op, args, NOW)


def typed() -> list[Reading]:
    """Type what people type, and return what each must read again."""
    return [*own_file(), *threads(), *cvs(), *evaluation()]


def reading(compte: str, op: str, words: str | int, **args: object) -> Reading:
    """Return what somebody must read in an answer."""
    return {"compte": compte, "op": op, "args": args, "words": str(words)}


def own_file() -> list[Reading]:
    """Keep contacts and a carnet; an order sent again gives the same receipt."""
    jean = as_person("jdupont")
    order = {"valeurs": {"portable": "06 39 98 12 34"}, "revision": 0, "cle": "contact-premier"}
    receipt = jean("contact_enregistrer", **order).numero
    wish = {"essai": "école des Tilleuls, vœu n° 1"}
    jean("carnet_enregistrer", sujet="voeux", contenu=wish, revision=0, cle="carnet-premier")
    return [
        reading("jdupont", "contact_enregistrer", f'"numero":{receipt}', **order),
        reading("jdupont", "contact", "06 39 98 12 34"),
        reading("jdupont", "carnet_lire", wish["essai"], sujet="voeux"),
    ]


def threads() -> list[Reading]:
    """Ask and report; the service drafts an answer, notes, and sends another."""
    jean, service = as_person("jdupont"), as_person("ggestionnaire")
    texts = {"nature": "question", "objet": "Temps partiel", "texte": "Dès la rentrée d’août ?"}
    asked = jean("courrier_ecrire", cle="fil-premier", **texts).lu.fil.id
    report = {"donnee": "identite.nom", "indique": "Dupond", "cle": "signaler-premier"}
    number = jean("signaler", **report).signalement.numero
    answered = jean("courrier_ecrire", cle="fil-second", **texts).lu.fil.id
    draft, note, answer = "Je vérifie votre quotité.", "Appel du 1er décembre.", "Avant le 31 mars."
    service("bureau_brouillon", id=asked, texte=draft)
    service("bureau_note", id=asked, texte=note, cle="note-premiere")
    service("bureau_agir", id=answered, acte="repondre", vus=1, cle="acte-premier", texte=answer)
    return [
        reading("jdupont", "courrier_fil", texts["texte"], id=asked),
        reading("jdupont", "courrier_fil", answer, id=answered),
        reading("jdupont", "signalements", number),
        reading("ggestionnaire", "bureau_fil", draft, id=asked),
        reading("ggestionnaire", "bureau_fil", note, id=asked),
    ]


def cvs() -> list[Reading]:
    """Write a CV with its letter, keep a version of it and open a link."""
    isabelle, letter = as_person("ichevalier"), "Madame, je suis candidate à ce poste."
    facts = {"identite": {"prenom": "Isabelle", "nom": "Chevalier", "titre": "Professeure agrégée"}}
    target = {"id": "c1", "titre": "Poste spécifique", "lettre": {"objet": "x", "texte": letter}}
    draft = {"faits": facts, "cibles": [target]}
    isabelle("cv_enregistrer", cv=draft, revision=0, cle="brouillon-premier")
    version = isabelle("cv_version_creer", nom="Envoyé en mai", revision=1, cle="version-premiere")
    shown = {"version_id": version.id, "cible_id": "c1", "coordonnees": False}
    isabelle("cv_lien_creer", **shown, jours=60, cle="lien-premier")
    return [
        reading("ichevalier", "cv", letter),
        reading("ichevalier", "cv_version_lire", letter, id=version.id),
    ]


def evaluation() -> list[Reading]:
    """Show the project of an appreciation to the person whom it is about."""
    words = "Une pratique sûre, des élèves qui parlent."
    about = {"dossier": "D0019", "objet": "rdv-2-2026"}
    inspector = as_person("iinspectrice")
    kept = {"contenu": {"texte": words}, "revision": 0, "cle": "projet-premier"}
    inspector("evaluation_garder", **about, **kept)
    inspector("evaluation_montrer", **about, revision=1, cle="montrer-premier")
    return [reading("lfontaine", "projets_avis", words)]


if __name__ == "__main__":
    sys.exit(main())

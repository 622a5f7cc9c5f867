"""The answer templates of an academy: a YAML file, each field known, each act of the service."""

from __future__ import annotations

import re
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.plain import Plain
from iprof_kit.base.words import hard_spaces
from iprof_kit.given.yaml_files import given_yaml
from iprof_kit.records.database import reading
from iprof_kit.services.academies import academie, configuration_folder
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.reach import reach_of
from iprof_kit.services.cases.life import SERVICE, passages
from iprof_kit.services.contract.bureau.fils import Modele, ModelesLus
from iprof_kit.services.contract.courrier import LONGEST_MESSAGE
from iprof_kit.services.contract.operation import NoArguments

OF_THE_THREAD = frozenset({"prenom", "nom", "objet", "numero", "service", "date"})
OF_THE_ACT = {"attendre": frozenset({"avant"}), "corriger": frozenset({"corrige_le", "valeur"})}
"""Fields that only one act brings."""
MOST = 30
_FIELD = re.compile(r"\{([^{}\n]*)\}")


class _Written(Plain):
    nom: Annotated[str, StringConstraints(min_length=1, max_length=40)]
    acte: str
    texte: Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_MESSAGE)]


class _File(Plain):
    modeles: Annotated[list[_Written], Field(max_length=MOST)]


def read(identity: Identity, _wanted: NoArguments, now: datetime) -> ModelesLus:
    """Return the templates of the academy of her newest portfolio, in the order of its file.

    Raises
    ------
    Unavailable
        The file cannot be read, or a template is wrong: the message says which and why.
    """
    with reading() as session:
        reach = reach_of(session, identity, paris(now).date())
    if not (portfolios := [*reach.lent, *reach.own]):
        return ModelesLus()
    named = academie(portfolios[-1].academie).modeles_courrier
    return ModelesLus(modeles=list(templates(configuration_folder() / named)) if named else [])


def templates(file: Path) -> tuple[Modele, ...]:
    """Return the templates of a file, checked; it is read again when it changes.

    Raises
    ------
    Unavailable
        The file cannot be read, or a template is wrong.
    """
    try:
        return _read(file, file.stat().st_mtime_ns)
    except (OSError, InputError, ValidationError, TypeError) as error:
        raise Unavailable(
            "les modèles de réponse ne peuvent pas être lus.",
            where=str(file),
            remedy="Comparez ce fichier à data/sample/modeles_courrier.yml.",
        ) from error


def fields_of(text: str) -> list[str]:
    """Return the fields that a text still holds, each once; other braces are words.

    Examples
    --------
    >>> fields_of("Bonjour {prenom}, {…}")
    ['prenom']
    """
    known = OF_THE_THREAD.union(*OF_THE_ACT.values())
    return [one for one in dict.fromkeys(_FIELD.findall(text)) if one in known]


@lru_cache(maxsize=8)
def _read(file: Path, _changed: int) -> tuple[Modele, ...]:
    whole = _File.model_validate(given_yaml(file, "la liste des modèles"))
    return tuple(_checked(one, file) for one in whole.modeles)


def _checked(one: _Written, file: Path) -> Modele:
    acts = {passage.act for passage in passages() if SERVICE in passage.roles}
    if one.acte not in acts:
        raise _wrong(one, file, f"l’acte « {one.acte} » n’est pas du service", sorted(acts))
    fields = list(dict.fromkeys(_FIELD.findall(one.texte)))
    allowed = OF_THE_THREAD | OF_THE_ACT.get(one.acte, frozenset())
    for name in fields:
        if name not in allowed:
            raise _wrong(one, file, f"le champ « {{{name}}} » n’est pas connu", sorted(allowed))
    return Modele(nom=one.nom, acte=one.acte, texte=hard_spaces(one.texte.strip()), champs=fields)


def _wrong(one: _Written, file: Path, what: str, known: list[str]) -> Unavailable:
    return Unavailable(
        f"dans le modèle « {one.nom} », {what}.",
        where=str(file),
        remedy=f"À l’acte « {one.acte} », sont connus : {', '.join(known)}.",
    )

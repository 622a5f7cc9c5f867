"""The academies: name, help-line, services and texts are configuration, not code."""

from __future__ import annotations

import os
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from iprof_kit.base.configuration.in_force import setting_of
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.paths import SAMPLE
from iprof_kit.base.plain import Plain
from iprof_kit.base.reference import written_rows
from iprof_kit.given.yaml_files import given_yaml
from iprof_kit.services.configured import Pieces, Travaux, Visiteurs
from iprof_kit.services.contract.dossier import Academie

FILE = "IPROF_ACADEMIES"
"""Names the configuration above `emplacements.academies`; without either nothing is configured."""
SAMPLE_FILE = SAMPLE / "academies.yml"
_NONE = Academie(
    code="", nom="académie non configurée", assistance_nom="Assistance de votre académie"
)


def academie(code: str | None = None) -> Academie:
    """Return one academy, or the first one of the configuration.

    Parameters
    ----------
    code : str, optional
        Two digits, as in academies.csv.

    Returns
    -------
    Academie
        From the file that the settings name; an academy that is not configured keeps its name
        only, and no help-line is invented. Without a file there is no first one: it has no name.

    Raises
    ------
    Unavailable
        The configuration cannot be read.
    InputError
        Unknown code.
    """
    configured = _configured(configuration_file())[0]
    if code is None:
        return next(iter(configured.values()), _NONE)
    if code in configured:
        return configured[code]
    names = academie_names()
    if code not in names:
        raise InputError(
            "cette académie n’est pas connue.",
            where=code,
            remedy="Donnez son code à deux chiffres (academies.csv).",
        )
    return Academie(code=code, nom=names[code], assistance_nom=_NONE.assistance_nom)


def configured_academies() -> tuple[Academie, ...]:
    """Return the academies that the configuration describes, none without a file.

    Raises
    ------
    Unavailable
        The configuration cannot be read.
    """
    return academies_of(configuration_file())


def academies_of(file: str | Path) -> tuple[Academie, ...]:
    """Return the academies that a file describes.

    Raises
    ------
    Unavailable
        It cannot be read.
    """
    return tuple(_configured(str(file))[0].values())


class Conservation(Plain):
    """How long what is kept is kept, in months; None: not decided, so nothing is removed.

    `dossiers` is a sentence: no date of the file says when a person leaves.
    """

    dossiers: str | None = None
    journal_mois: Annotated[int, Field(ge=1)] | None = None
    adresses_mois: Annotated[int, Field(ge=1)] | None = None
    signalements_mois: Annotated[int, Field(ge=1)] | None = None
    pieces_mois: Annotated[int, Field(ge=1)] | None = None
    historique_mois: Annotated[int, Field(ge=1)] | None = None


def conservation() -> Conservation:
    """Return how long what is kept is kept, from the same configuration.

    Raises
    ------
    Unavailable
        The configuration cannot be read.
    """
    return _configured(configuration_file())[1]


def travaux() -> Travaux:
    """Return what this installation lets the kit do by itself, from the same configuration.

    Raises
    ------
    Unavailable
        The configuration cannot be read.
    """
    return _configured(configuration_file())[2]


def pieces() -> Pieces:
    """Return how this installation looks at papers, from the same configuration.

    Raises
    ------
    Unavailable
        The configuration cannot be read.
    """
    return _configured(configuration_file())[3]


def visiteurs() -> Visiteurs:
    """Return what this installation opens to people without account, from the same configuration.

    Raises
    ------
    Unavailable
        The configuration cannot be read.
    """
    return _configured(configuration_file())[4]


def configuration_folder() -> Path:
    """Return the folder of the configuration: the files that it names are beside it."""
    return Path(configuration_file()).parent


def use_sample() -> None:
    """Take the fictitious academies of the sample, where no file is named."""
    if not configuration_file():
        os.environ[FILE] = str(SAMPLE_FILE)


@lru_cache(maxsize=1)
def academie_names() -> dict[str, str]:
    """Return the name of each academy by its code, closed ones included."""
    rows = written_rows("academies")
    return {row["code_academie"]: row["libelle_academie"] for row in rows}


def configuration_file() -> str:
    """Return the path of the configuration; empty where nothing is configured."""
    named: str = setting_of("emplacements.academies")
    return named


_Configured = tuple[dict[str, Academie], Conservation, Travaux, Pieces, Visiteurs]


@lru_cache(maxsize=4)
def _configured(file: str) -> _Configured:
    if not file:
        return {}, Conservation(), Travaux(), Pieces(), Visiteurs()
    try:
        read = given_yaml(Path(file), "la configuration des académies")
        listed = [Academie.model_validate(item) for item in read["academies"]]
        kept = Conservation.model_validate(read.get("conservation") or {})
        jobs = Travaux.model_validate(read.get("travaux") or {})
        papers = Pieces.model_validate(read.get("pieces") or {})
        strangers = Visiteurs.model_validate(read.get("visiteurs") or {})
    except (OSError, InputError, ValidationError, TypeError, KeyError) as error:
        raise Unavailable(
            "la configuration des académies ne peut pas être lue.",
            where=error.where if isinstance(error, InputError) else file,
            remedy="Comparez-la à data/sample/academies.yml.",
        ) from error
    if not listed:
        raise Unavailable(
            "la configuration ne décrit aucune académie.",
            where=file,
            remedy="Comparez-la à data/sample/academies.yml.",
        )
    return {one.code: one for one in listed}, kept, jobs, papers, strangers

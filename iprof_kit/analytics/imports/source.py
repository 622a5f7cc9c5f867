"""A source: what was confirmed of its files once, saved as YAML and used again each year."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from iprof_kit.analytics.columns import COLUMNS
from iprof_kit.analytics.imports.files.fixed import Slot, check_slots
from iprof_kit.base.configuration.data_folder import var_dir
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.names import home_of, words_in
from iprof_kit.base.words import NBSP
from iprof_kit.given.yaml_files import given_yaml

IGNORED = "-"
"""Column of a heading that is not taken, on purpose."""
SPECIAL = {
    "civilite": "M. ou Mme : donne le sexe, ou le contrôle",
    "nom_prenom": "nom en capitales puis prénom, dans une même colonne",
    IGNORED: "non reprise",
}
"""What a heading may mean besides the columns of a table."""
FORMATS = ("", "csv", "largeur_fixe", "xlsx", "parquet", "liste")
_KEYS = set(
    words_in(
        "source confirme_le format separateur feuille ignorer_lignes observation colonnes unites "
        "largeur_fixe controles"
    )
)


@dataclass(frozen=True)
class Source:
    """How the files of one origin are read.

    Attributes
    ----------
    columns : mapping of str to str
        Column of each heading, `IGNORED` where it is not taken.
    units : mapping of str to str
        Unit of the columns of seniority: jours, mois, ans, aammjj.
    format, separator, sheet : str
        "" where they are recognised in each file.
    skip : int
        Lines before the first row of a fixed-width file.
    slots : tuple of Slot
        Columns of a fixed-width file.
    observed : date, optional
        Day at which the situations are seen.
    checks : mapping of str to str
        Severity of a check (refuser, signaler, ignorer) where it is not the usual one.
    confirmed : date, optional
        Day on which a person confirmed the columns.
    """

    name: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    units: Mapping[str, str] = field(default_factory=dict)
    format: str = ""
    separator: str = ""
    sheet: str = ""
    skip: int = 0
    slots: tuple[Slot, ...] = ()
    observed: date | None = None
    checks: Mapping[str, str] = field(default_factory=dict)
    confirmed: date | None = None

    def mask(self, text: str) -> str:
        """Return an opaque number for an identity: the same each year, for this source only.

        Raises
        ------
        InputError
            The source has no name: nowhere to keep the key.
        """
        return hmac.new(self._key(), text.encode(), hashlib.sha256).hexdigest()[:16]

    def _key(self) -> bytes:
        if not self.name:
            raise InputError(
                "cet extrait désigne les personnes par une donnée identifiante, que le kit masque.",
                where="source",
                remedy=f"Nommez la source (--source NOM){NBSP}: sa clé est gardée "
                "avec elle, et le numéro d’une personne reste le même d’une année à l’autre.",
            )
        return _kept_key(home_of(source_file(self.name).parent, self.name, ".cle"))


def source_file(name: str) -> Path:
    """Return where a source is saved: `sources/NOM.yml` in the folder of what is written."""
    if not re.fullmatch(r"[\w-]{1,60}", name):
        raise InputError(
            f"le nom de source «{NBSP}{name[:60]}{NBSP}» n’est pas possible.",
            where="source",
            remedy=f"Employez des lettres, des chiffres et des tirets{NBSP}: rectorat-63.",
        )
    return home_of(var_dir() / "sources", name, ".yml")


def load_source(source: str | Path | Source | None) -> Source:
    """Return a source: by its name (new where it was never saved), or from a YAML file.

    Raises
    ------
    InputError
        The file is not a source: the message names the line or the entry.
    """
    if source is None:
        return Source()
    if isinstance(source, Source):
        return source
    if isinstance(source, Path) or source.endswith((".yml", ".yaml")):
        path = Path(source)
        return _read(path, path.stem)
    path = source_file(source)
    return _read(path, source) if path.is_file() else Source(source)


def save_source(source: Source, confirmed: date) -> Path:
    """Save what was confirmed of a source, and return the file."""
    path = source_file(source.name)
    known = replace(source, confirmed=confirmed)
    content = {
        "source": known.name,
        "confirme_le": confirmed,
        "format": known.format,
        "separateur": known.separator,
        "feuille": known.sheet,
        "ignorer_lignes": known.skip,
        "observation": known.observed,
        "colonnes": dict(known.columns),
        "unites": dict(known.units),
        "controles": dict(known.checks),
        "largeur_fixe": [
            {"entete": s.heading, "debut": s.begin, "longueur": s.length} for s in known.slots
        ],
    }
    text = yaml.safe_dump(
        {name: value for name, value in content.items() if value},
        allow_unicode=True,
        sort_keys=False,
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    except OSError as error:
        raise Unavailable(
            "la source ne peut pas être enregistrée.",
            where=str(path.parent),
            remedy="Choisissez un autre dossier par la variable IPROF_VAR.",
        ) from error
    return path


def _read(path: Path, name: str) -> Source:
    try:
        content = given_yaml(path, "la description de la source")
    except OSError as error:
        raise Unavailable(
            "la description de la source ne peut pas être lue.",
            where=str(path),
            remedy="Vérifiez vos droits sur ce fichier.",
        ) from error
    if not isinstance(content, dict):
        raise InputError(
            "la description de la source est vide.",
            where=path.name,
            remedy="Effacez ce fichier\u00a0: l’import suivant le refera, ou remplissez-le.",
        )
    return _source(content, name, path.name)


def _source(content: dict[str, Any], name: str, where: str) -> Source:
    unknown = sorted(str(each) for each in content if each not in _KEYS)
    if unknown:
        raise InputError(
            f"entrée inconnue{NBSP}: {', '.join(unknown)}.",
            where=where,
            remedy=f"Entrées possibles{NBSP}: {', '.join(sorted(_KEYS))}.",
        )
    if content.get("format", "") not in FORMATS:
        raise InputError(
            f"format inconnu «{NBSP}{content['format']}{NBSP}».",
            where=where,
            remedy=f"Formats possibles{NBSP}: {', '.join(FORMATS[1:])}.",
        )
    columns = {str(heading): str(column) for heading, column in _dict(content, "colonnes", where)}
    check_columns(columns, where)
    try:
        slots = tuple(
            Slot(str(each["entete"]), int(each["debut"]), int(each["longueur"]))
            for each in content.get("largeur_fixe", [])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"une colonne de «{NBSP}largeur_fixe{NBSP}» est incomplète.",
            where=where,
            remedy=f"Chaque colonne a «{NBSP}entete{NBSP}», «{NBSP}debut{NBSP}», "
            f"«{NBSP}longueur{NBSP}».",
        ) from error
    if slots:
        check_slots(slots, where)
    return Source(
        str(content.get("source", name)),
        columns,
        {str(k): str(v) for k, v in _dict(content, "unites", where)},
        content.get("format", ""),
        str(content.get("separateur", "")),
        str(content.get("feuille", "")),
        int(content.get("ignorer_lignes", 0)),
        slots,
        _day(content.get("observation"), where),
        {str(k): str(v) for k, v in _dict(content, "controles", where)},
        _day(content.get("confirme_le"), where),
    )


def check_columns(columns: Mapping[str, str], where: str) -> None:
    """Refuse a column that does not exist, or that two headings give."""
    seen: dict[str, str] = {}
    for heading, column in columns.items():
        if column not in COLUMNS and column not in SPECIAL:
            raise InputError(
                f"«{NBSP}{heading}{NBSP}» est lu comme «{NBSP}{column}{NBSP}», qui n’existe pas.",
                where=where,
                remedy=f"Colonnes possibles{NBSP}: {', '.join([*COLUMNS, *SPECIAL])}.",
            )
        if column != IGNORED and column in seen:
            raise InputError(
                f"deux en-têtes sont lus comme «{NBSP}{column}{NBSP}»{NBSP}: "
                f"«{NBSP}{seen[column]}{NBSP}» et «{NBSP}{heading}{NBSP}».",
                where=where,
                remedy=f"Gardez-en un, et notez «{NBSP}{IGNORED}{NBSP}» pour l’autre.",
            )
        seen[column] = heading


def _dict(content: dict[str, Any], name: str, where: str) -> list[tuple[Any, Any]]:
    pairs = content.get(name) or {}
    if not isinstance(pairs, dict):
        raise InputError(
            f"«{NBSP}{name}{NBSP}» doit être une liste de «{NBSP}nom: valeur{NBSP}».",
            where=where,
            remedy="Écrivez un nom et sa valeur par ligne, avec le même retrait.",
        )
    return list(pairs.items())


def _day(value: Any, where: str) -> date | None:
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise InputError(
            f"«{NBSP}{value}{NBSP}» n’est pas une date.",
            where=where,
            remedy=f"Une date s’écrit AAAA-MM-JJ{NBSP}: 2026-08-31.",
        ) from error


def _kept_key(path: Path) -> bytes:
    try:
        if not path.is_file():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32), encoding="ascii")
        return bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise Unavailable(
            "la clé de la source ne peut pas être lue ou écrite.",
            where=str(path),
            remedy=f"Rétablissez ce fichier{NBSP}: sans lui, les numéros changeraient.",
        ) from error

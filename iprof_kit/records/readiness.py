"""Whether the kit can serve from its database as it is, and if not, why and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, text

from iprof_kit.base.errors import KitError, Unavailable
from iprof_kit.records.database import (
    database_url,
    migrations,
    reading,
    refuse_half_restored,
    writing,
)

_ADDRESS = "Vérifiez le compte, le mot de passe, la machine et le nom dans IPROF_DATABASE_URL."
_WRITES_NOTHING = text("DELETE FROM alembic_version WHERE version_num = ''")
"""Changes no row, and is refused where the database is only read."""
_SERVE = "Lancez iprof serve ou make serve, qui la prépare."
_MIGRATE = "Lancez iprof migrer, qui la sauvegarde d’abord, ou iprof serve sans --ne-pas-migrer."


def shown_address(url: URL) -> str:
    """Return where a database is, without account, password or option: nothing secret."""
    if url.get_backend_name() == "sqlite":
        return f"SQLite, {url.database}"
    place = f"{url.host or url.query.get('host') or 'cette machine'}"
    port = f":{url.port}" if url.port else ""
    return f"{url.get_backend_name()}, base {url.database} sur {place}{port}"


def revision_of(connection: Connection) -> str | None:
    """Return the revision of the tables; None where they were never made."""
    return MigrationContext.configure(connection).get_current_revision()


def newest_revision() -> str:
    """Return the revision that this version of the kit works with."""
    head = ScriptDirectory.from_config(migrations()).get_current_head()
    if head is None:
        raise LookupError("the kit has no migration")
    return head


def is_known(revision: str) -> bool:
    """Return whether this version of the kit has the revision, and can migrate from it."""
    scripts = ScriptDirectory.from_config(migrations()).walk_revisions()
    return revision in {one.revision for one in scripts}


def database_fault() -> KitError | None:
    """Return what keeps the kit from serving with its database; None where nothing does.

    Nothing is created, migrated or changed.

    Returns
    -------
    KitError or None
        What is wrong and what to do, in French. It never holds a password.
    """
    try:
        return _fault(database_url())
    except KitError as error:
        return error


def check_prepared(connection: Connection) -> None:
    """Refuse a database whose tables are not those of this version of the kit.

    Raises
    ------
    Unavailable
        They are missing, older or newer: what is wrong and what to do.
    """
    revision = revision_of(connection)
    if revision == newest_revision():
        return
    if revision is None:
        raise Unavailable("la base n’est pas préparée : elle n’a pas de tables.", remedy=_SERVE)
    if not is_known(revision):
        raise Unavailable(
            "la base vient d’une version plus récente du kit.",
            remedy="Mettez le kit à jour, ou choisissez une autre base.",
        )
    raise Unavailable(
        f"la base vient d’une version plus ancienne du kit (tables {revision}, attendues "
        f"{newest_revision()}).",
        remedy=_MIGRATE,
    )


def older_revision() -> str | None:
    """Return the revision of tables that this version may bring up; None where they are its own.

    Raises
    ------
    Unavailable
        The database does not answer, has no tables, or comes from a later version.
    """
    with reading() as session:
        revision = revision_of(session.connection())
        if revision is None or not is_known(revision):
            check_prepared(session.connection())
        return None if revision == newest_revision() else revision


def _fault(url: URL) -> KitError | None:
    refuse_half_restored()
    if url.get_backend_name() == "sqlite" and _missing(url.database or ""):
        return Unavailable("la base n’existe pas encore.", where=url.database or "", remedy=_SERVE)
    try:
        with writing() as session:
            check_prepared(session.connection())
            session.execute(_WRITES_NOTHING)
    except Unavailable as error:
        if error.__cause__ is None:
            return error
        reason = re.sub(r" Rien n’a été modifié\.$", "", error.message)
        return Unavailable(reason, remedy=_remedy(reason, error.remedy))
    return None


def _remedy(reason: str, otherwise: str) -> str:
    """Return what who runs the server does; the users' own advice is to call him."""
    if "lecture seule" in reason:
        return "Rendez-la modifiable pour le compte qui lance le kit."
    refused = ("mot de passe", "compte", "de ce nom", "adresse", "connexion impossible")
    return _ADDRESS if any(sign in reason for sign in refused) else otherwise


def _missing(database: str) -> bool:
    path = Path(database)
    return not database.startswith("file:") and (not path.exists() or path.stat().st_size == 0)

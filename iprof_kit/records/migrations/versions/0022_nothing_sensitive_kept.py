"""What earlier versions kept of health, disability or a pregnancy leaves the carnets.

Since then it is held in the memory of a page alone: a leave supposed in « Et si… », a recognised
priority, a pregnancy, an interruption by a leave of health (Autres affectations), the personal
situations of Autres parcours, and every field that says it by its name.

Created on 2026-12-01.
"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"

_CARNETS = sa.table(
    "carnets",
    sa.column("id", sa.Integer),
    sa.column("subject", sa.String),
    sa.column("content", sa.JSON),
)
_NAMED = "sensible_"
_PARTS = frozenset({"priorite", "personnel"})
"""Parts of « voeux » that were kept with an agreement."""
_FIELDS = frozenset({
    "a_naitre", "fait-handicap", "fait-etat_de_sante", "fait-usure_professionnelle",
    "fait-proche_a_soigner",
})  # fmt: skip
_CHOICES = {"interruption": frozenset({"clm", "cld"}), "lien": frozenset({"grossesse"})}
"""Lists of which some choices say it."""
_LEAVE = "conge_maladie"
_BOTH = "deux_ecritures"
"""Where a document keeps two writings of one field: where it is (« ou »), and the other value."""
_BATCH = 200


def upgrade() -> None:
    link, columns = op.get_bind(), _CARNETS.c
    wanted = columns.subject.in_(["scenarios", "voeux", "paie", "retraite"])
    query = sa.select(columns.id, columns.subject, columns.content).where(wanted)
    change = _CARNETS.update().where(columns.id == sa.bindparam("of"))
    change = change.values(content=sa.bindparam("clean"))
    last = 0
    while rows := link.execute(
        query.where(columns.id > last).order_by(columns.id).limit(_BATCH)
    ).all():
        cleaned = [
            {"of": row.id, "clean": clean}
            for row in rows
            if (clean := _document(row.subject, row.content)) != row.content
        ]
        if cleaned:
            link.execute(change, cleaned)
        last = rows[-1].id


def downgrade() -> None:
    """Leave the documents as they are: what was removed is nowhere."""


def _document(subject: str, content: Any) -> Any:
    if not isinstance(content, dict):
        return content
    clean = _clean(subject, content)
    both = clean.get(_BOTH)
    if isinstance(both, list):
        left = [one for one in both if not _is_of_health(subject, one)]
        clean = {**clean, _BOTH: left} if left else _without(clean, _BOTH)
    return clean


def _clean(subject: str, part: Any) -> Any:
    """Return a part of a document without what says it, however deep."""
    if isinstance(part, list):
        return [_clean(subject, one) for one in part if not _is_leave(one)]
    if not isinstance(part, dict):
        return part
    return {
        name: _clean(subject, value)
        for name, value in part.items()
        if not _says_it(subject, name, value)
    }


def _says_it(subject: str, name: str, value: Any) -> bool:
    if name.startswith(_NAMED):
        return True
    if subject != "voeux":
        return False
    chosen = isinstance(value, str) and value in _CHOICES.get(name, ())
    return chosen or name in _PARTS or name in _FIELDS


def _is_leave(one: Any) -> bool:
    return isinstance(one, dict) and one.get("nature") == _LEAVE


def _is_of_health(subject: str, one: Any) -> bool:
    """Tell whether one of two writings is of a field that says it."""
    if not isinstance(one, dict):
        return False
    path = [str(step) for step in one.get("ou") or ()]
    value = one.get("ici")
    return any(_says_it(subject, step, value) for step in path) or _clean(subject, value) != value


def _without(part: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in part.items() if key != name}

"""An administrator's file that says who each account is at a provider: all of it, or nothing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from iprof_kit.records.accounts import Account, SignOnLink
from iprof_kit.records.database import writing
from iprof_kit.records.journal import audit
from iprof_kit.services.access.links import LONGEST
from iprof_kit.services.given_tables import Fault, GivenRow, Layout, Report, read_rows, unsaid

_COLUMNS = ("compte", "emetteur", "sujet")
LINKS = Layout(
    _COLUMNS, _COLUMNS, "docs/administrer.md", largest=20_000_000, most_rows=100_000
)  # fmt: skip
_AT_ONCE = 5_000
"""Lines of the journal that are written by one question; engines bound what it names."""
_OTHER = "Retirez cette ligne, ou défaites d’abord l’autre lien : iprof account delier COMPTE."


def import_links(content: bytes, by: str, now: datetime, *, only_check: bool = False) -> Report:
    """Import a CSV of accounts, issuers and subjects; a link that is there already stays.

    Raises
    ------
    InputError
        The file as a whole cannot be read, or is too long.
    """
    rows, report = list(read_rows(content, LINKS)), Report()
    with writing() as session:
        accounts = {name: key for key, name in session.execute(select(Account.id, Account.compte))}
        known = _Known()
        for link in session.scalars(select(SignOnLink)):
            known.add(link.account_id, link.issuer, link.subject)
        new: dict[str, SignOnLink] = {}
        for row in rows:
            if faults := _faults(row, accounts):
                report.refused += faults
                continue
            compte, issuer, subject = (row.values[name] for name in _COLUMNS)
            account_id = accounts[compte]
            if known.has(account_id, issuer, subject):
                report.unchanged += 1
            elif reason := known.refusal(account_id, issuer, subject):
                report.refused.append(Fault(row.line, "sujet", reason, _OTHER))
            else:
                known.add(account_id, issuer, subject)
                new[f"{compte}\0{issuer}"] = SignOnLink(
                    account_id=account_id,
                    issuer=issuer,
                    subject=subject,
                    linked_at=now,
                    linked_by=by,
                )
        if not report.refused:
            report.added = len(new)
            if not only_check:
                session.add_all(new.values())
                names = [key.partition("\0")[0] for key in new]
                lines = [audit.Entry(now, by, "identite_reliee", f"compte:{one}") for one in names]
                for first in range(0, len(lines), _AT_ONCE):
                    audit.note_all(session, lines[first : first + _AT_ONCE])
    return report


class _Known:
    """The links that are stored, and those of the lines above."""

    def __init__(self) -> None:
        self._subject_of: dict[tuple[int, str], str] = {}
        self._account_of: dict[tuple[str, str], int] = {}

    def add(self, account_id: int, issuer: str, subject: str) -> None:
        self._subject_of[account_id, issuer] = subject
        self._account_of[issuer, subject] = account_id

    def has(self, account_id: int, issuer: str, subject: str) -> bool:
        return self._subject_of.get((account_id, issuer)) == subject

    def refusal(self, account_id: int, issuer: str, subject: str) -> str:
        """Return why a new link may not be; nothing where it may."""
        if (account_id, issuer) in self._subject_of:
            return "ce compte est déjà relié à une autre identité de cet émetteur"
        if (issuer, subject) in self._account_of:
            return "cette identité est déjà reliée à un autre compte"
        return ""


def _faults(row: GivenRow, accounts: dict[str, int]) -> list[Fault]:
    faults = [*row.faults, *unsaid(row, LINKS)]
    if row.values.get("compte", "") not in accounts and "compte" in row.values:
        remedy = "Créez-le : iprof account create."
        faults.append(Fault(row.line, "compte", "ce compte n’existe pas", remedy))
    for name in ("emetteur", "sujet"):
        if len(row.values.get(name, "")) > LONGEST:
            reason = f"plus de {LONGEST} caractères"
            faults.append(Fault(row.line, name, reason, "Recopiez-le tel que le fournisseur l’a."))
    if not row.values.get("emetteur", "https://").startswith(("https://", "http://")):
        reason = "ce n’est pas une adresse"
        remedy = "Recopiez l’émetteur du fournisseur : https://…"
        faults.append(Fault(row.line, "emetteur", reason, remedy))
    return faults

"""Who leaves: those whom a whole load does not name, and what a last day of service closes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import or_, select

from iprof_kit.base.clock import paris
from iprof_kit.base.errors import InputError, KitError, Refused
from iprof_kit.base.words import counted
from iprof_kit.records.accounts import Account
from iprof_kit.records.agents import Agent
from iprof_kit.records.database import reading
from iprof_kit.services.access.closing import close_account
from iprof_kit.services.dossier.correspondences import Codes
from iprof_kit.services.given_tables import Fault, GivenRow

_FEW, _ONE_IN = 10, 50
"""How many may leave by their absence without anybody's consent: the larger of both."""


@dataclass(frozen=True)
class Absent:
    """The people in service whom a whole load does not name, of how many; their last day."""

    numeros: Sequence[str]
    among: int
    last_day: date

    @property
    def most(self) -> int:
        """How many may leave without consent."""
        return max(_FEW, self.among // _ONE_IN)

    def check(self, agreed: int | None) -> None:
        """Refuse more than were agreed to, or than may leave without anybody's word.

        Raises
        ------
        Refused
            A file that was cut looks like people who left.
        """
        most = self.most if agreed is None else agreed
        if len(self.numeros) > most:
            raise Refused(
                f"{counted(len(self.numeros), 'personne')} sur {self.among} ne sont pas dans ce "
                f"chargement complet : c’est plus que {most}. Rien n’est enregistré.",
                remedy="Vérifiez que le fichier est entier. S’il l’est, consentez à ces départs "
                f"par --departs {len(self.numeros)}.",
            )


def absent_people(
    people: Mapping[str, list[GivenRow]], today: date, codes: Codes, refused: Sequence[Fault]
) -> Absent:
    """Return who is in service in the academies of a file and is not named by it.

    A file that was read after it leaves nobody out: who is newer is no leaver.

    Raises
    ------
    InputError
        Lines have no number, no day or no academy: whom they name is not known.
    """
    firsts = [rows[0].values for rows in people.values()]
    academies = {codes.academie(one["academie"]) for one in firsts if "academie" in one}
    read_on = max((one["lu_le"] for one in firsts if "lu_le" in one), default=None)
    if any(fault.column == "numero" for fault in refused) or not academies or read_on is None:
        raise InputError(
            "on ne sait pas qui manque à ce chargement complet.",
            where=f"ligne {refused[0].line}" if refused else "fichier",
            remedy="Donnez à chaque ligne son numéro, son académie et sa date de lecture.",
        )
    day = min(read_on, today)
    in_service = select(Agent.numero).where(
        Agent.academie.in_(academies),
        Agent.lu_le <= day,
        or_(Agent.fin_de_service.is_(None), Agent.fin_de_service >= day),
    )
    with reading() as session:
        there = session.scalars(in_service.order_by(Agent.numero)).all()
    gone = [numero for numero in there if numero not in people]
    return Absent(gone, len(there), day - timedelta(days=1))


def close_accounts(
    last_days: Mapping[str, date | None], by: str, now: datetime
) -> Iterator[tuple[str, str, str]]:
    """Close the accounts of who leaves, from the day after; yield those that cannot be, and why.

    One that is closed by then already stays as it is. Nothing of a file is erased.
    """
    leaving = {numero: day + timedelta(days=1) for numero, day in last_days.items() if day}
    if not leaving:
        return
    query = (
        select(Agent.numero, Account.compte, Account.closed_on)
        .join(Account, Account.agent_id == Agent.id)
        .where(Agent.numero.in_(leaving))
    )
    with reading() as session:
        accounts = session.execute(query.order_by(Agent.numero)).all()
    for numero, compte, closed_on in accounts:
        if closed_on is None or closed_on > leaving[numero]:
            try:
                close_account(compte, leaving[numero], by, now)
            except KitError as error:
                yield numero, error.message.rstrip("."), error.remedy or ""


def accounts_of_who_is_back(people: Mapping[str, object], now: datetime) -> list[str]:
    """Return the closed accounts of people of a file who are in service today."""
    today = paris(now).date()
    query = (
        select(Account.compte)
        .join(Agent, Account.agent_id == Agent.id)
        .where(
            Account.closed_on <= today,
            or_(Agent.fin_de_service.is_(None), Agent.fin_de_service >= today),
        )
        .order_by(Account.compte)
    )
    with reading() as session:
        closed = session.execute(query.add_columns(Agent.numero)).all()
    return [compte for compte, numero in closed if numero in people]

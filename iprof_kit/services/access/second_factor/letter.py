"""A code by letter: for who has lost her factors and cannot come and show who she is.

It goes to where she is known to be, serves once, in the place of a factor and never of a password,
and ends; what she had still serves until she replaces it.
"""

from __future__ import annotations

import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

from iprof_kit.base.calendar import date_text
from iprof_kit.base.clock import PARIS, paris
from iprof_kit.base.configuration.sub_path import whole_address
from iprof_kit.base.errors import InputError
from iprof_kit.records.database import writing
from iprof_kit.services.academies import academie
from iprof_kit.services.access.delivering import Addressee, addressee, last_day
from iprof_kit.services.access.first_access import grouped, new_code
from iprof_kit.services.access.sealed_letters import (
    UNOFFICIAL,
    AccessLetter,
    AccessLetters,
    help_of,
    letters_pdf,
    recipient_of,
)
from iprof_kit.services.access.second_factor import recovery
from iprof_kit.services.access.second_factor.factors import account_to_help, note

_WHY = (
    "Vous n’avez plus votre seconde preuve, ni l’un de vos codes de secours. Ce code la remplace "
    "une fois. Il ne sert à rien sans votre mot de passe ; ne le confiez à personne."
)


def write_letter(
    compte: str, motive: str, file: Path, address: str, by: str, now: datetime
) -> date:
    """Write a letter whose code stands once for a second factor; return its last day.

    Parameters
    ----------
    compte : str
    motive : str
        What the journal keeps: how it was verified who asks.
    file : Path
        The PDF to make, its owner's alone; nothing is overwritten.
    address : str
        Of the site, as people type it.
    by : str
        Whom the journal names.
    now : datetime

    Raises
    ------
    InputError
        No such account, no factor to stand for, a motive that says nothing, a file that cannot be
        made: nothing is kept then.
    """
    code, until = new_code(), last_day(now)
    end = datetime.combine(until + timedelta(days=1), time(), PARIS)
    with writing() as session:
        account_to_help(session, compte, motive)
        to = addressee(session, compte, now)
    pdf = letters_pdf(_letter(to, code, address, until, now))  # slow: nothing is held meanwhile
    with writing() as session:
        account = account_to_help(session, compte, motive)
        recovery.keep_letter(session, account.id, code, now, end)
        note(session, compte, by, "code_de_secours_envoye", now, motive.strip())
        _write(file, pdf)  # last: where it cannot be written, nothing is kept
    return until


def _write(file: Path, content: bytes) -> None:
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise InputError(
            "ce fichier existe déjà, ou ne peut pas être écrit.",
            where=str(file),
            remedy="Donnez le nom d’un fichier neuf, dans un dossier qui n’est qu’à vous.",
        ) from error
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(handle)


def _letter(to: Addressee, code: str, address: str, until: date, now: datetime) -> AccessLetters:
    academy, today = academie(to.academie), paris(now).date()
    return AccessLetters(
        sender=(f"Académie : {academy.nom}", *help_of(academy)),
        place_and_date=f"Le {date_text(today)}",
        subject="Un code pour votre seconde preuve",
        opening=(_WHY,),
        address=whole_address(address, "/connexion"),
        until=date_text(until),
        steps=(
            "Connectez-vous avec votre compte et votre mot de passe.",
            "À la page qui suit, tapez ce code : majuscules, tirets, espaces sont indifférents.",
            "La page qui s’ouvre remplace ce que vous avez perdu : faites-le aussitôt.",
        ),
        closing=(
            "Vous n’avez rien demandé ? Prévenez-nous : quelqu’un a parlé en votre nom.",
            f"Une question : {', '.join(help_of(academy))}.",
        ),
        notice=UNOFFICIAL,
        day=today,
        letters=[AccessLetter(recipient_of(to), to.compte, grouped(code))],
    )

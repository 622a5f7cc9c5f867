"""How a notice leaves: by SMTP, to the server that the installation names."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.errors import MessageError
from email.message import EmailMessage
from email.utils import formatdate
from urllib.parse import SplitResult, unquote, urlsplit

from iprof_kit.base.calendar import date_text
from iprof_kit.base.configuration.in_force import place_of_secret, secret_of
from iprof_kit.base.configuration.sub_path import whole_address
from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.base.words import hard_spaces
from iprof_kit.services.access.delivering import PAGE
from iprof_kit.services.access.mailed_codes import Told
from iprof_kit.services.configured import Courriels

_UNREADABLE = (ValueError, MessageError, AttributeError)
"""What the standard library raises of an address that is none; the last is its own fault."""
_UNFIT = "l’adresse de la personne n’en est pas une"
TIMEOUT_SECONDS = 20.0
_LOCAL = ("127.0.0.1", "localhost", "::1")
_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True)
class Letter:
    """One notice to send; `name` makes its Message-ID, the same at each try.

    `again`: it reminds of what was told already. `first_code`: it tells a first code, never kept.
    """

    number: int
    name: str
    address: str
    waiting: int
    again: bool = False
    first_code: Told | None = field(default=None, repr=False)


class NotTakenError(Exception):
    """The mail server did not take a notice; `final` where trying again is of no use."""

    def __init__(self, reply: str, *, final: bool) -> None:
        super().__init__(reply)
        self.reply, self.final = reply, final


class Connection:
    """An open connection to the mail server."""

    def __init__(self, server: smtplib.SMTP, how: Courriels) -> None:
        self._server = server
        self._how = how

    def send(self, letter: Letter) -> str:
        """Return what the mail server answered when it took a notice.

        Raises
        ------
        NotTakenError
            It did not take it, or the line was cut.
        """
        try:
            message = written(letter, self._how)
            self._server.send_message(message, to_addrs=[letter.address])
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise NotTakenError(_words(code, words), final=code >= 500) from error
        except (*_UNREADABLE, smtplib.SMTPNotSupportedError) as error:
            raise NotTakenError(_UNFIT, final=True) from error
        except smtplib.SMTPResponseException as error:
            reply = _words(error.smtp_code, error.smtp_error)
            raise NotTakenError(reply, final=500 <= error.smtp_code < 600) from error
        except (smtplib.SMTPException, OSError) as error:
            raise NotTakenError(
                f"connexion coupée ({type(error).__name__})", final=False
            ) from error
        return "250, remis au serveur de courriel"


@dataclass(frozen=True)
class Carrier:
    """Where notices go: the mail server's address, and who writes.

    Parameters
    ----------
    server : str
        « smtp://nom:motdepasse@hote:587 », « smtps://… ». Over `smtp` the line is encrypted by
        STARTTLS, unless the server is on this machine.
    how : Courriels
        The configuration.
    """

    server: str
    how: Courriels

    @contextmanager
    def open(self) -> Iterator[Connection]:
        """Open the line.

        Raises
        ------
        InputError
            The address of the server is not one. It is not repeated: it may hold a password.
        Unavailable
            The server does not answer, or refuses the account.
        """
        place = _place(self.server)
        try:
            server = _connected(place)
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable(
                f"le serveur de courriel ne répond pas ({type(error).__name__}).",
                where=place_of_secret("courriel.serveur"),
                remedy="Les avis restent en attente, et partiront quand il répondra.",
            ) from error
        try:
            yield Connection(server, self.how)
        finally:
            try:
                server.quit()
            except (smtplib.SMTPException, OSError):
                server.close()


def carrier(how: Courriels | None) -> Carrier | None:
    """Return how notices leave, None where this installation sends none."""
    server = secret_of("courriel.serveur") if how else ""
    return Carrier(server, how) if server and how else None


def written(letter: Letter, how: Courriels) -> EmailMessage:
    r"""Return the message: that something waits, where, and how to be told no more.

    Examples
    --------
    >>> how = Courriels(expediteur="kit@academie.example", adresse="https://kit.example")
    >>> str(written(Letter(1, "a1", "x@y.example", 1), how)["Subject"])
    'Kit libre, non officiel\xa0: un message vous attend'
    """
    subject, words, place = _notice(letter, how)
    if letter.first_code:
        subject, words = _first_access(letter.first_code, how)
    message = EmailMessage()
    message["Subject"] = hard_spaces(f"Kit libre, non officiel : {subject}")
    message["From"] = how.expediteur
    message["To"] = letter.address
    message["Date"] = formatdate(usegmt=True)
    message["Message-ID"] = f"<{letter.name}@{urlsplit(how.adresse).hostname}>"
    message["Auto-Submitted"] = "auto-generated"
    if not letter.first_code:
        message["List-Unsubscribe"] = f"<{place}>"
    message.set_content(hard_spaces(words))
    return message


def _notice(letter: Letter, how: Courriels) -> tuple[str, str, str]:
    """Return the subject, the words and the page of a notice."""
    one = letter.waiting == 1
    what = "un message vous attend" if one else f"{letter.waiting} messages vous attendent"
    what += " toujours" if letter.again else ""
    place = whole_address(how.adresse, "/courrier")
    words = (
        f"{what[0].upper()}{what[1:]} dans votre courrier :\n{place}\n\n"
        "Ce courriel n’en dit pas le contenu. Il vient d’un kit libre, qui n’est pas I-Prof :\n"
        "l’administration ne l’a pas envoyé. Pour choisir quand il en vient un, ou\n"
        "qu’il n’en vienne plus, ouvrez « Avis par courriel » au bas de cette page.\n"
    )
    return what, words, place


def _first_access(given: Told, how: Courriels) -> tuple[str, str]:
    """Return the subject and the words of the mail that tells a first code."""
    words = (
        "Un compte est prêt à votre nom dans l’assistant carrière, un kit libre, qui n’est pas\n"
        "I-Prof : il lit votre dossier, explique et simule ; l’administration décide.\n\n"
        f"1. Ouvrez cette adresse :\n{whole_address(how.adresse, PAGE)}\n\n"
        f"2. Tapez votre compte et votre code :\n   compte : {given.compte}\n"
        f"   code : {given.code}\n\n"
        "3. Choisissez votre mot de passe, puis connectez-vous.\n\n"
        f"Ce code sert une fois, jusqu’au {date_text(given.until)}. Ne le confiez à personne.\n"
        "Si un autre courriel ou une lettre vous en donne un, seul le dernier sert.\n"
        f"Une question : {', '.join(given.help)}.\n"
    )
    return "votre première connexion", words


def _place(server: str) -> SplitResult:
    try:
        place = urlsplit(server)
        good = place.scheme in _PORTS and place.hostname and place.port != 0
    except ValueError:
        good = False
    if not good:
        raise InputError(
            "l’adresse du serveur de courriel n’en est pas une.",
            where=place_of_secret("courriel.serveur"),
            remedy="Exemple : smtp://nom:motdepasse@smtp.academie.example:587.",
        )
    return place


def _connected(place: SplitResult) -> smtplib.SMTP:
    host, port = place.hostname or "", place.port or _PORTS[place.scheme]
    safely = ssl.create_default_context()
    server: smtplib.SMTP
    if place.scheme == "smtps":
        server = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT_SECONDS, context=safely)
    else:
        server = smtplib.SMTP(host, port, timeout=TIMEOUT_SECONDS)
        if host not in _LOCAL:
            server.starttls(context=safely)
    if place.username:
        server.login(unquote(place.username), unquote(place.password or ""))
    return server


def _words(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return f"{code} {' '.join(text.split())}"

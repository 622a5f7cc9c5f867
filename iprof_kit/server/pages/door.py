"""The pages before the portal: login, first password, forgotten password, leaving."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from tornado.ioloop import IOLoop
from tornado.web import HTTPError, RequestHandler

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import InputError, KitError, Unavailable
from iprof_kit.records.patience import patience
from iprof_kit.server.database_threads import database_of
from iprof_kit.server.limits.login_turns import SOON, Crowded, LoginTurns
from iprof_kit.server.pages.gate import nonce_of, set_common_headers
from iprof_kit.server.pages.probes import Readiness
from iprof_kit.server.pages.rendering import render
from iprof_kit.server.pages.shell import menu_paths, shell
from iprof_kit.server.settings import Settings
from iprof_kit.server.visitors import (
    SESSION,
    VISITOR,
    forget_cookie,
    known,
    owners_of,
    recognise,
    set_private_cookie,
    turn_of,
    visitor_of,
    who_is,
)
from iprof_kit.services.access import accounts
from iprof_kit.services.access.attempts import place_of
from iprof_kit.services.access.identity import Identity, Subject
from iprof_kit.services.access.passwords import SHORTEST
from iprof_kit.services.access.second_factor import steps
from iprof_kit.services.access.sessions import ASKED, Demand

if TYPE_CHECKING:  # imported where a provider is named only
    from iprof_kit.server.sign_on.provider import Provider

LOGIN = "/connexion"
FIRST = "/premiere-connexion"
LEAVE = "/quitter"
HOME = "/accueil"
PROOF, FIRST_PROOF = f"{LOGIN}/preuve", f"{LOGIN}/premiere-preuve"
FACTORS = f"{LOGIN}/preuves"
BEGUN = "iprof_preuve"
"""The cookie of a log-in that waits for its second factor: it opens nothing."""
_CHOSEN, _CHOSEN_SECONDS = "iprof_choisi", 60
"""The cookie of who has just chosen her password: the login page says so, once."""
SIGNED_ON, NO_TOKEN = "iprof_jeton", "-"
"""The token of who signed on elsewhere, kept by the browser alone until she leaves; in its place, a
word where it is too long for a cookie."""
NEW_WORD = "mot_de_passe.html.j2"
_LONGEST_QUERY = 5_000
"""Characters that an address keeps through the login: those of a séance of the atelier fit."""
_QUERY = re.compile(r"(?:[\w.~=&+-]|%[2-9A-F][0-9A-F])+", re.ASCII | re.IGNORECASE)
"""Arguments of an address: unreserved letters and escapes, none of a control character."""
_NO_MEANS = Unavailable(
    "le service est arrêté pour le moment.",
    remedy="Ce que vous aviez enregistré est gardé. Réessayez dans un instant ; si cela dure, "
    "prévenez l’assistance.",
)
_log = logging.getLogger(__name__)
_SLOW_WORK = ThreadPoolExecutor(max_workers=4, thread_name_prefix="connexion")
_OURS = ("Erreur", "une erreur est survenue de notre côté.", "Réessayez dans un instant.")
_FAULTS = {
    403: (
        "Accès refusé",
        "cette page n’est pas ouverte à ce compte, ou le formulaire est trop ancien.",
        "Rouvrez la page, puis recommencez.",
    ),
    404: (
        "Page introuvable",
        "cette adresse n’existe pas dans ce kit.",
        "L’accueil mène à tous les écrans.",
    ),
    405: ("Action impossible", "cette adresse ne s’utilise pas ainsi.", "Rouvrez la page."),
    410: ("Page fermée", "cette page n’est plus ouverte.", "Rouvrez-la depuis l’accueil."),
    503: ("Indisponible pour le moment", "le service ne répond pas.", "Réessayez dans un instant."),
}


class KitPage(RequestHandler):
    """A page of ours: common headers, never cached, errors in French."""

    shows_name = True
    needs_person = True
    """False: where the database does not answer, the page is shown as to a stranger."""

    async def prepare(self) -> None:
        """Find out who asks, before anything else."""
        await recognise(self)

    @property
    def kit(self) -> Settings:
        """The settings of this server."""
        settings: Settings = self.settings["kit"]
        return settings

    def set_default_headers(self) -> None:
        """Set the common headers; private pages stay in no cache."""
        set_common_headers(self)
        self.set_header("Cache-Control", "no-store")

    def show(self, template: str, **words: object) -> None:
        """Finish with a page in the shell of who is there."""
        self.finish(render(template, kit=self.kit_shell(), nonce=nonce_of(self), **words))

    def kit_shell(self) -> dict[str, Any]:
        """Return the shell of this page."""
        return shell(known(self).named, self.request.path, self.kit, self.xsrf_token.decode())

    def write_error(self, status_code: int, **words: Any) -> None:
        """Say in French what is wrong; no traceback leaves the server."""
        write_error(self, status_code, words.get("exc_info"))

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Log our own faults, not what is refused: who insists would fill the log."""
        if not isinstance(error, KitError):
            super().log_exception(kind, error, trace)

    def go_and_enter(self) -> None:
        """Lead who has just chosen a password to the login page, which says so to this browser."""
        set_private_cookie(self, _CHOSEN, "oui", path=LOGIN, max_age=_CHOSEN_SECONDS)
        self.redirect(LOGIN, status=303)

    async def end_session(self) -> None:
        """End the session of this browser, then its kernels; what is open without account stays.

        In this order: a page that hears that its kernel has ended asks who is there.
        """
        visitor = visitor_of(self)
        if visitor is not None and visitor.token:
            try:
                await self.from_database(accounts.close_session, visitor.token, utc_now())
            finally:
                await self.settings["kernel_manager"].end_all_of(visitor.key)

    async def in_thread(self, work: Any, *args: Any, **words: Any) -> Any:
        """Run what hashes a password; its own pool, so that no page holds up who wants to enter."""

        def patiently() -> Any:
            with patience(self.kit.database_seconds):
                return work(*args, **words)

        return await IOLoop.current().run_in_executor(_SLOW_WORK, patiently)

    async def from_database(self, work: Any, *args: Any, **words: Any) -> Any:
        """Run what asks the database."""
        return await database_of(self).ask(turn_of(self), work, *args, **words)


class SecretAddress(KitPage):
    """A page whose address is a secret: it is told to no other site and stays out of the log."""

    def set_default_headers(self) -> None:
        """Set the common headers, and no word of where one comes from."""
        super().set_default_headers()
        self.set_header("Referrer-Policy", "no-referrer")

    def log_exception(self, kind: Any, error: Any, trace: Any) -> None:
        """Log our own faults without the address."""
        if not isinstance(error, (HTTPError, KitError)):
            _log.error("%s a échoué", type(self).__name__, exc_info=(kind, error, trace))


def with_query(path: str, query: str) -> str:
    """Return an address with its arguments, as they are; without them where they are not plain.

    Examples
    --------
    >>> with_query("/guides/themes", "q=hors+classe")
    '/guides/themes?q=hors+classe'
    >>> with_query("/guides/themes", "q=//ailleurs.example")
    '/guides/themes'
    """
    plain = len(query) <= _LONGEST_QUERY and _QUERY.fullmatch(query)
    return f"{path}?{query}" if plain else path


_SOON = 60
"""Seconds after which to come back, when there was no place or a means did not answer."""


def write_error(handler: RequestHandler, status: int, exc_info: Any = None) -> None:
    """Finish a request with a French page for a status."""
    error = exc_info[1] if exc_info else None
    down = isinstance(error, Unavailable)
    if isinstance(error, KitError):
        handler.set_status(503 if down else 400)
        if isinstance(error, Unavailable):
            handler.set_header("Retry-After", str(error.seconds or _SOON))
        title = _FAULTS[503][0] if down else "Demande refusée"
        why, remedy = error.message, error.remedy
    else:
        title, why, remedy = _FAULTS.get(status, _OURS)
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    again = down and handler.request.method == "GET"  # a form that was sent is not sent again
    words = {"titre": title, "motif": why, "remede": remedy, "encore": again}
    handler.finish(render("erreur.html.j2", nonce=nonce_of(handler), **words))


class NotFound(KitPage):
    """Every address that is not listed: what it is not, and where one may go from there."""

    needs_person = False

    async def prepare(self) -> None:
        """Say that the page does not exist, whoever asks and however."""
        await super().prepare()
        title, why, _ = _FAULTS[404]
        self.set_status(404)
        self.show("introuvable.html.j2", titre=title, motif=why)

    def check_xsrf_cookie(self) -> None:
        """Refused in any case."""


class Root(KitPage):
    """The address without a path."""

    async def prepare(self) -> None:
        """Nobody is known here."""

    def get(self) -> None:
        """Go to the home screen, which asks for a login where needed."""
        self.redirect(HOME)


class Entrance(KitPage):
    """A page with the form of the login: what it shows, how a password is looked at."""

    needs_person = False

    @property
    def provider(self) -> Provider | None:
        """Who signs people on elsewhere, where there is one."""
        provider: Provider | None = self.settings["sign_on"]
        return provider

    async def outcome(self, compte: str, password: str) -> accounts.LoginResult:
        """Count, pause where many accounts failed, hash in one's turn; no thread waits."""

        async def look(attempt: accounts.Attempt, place: str) -> accounts.LoginResult:
            turns = cast(LoginTurns, self.settings["login_turns"])
            right = await turns.take(place, partial(accounts.verify_login, attempt, password))
            rules = self.kit.second_factor
            result: accounts.LoginResult = await self.in_thread(
                accounts.end_login, attempt, right, rules
            )
            return result

        return await self.counted(compte, look)

    async def counted(
        self,
        compte: str,
        look: Callable[[accounts.Attempt, str], Awaitable[accounts.LoginResult]],
    ) -> accounts.LoginResult:
        """Count an attempt, whatever opens the account; `look` is not asked where it must wait."""
        address = self.request.remote_ip or ""
        place, turns = place_of(address), cast(LoginTurns, self.settings["login_turns"])
        with turns.room(place):
            attempt: accounts.Attempt = await self.in_thread(
                accounts.begin_login, compte, address, utc_now(), demo_allowed=self.kit.loopback
            )
            if attempt.refused is not None:
                await self.settings["refusals"].wait(place)
                return attempt.refused
            await asyncio.sleep(attempt.pause)
            return await look(attempt, place)

    async def ask_proof(
        self, proof: Demand, compte: str, way: str, who: Subject | None = None
    ) -> None:
        """Keep a log-in that more is asked of, for this browser alone, and ask."""
        token = await self.from_database(steps.begin_login, compte, way, utc_now(), who)
        seconds = int(steps.LIFE.total_seconds())
        set_private_cookie(self, BEGUN, token, path=LOGIN, max_age=seconds)
        self.redirect(PROOF if proof == "preuve" else FIRST_PROOF, status=303)

    def typed(self) -> tuple[str, str]:
        """Return the account and the password of a form."""
        compte = self.get_body_argument("compte", "")[:100]
        return compte, self.get_body_argument("mdp", "", strip=False)[:1000]

    def show_refusal(self, compte: str, result: accounts.LoginResult) -> None:
        """Show the form again after a failure: what was typed is kept, but the password."""
        self.set_status(429 if result.wait_seconds else 401)
        if result.wait_seconds:
            self.set_header("Retry-After", str(result.wait_seconds))
        self.show_form(compte, result.message, result.remedy)

    def show_unavailable(self, error: Unavailable, compte: str = "") -> None:
        """Show the form with what does not answer."""
        self.set_status(503)
        self.set_header("Retry-After", str(SOON if isinstance(error, Crowded) else _SOON))
        self.show_form(compte, stopped=error.message, remedy=error.remedy)

    def show_form(
        self, compte: str = "", message: str = "", remedy: str = "", stopped: str = ""
    ) -> None:
        """Show the form, and the way to the provider where there is one."""
        words = {"compte": compte, "message": message, "remede": remedy, "arret": stopped}
        ways: dict[str, object] = {"fournisseur": None, "silencieux": False, "reserve": False}
        if self.provider is not None:
            given = self.provider.given
            ways |= {"fournisseur": given.name, "silencieux": self.provider.silent}
            ways["reserve"] = given.passwords == "administrateurs"
        ways["choisi"] = bool(self.get_cookie(_CHOSEN))
        if ways["choisi"]:
            forget_cookie(self, _CHOSEN, path=LOGIN)
        self.show("connexion.html.j2", suite=self.next_page(), **words, **ways)

    def next_page(self) -> str:
        """Return where one goes once inside: a page of ours that was asked for, or home."""
        return page_of_ours(self.get_argument("suite", HOME))


def page_of_ours(address: str) -> str:
    """Return an address with its arguments where it is one of the menu, else that of the home."""
    path, _, query = address.partition("?")
    return with_query(path, query) if path in menu_paths() | {FACTORS} else HOME


class Login(Entrance):
    """« Connexion »: account and password."""

    async def get(self) -> None:
        """Show the form; where it leads nowhere for now, say so before anybody fills it in."""
        readiness: Readiness = self.settings["readiness"]
        if (await readiness.means()).whole:
            self.show_form()
            return
        self.show_unavailable(_NO_MEANS)

    async def post(self) -> None:
        """Check the account; a failure keeps what was typed, but the password."""
        compte, password = self.typed()
        try:
            result = await self.outcome(compte, password)
            if result.identity is None:
                self.show_refusal(compte, result)
                return
            if not self._by_password(result.identity):
                return
            if self.provider is not None:  # who signed on elsewhere before is not who leaves next
                forget_cookie(self, SIGNED_ON, path=LEAVE)
            if result.proof in ASKED:
                await self.ask_proof(result.proof, result.identity.compte, self.next_page())
                return
            await self.end_session()
            token = await self.in_thread(accounts.open_session, result.identity.compte, utc_now())
        except Unavailable as error:
            self.show_unavailable(error, compte)
            return
        set_private_cookie(self, SESSION, token)
        way = FACTORS if result.proof == "avis" else self.next_page()
        self.redirect(FIRST if result.must_change else way, status=303)

    def _by_password(self, identity: Identity) -> bool:
        """Return whether somebody enters by a password; otherwise she is told by which way."""
        given = self.kit.sign_on
        if given is None or given.passwords == "tous" or "administrateur" in identity.roles:
            return True
        self.set_status(403)
        remedy = f"Choisissez plus haut « Se connecter avec {given.name} »."
        self.show_form(identity.compte, "Ce compte n’entre pas par un mot de passe.", remedy)
        return False


class FirstLogin(KitPage):
    """« Première connexion »: the NUMEN is replaced before anything else."""

    def get(self) -> None:
        """Show the form to somebody whose password is still the NUMEN."""
        if self._person() is not None:
            self._form()

    async def post(self) -> None:
        """Replace the password."""
        if (person := self._person()) is None:
            return
        token, identity = person
        new, again = (self.get_body_argument(n, "", strip=False)[:1000] for n in ("mdp", "mdp2"))
        if new != again:
            self._form("les deux saisies diffèrent.", "Saisissez deux fois le même mot de passe.")
            return
        try:
            await self.in_thread(accounts.change_password, identity, new, utc_now(), token=token)
        except InputError as error:
            self._form(error.message, error.remedy)
            return
        self.redirect(HOME, status=303)

    def _person(self) -> tuple[str, Identity] | None:
        """Return who has to change a password; anybody else is sent where she belongs."""
        sender = known(self)
        if sender.visitor is None or sender.visitor.token is None or sender.identity is None:
            self.redirect(LOGIN, status=303)
            return None
        if not sender.first_password:
            self.redirect(HOME, status=303)
            return None
        return sender.visitor.token, sender.identity

    def _form(self, message: str = "", remedy: str = "") -> None:
        if message:
            self.set_status(400)
        words = {"message": message, "remede": remedy, "moins": SHORTEST}
        self.show(NEW_WORD, premiere=True, par_code=False, **words)


class Forgotten(KitPage):
    """« Compte ou mot de passe oublié »: whom to ask."""

    needs_person = False

    def get(self) -> None:
        """Say whom to contact."""
        academie = who_is(None, self.kit).academie  # a stranger's: the same for everybody
        self.show("oublie.html.j2", academie=academie)


class Leave(KitPage):
    """« Quitter »: ends the session, then every kernel, then what the provider keeps open."""

    async def post(self) -> None:
        """Leave nothing behind in this browser."""
        try:
            await self.end_session()
        finally:
            for owner in owners_of(self):
                await self.settings["kernel_manager"].end_all_of(owner)
        given, elsewhere = self.kit.sign_on, await self._elsewhere()
        for cookie in (SESSION, VISITOR, "_xsrf"):
            forget_cookie(self, cookie)
        forget_cookie(self, SIGNED_ON, path=LEAVE)
        forget_cookie(self, BEGUN, path=LOGIN)
        if given is None or elsewhere is None:
            self.redirect(LOGIN, status=303)
            return
        # A form leads nowhere but here, by the pages' own policy: this page goes on by itself.
        self.set_header("Refresh", f"0;url={elsewhere}")
        words = {"adresse": elsewhere, "fournisseur": given.name}
        self.finish(render("au_revoir.html.j2", nonce=nonce_of(self), **words))

    async def _elsewhere(self) -> str | None:
        """Return where who signed on elsewhere signs off; None for anybody else."""
        provider: Provider | None = self.settings["sign_on"]
        token = self.get_cookie(SIGNED_ON)
        if provider is None or not token:
            return None
        return await provider.leaving(None if token == NO_TOKEN else token)

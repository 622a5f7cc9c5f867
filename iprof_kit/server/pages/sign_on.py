"""The pages of signing on elsewhere: leaving for the provider, coming back, linking, signing off.

They exist where the settings name a provider. Coming back asks for what the same browser was given
when it left, once; nobody is anybody before the provider's token has been checked.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from tornado.web import HTTPError

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import KitError, Refused, Unavailable
from iprof_kit.server.limits.login_turns import LoginTurns
from iprof_kit.server.pages.door import (
    FACTORS,
    LEAVE,
    LOGIN,
    NO_TOKEN,
    SIGNED_ON,
    Entrance,
    KitPage,
    SecretAddress,
    page_of_ours,
)
from iprof_kit.server.sign_on.trips import (
    LIFE,
    Pending,
    Trip,
    pending_of,
    signed_pending,
    signed_trip,
    trip_of,
)
from iprof_kit.server.sign_on_settings import SignOn
from iprof_kit.server.visitors import (
    SESSION,
    Visitor,
    forget_cookie,
    known,
    set_private_cookie,
)
from iprof_kit.services.access import links
from iprof_kit.services.access.attempts import place_of
from iprof_kit.services.access.identity import Subject
from iprof_kit.services.access.second_factor import factors
from iprof_kit.services.access.sessions import ASKED

if TYPE_CHECKING:  # imported where a provider is named only
    from iprof_kit.server.sign_on.provider import Person, Provider

OUTWARD, BACK, LINKING = f"{LOGIN}/fournisseur", f"{LOGIN}/retour", f"{LOGIN}/relier"
SIGNED_OFF = f"{LOGIN}/fin"
_TRIP, _PENDING = "iprof_aller", "iprof_a_relier"
_LONGEST_COOKIE = 3_800
_LONGEST_TOKEN = 20_000


@dataclass(frozen=True)
class _Met:
    """What the settings take from somebody's claims."""

    who: Subject
    guaranteed: links.Guaranteed | None
    roles: links.Attested | None


class ProviderPage(Entrance):
    """A page that exists where a provider is named."""

    @property
    def given(self) -> SignOn:
        """What the settings say of the provider."""
        return cast(SignOn, self.kit.sign_on)

    @property
    def there(self) -> Provider:
        """The provider."""
        return cast("Provider", self.provider)

    async def prepare(self) -> None:
        """Find out who asks, where there is a provider."""
        if self.kit.sign_on is None:
            raise HTTPError(404)
        await super().prepare()

    def keep(self, name: str, value: str) -> None:
        """Have the browser keep something for the pages of this module, a few minutes."""
        set_private_cookie(self, name, value, path=LOGIN, max_age=int(LIFE.total_seconds()))

    def refuse(self, error: KitError) -> None:
        """Show the form with why one does not enter."""
        if isinstance(error, Unavailable):
            self.show_unavailable(error)
            return
        self.set_status(403)
        self.show_form(stopped=error.message, remedy=error.remedy)

    async def let_in(
        self, compte: str, who: Subject, roles: links.Attested | None, way: str
    ) -> None:
        """Open a session, unless more is asked for first, and go to the page that was asked for."""
        address, rules = self.request.remote_ip or "", self.kit.second_factor
        proof = await self.from_database(links.welcome, compte, utc_now(), roles, rules)
        forget_cookie(self, _PENDING, path=LOGIN)
        if proof in ASKED:
            await self.ask_proof(proof, compte, way, who)
            return
        token = await self.from_database(links.enter, compte, who, address, utc_now())
        await self.end_session()
        set_private_cookie(self, SESSION, token)
        self.redirect(FACTORS if proof == "avis" else page_of_ours(way), status=303)


class Outward(ProviderPage):
    """« Se connecter avec… »: leave for the provider."""

    async def get(self) -> None:
        """Send the browser there, with what it will need to come back."""
        trip = Trip.new(self.next_page())
        try:
            address = await self.there.address(trip)
            self.keep(_TRIP, await self.from_database(signed_trip, trip, utc_now()))
        except KitError as error:
            self.refuse(error)
            return
        self.redirect(address, status=303)


class Back(SecretAddress, ProviderPage):
    """The way back from the provider."""

    async def get(self) -> None:
        """Open a session for who comes back, or have her say which account is hers."""
        turns = cast(LoginTurns, self.settings["login_turns"])
        try:
            trip = await self._trip()
            code = self.get_argument("code", "")
            if not code or len(code) > _LONGEST_COOKIE:
                raise _given_up()
            with turns.room(place_of(self.request.remote_ip or "")):
                issuer = self.get_argument("iss", None)
                person = await self.there.person(code, trip, issuer)
            await self._welcome(person, trip.way)
        except KitError as error:
            self.refuse(error)

    async def _trip(self) -> Trip:
        """Return the trip that this browser comes back from, once.

        Raises
        ------
        Refused
            It is not one of this browser's, is too old, or has come back already.
        """
        cookie, now = self.get_cookie(_TRIP), utc_now()
        forget_cookie(self, _TRIP, path=LOGIN)
        trip = await self.from_database(trip_of, cookie, now) if cookie else None
        if trip is None or not trip.is_of(self.get_argument("state", "")):
            raise _old()
        if not await self.from_database(links.serves_once, "aller", trip.secret, now + LIFE, now):
            raise _old()
        return cast(Trip, trip)

    async def _welcome(self, person: Person, way: str) -> None:
        met, now = _met(person, self.given), utc_now()
        compte = await self.from_database(
            links.account_of, met.who, now, met.guaranteed, demo_allowed=self.kit.loopback
        )
        token = person.token if len(person.token) <= _LONGEST_COOKIE else NO_TOKEN
        if compte is not None:
            set_private_cookie(self, SIGNED_ON, token, path=LEAVE)
            await self.let_in(compte, met.who, met.roles, way)
            return
        if not self.given.typed_once:
            raise _nobody()
        pending = Pending(person.issuer, person.subject, person.sid, way)
        self.keep(_PENDING, await self.from_database(signed_pending, pending, now))
        set_private_cookie(self, SIGNED_ON, token, path=LEAVE)
        self.redirect(LINKING, status=303)


class Linking(ProviderPage):
    """« Relier votre compte »: account and password, once."""

    async def get(self) -> None:
        """Show the form to who has just come back."""
        if await self._pending() is not None:
            self.show_form()

    async def post(self) -> None:
        """Link the account whose password was typed to who has come back."""
        if (pending := await self._pending()) is None:
            return
        compte, password = self.typed()
        who = Subject(pending.issuer, pending.subject, pending.sid)
        try:
            result = await self.outcome(compte, password)
            if result.identity is None:
                self.show_refusal(compte, result)
                return
            if result.must_change:
                raise _still_numen()
            name = result.identity.compte
            if result.proof == "preuve" and not await self._proved(name):
                raise _unproved()
            await self.from_database(links.link, name, who, name, utc_now())
            await self.let_in(name, who, None, pending.way)
        except KitError as error:
            self.refuse(error)

    async def _proved(self, compte: str) -> bool:
        """Return whether who is in this browser has just given the second factor of an account."""
        sender = known(self)
        if sender.identity is None or sender.visitor is None or sender.identity.compte != compte:
            return False
        has = await self.from_database(
            factors.of_person, sender.identity, sender.visitor.token, utc_now()
        )
        return cast(bool, has.fresh)

    async def _pending(self) -> Pending | None:
        """Return who is to be linked; anybody else is sent to the login."""
        cookie = self.get_cookie(_PENDING)
        pending = await self.from_database(pending_of, cookie, utc_now()) if cookie else None
        if pending is None or pending.issuer != self.given.issuer:
            self.redirect(LOGIN, status=303)
            return None
        return cast(Pending, pending)

    def show_form(
        self, compte: str = "", message: str = "", remedy: str = "", stopped: str = ""
    ) -> None:
        """Show the form, with who is to be linked."""
        words = {"compte": compte, "message": message, "remede": remedy, "arret": stopped}
        self.show("relier.html.j2", fournisseur=self.given.name, **words)


class SignedOff(KitPage):
    """Where the provider itself says that somebody has signed off: no browser comes here."""

    async def prepare(self) -> None:
        """Ask nobody: what is believed is the provider's signature."""
        if self.kit.sign_on is None:
            raise HTTPError(404)

    def check_xsrf_cookie(self) -> None:
        """No browser, no cookie: nothing here rests on who asks."""

    async def post(self) -> None:
        """End the sessions that a token names, here and, at their next request, elsewhere."""
        turns = cast(LoginTurns, self.settings["login_turns"])
        token = self.get_body_argument("logout_token", "")[:_LONGEST_TOKEN]
        try:
            with turns.room(place_of(self.request.remote_ip or "")):
                claims = await cast("Provider", self.settings["sign_on"]).signed_off(token)
            await self._end(claims)
        except Unavailable:
            self.set_status(503)
            self._answer({"error": "temporarily_unavailable"})
        except Refused:
            self.set_status(400)
            self._answer({"error": "invalid_request"})
        else:
            self._answer({})

    async def _end(self, claims: Any) -> None:
        now = utc_now()
        once = ("fin", claims["jti"], now + 2 * LIFE, now)
        if not await self.from_database(links.serves_once, *once):
            raise _old()
        who = Subject(claims["iss"], claims.get("sub", ""), claims.get("sid"))
        for digest in await self.from_database(links.end_sessions, who, now):
            await self.settings["kernel_manager"].end_all_of(Visitor.SESSION + digest)

    def _answer(self, words: dict[str, str]) -> None:
        self.set_header("Content-Type", "application/json")
        self.finish(words)


def _old() -> Refused:
    return Refused(
        "cette connexion n’a pas été demandée d’ici, ou l’a été il y a trop longtemps.",
        remedy="Recommencez depuis cette page.",
    )


def _given_up() -> Refused:
    return Refused(
        "la connexion n’a pas abouti chez le fournisseur.",
        remedy="Recommencez ; si cela dure, prévenez l’assistance.",
    )


def _nobody() -> Refused:
    return Refused(
        "aucun compte n’est relié à cette identité.",
        remedy="Demandez à l’assistance de la relier à votre compte.",
    )


def _still_numen() -> Refused:
    return Refused(
        "le mot de passe de ce compte est encore le NUMEN, qui ne suffit pas à le relier.",
        remedy="Entrez d’abord avec lui par la page de connexion, remplacez-le, puis recommencez.",
    )


def _unproved() -> Refused:
    return Refused(
        "ce compte a une seconde preuve : un mot de passe ne suffit pas à le relier.",
        remedy="Entrez d’abord avec les deux par la page de connexion, puis recommencez.",
    )


def _met(person: Person, given: SignOn) -> _Met:
    """Return what the settings take from somebody's claims."""
    from iprof_kit.server.sign_on.tokens import value_at  # heavy: only where it is of use

    who = Subject(person.issuer, person.subject, person.sid)
    guaranteed = roles = None
    if given.link_claim:
        value = value_at(person.claims, given.link_claim)
        if isinstance(value, str) and value:
            guaranteed = links.Guaranteed(given.link_to, value)
    if given.roles_claim:
        names = value_at(person.claims, given.roles_claim)
        names = [names] if isinstance(names, str) else names if isinstance(names, list) else []
        has = {given.roles[one] for one in names if isinstance(one, str) and one in given.roles}
        roles = links.Attested(has, tuple(dict.fromkeys(given.roles.values())))
    return _Met(who, guaranteed, roles)


SIGN_ON_ROUTES = [
    (OUTWARD, Outward),
    (BACK, Back),
    (LINKING, Linking),
    (SIGNED_OFF, SignedOff),
]

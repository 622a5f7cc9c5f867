"""The pages of the second factor: proving it, adding the first one, changing those that one has.

A log-in that waits here is known by a cookie of its own, which no other page looks at: nobody has a
session before the proof. What is changed from inside asks for a log-in of a few minutes ago.
"""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Sequence
from functools import partial
from importlib import import_module
from typing import cast

from iprof_kit.base.characters import tidy, unfit
from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import InputError, KitError, Refused, Unavailable
from iprof_kit.server.limits.login_turns import LoginTurns
from iprof_kit.server.pages.assets import look_url
from iprof_kit.server.pages.door import (
    BEGUN,
    FACTORS,
    FIRST,
    FIRST_PROOF,
    HOME,
    LOGIN,
    PROOF,
    KitPage,
    page_of_ours,
)
from iprof_kit.server.visitors import (
    SESSION,
    forget_cookie,
    known,
    recognise_anew,
    set_private_cookie,
)
from iprof_kit.services.access.attempts import place_of
from iprof_kit.services.access.identity import Identity
from iprof_kit.services.access.second_factor import (
    entering,
    factors,
    passkeys,
    proving,
    steps,
    totp,
)
from iprof_kit.services.access.second_factor.passkeys import Site
from iprof_kit.services.access.second_factor.steps import Step

_LONGEST_CODE = 100
_READ = "lu"
"""Of who has read that her factors were taken away."""


_LIBRARIES = (
    "cryptography.hazmat.primitives.ciphers.aead",
    "pyotp",
    "segno",
    "webauthn",
)


class ProofPage(KitPage):
    """A page for who has begun something about a second factor."""

    async def prepare(self) -> None:
        """Find out who asks; read what these pages need, which takes longer than the database."""
        await super().prepare()
        await self.in_thread(_read_libraries)

    @property
    def address(self) -> str:
        """Where the request comes from."""
        return self.request.remote_ip or ""

    @property
    def site(self) -> Site | None:
        """For whom a passkey is made here; None at a number, for which no browser makes any."""
        secure = self.kit.https or self.request.protocol == "https"
        name = self.request.host_name
        try:
            ipaddress.ip_address(name.strip("[]"))
        except ValueError:
            return Site(name, f"{'https' if secure else 'http'}://{self.request.host}")
        return None

    def given(self, name: str, longest: int = _LONGEST_CODE) -> str:
        """Return a field of the form."""
        return self.get_body_argument(name, "")[:longest]

    async def begun(self) -> Step | None:
        """Return the log-in that waits in this browser; anybody else is sent to the form."""
        token = self.get_cookie(BEGUN)
        step = await self.from_database(steps.find, "connexion", token, utc_now())
        if step is None:
            forget_cookie(self, BEGUN, path=LOGIN)
            self.redirect(LOGIN, status=303)
        return cast("Step | None", step)

    async def let_in(self, step: Step) -> str:
        """Open the session of a log-in that has proved everything, and return where it leads."""
        token = await self.from_database(entering.enter, step, self.address, utc_now())
        await self.end_session()
        forget_cookie(self, BEGUN, path=LOGIN)
        set_private_cookie(self, SESSION, token)
        inside = await recognise_anew(self, token)
        return FIRST if inside.first_password else page_of_ours(step.way)

    def show_codes(self, codes: Sequence[str], way: str) -> None:
        """Show recovery codes, once, with the way on."""
        self.show("codes_de_secours.html.j2", codes=codes, suite=way)


class Proof(ProofPage):
    """« Seconde preuve »: a code, a passkey or a recovery code, after the password."""

    async def get(self) -> None:
        """Show the form to who has just given her password."""
        if (step := await self.begun()) is not None:
            await self._form(step)

    async def post(self) -> None:
        """Look at what was given; who has proved it enters."""
        if (step := await self.begun()) is None:
            return
        turns = cast(LoginTurns, self.settings["login_turns"])
        try:
            with turns.room(place_of(self.address)):
                outcome = await self._outcome(step)
        except KitError as error:
            self.set_status(503 if isinstance(error, Unavailable) else 400)
            await self._form(step, error.message, error.remedy)
            return
        if outcome.means is None:
            self.set_status(429 if outcome.wait_seconds else 401)
            if outcome.wait_seconds:
                self.set_header("Retry-After", str(outcome.wait_seconds))
            await self._form(step, outcome.message, outcome.remedy)
            return
        way = await self.let_in(step)
        lost = outcome.means == "code de secours" and way != FIRST
        self.redirect(FACTORS if lost else way, status=303)

    async def _outcome(self, step: Step) -> proving.Outcome:
        signed = self.given("cle", passkeys.LONGEST_ANSWER + 1)
        code = "" if signed else proving.read(self.given("code"))
        tried: proving.Tried = await self.from_database(
            proving.begin, step, self.address, utc_now()
        )
        if tried.refused:
            await self.settings["refusals"].wait(place_of(self.address))
        else:
            await asyncio.sleep(tried.pause)
        work = (
            (proving.end_signed, tried, signed, self.site) if signed else (proving.end, tried, code)
        )
        return cast(proving.Outcome, await self.from_database(*work, utc_now()))

    async def _form(self, step: Step, message: str = "", remedy: str = "") -> None:
        options = None
        if self.site is not None:
            options = await self.from_database(passkeys.to_prove, step, self.site)
        words = {"message": message, "remede": remedy}
        script = look_url("cle.js")
        self.show("preuve.html.j2", compte=step.compte, options=options, script=script, **words)


class FirstProof(ProofPage):
    """« Ajoutez une seconde preuve »: before anything else, where the role demands one."""

    async def get(self) -> None:
        """Show how to add one."""
        if (step := await self._adding()) is not None:
            await self._form(step)

    async def post(self) -> None:
        """Add what was given, open the session, show the codes to keep."""
        if (step := await self._adding()) is None:
            return
        try:
            typed = typed_on(self)
            codes = await self.from_database(
                factors.add_first, step, typed, utc_now(), self.address
            )
        except KitError as error:
            self.set_status(503 if isinstance(error, Unavailable) else 400)
            await self._form(step, error.message, error.remedy)
            return
        self.show_codes(codes, await self.let_in(step))

    async def _adding(self) -> Step | None:
        step = await self.begun()
        if step is not None and await self.from_database(factors.has_any, step.account_id):
            self.redirect(PROOF, status=303)
            return None
        return step

    async def _form(self, step: Step, message: str = "", remedy: str = "") -> None:
        words = await adding_words(self, step)
        removed = step.removed_at
        self.show(
            "premiere_preuve.html.j2", retire=removed, message=message, remede=remedy, **words
        )


class Factors(ProofPage):
    """« Vos secondes preuves »: what one has, and what one adds or removes."""

    async def get(self) -> None:
        """Show them to who is inside."""
        if (person := self._person()) is not None:
            await self._form(*person)

    async def post(self) -> None:
        """Add, remove, or make the recovery codes anew, shortly after a log-in."""
        if (person := self._person()) is None:
            return
        try:
            codes = await self._done(*person)
        except KitError as error:
            self.set_status(503 if isinstance(error, Unavailable) else 400)
            await self._form(*person, error.message, error.remedy)
            return
        if codes:
            self.show_codes(codes, FACTORS)
        else:
            self.redirect(HOME if self.given("acte") == _READ else FACTORS, status=303)

    async def _done(self, identity: Identity, token: str) -> list[str]:
        now, act = utc_now(), self.given("acte")
        if act == _READ:
            await self.from_database(factors.note_read, identity)
            return []
        has = await self.from_database(factors.of_person, identity, token, now)
        if not has.fresh:
            raise Refused(
                "votre connexion est trop ancienne pour changer vos preuves.",
                remedy="Connectez-vous de nouveau, puis recommencez.",
            )
        codes: list[str] = []
        if act == "retirer":
            number = self.given("numero")
            chosen = int(number) if number.isascii() and number.isdecimal() else None
            demanding = self.kit.second_factor.roles
            work = partial(factors.remove, identity, chosen, demanding, now, self.address, token)
            await self.from_database(work)
        elif act == "codes":
            codes = await self.from_database(factors.make_codes, identity, now, self.address)
        else:
            step = await self.from_database(steps.find, "session", token, now)
            typed = typed_on(self)
            codes = await self.from_database(factors.add, step, typed, now, self.address, token)
        return codes

    async def _form(
        self, identity: Identity, token: str, message: str = "", remedy: str = ""
    ) -> None:
        now = utc_now()
        has: factors.Factors = await self.from_database(factors.of_person, identity, token, now)
        words: dict[str, object] = {}
        if has.fresh:
            step = await self.from_database(steps.begin_change, token, identity.compte, now)
            words = await adding_words(self, step)
        self.show("preuves.html.j2", a=has, message=message, remede=remedy, page=FACTORS, **words)

    def _person(self) -> tuple[Identity, str] | None:
        sender = known(self)
        if sender.visitor is None or sender.visitor.token is None or sender.identity is None:
            self.redirect(f"{LOGIN}?suite={FACTORS}", status=303)
            return None
        if sender.first_password:
            self.redirect(FIRST, status=303)
            return None
        return sender.identity, sender.visitor.token


def typed_on(page: ProofPage) -> factors.Typed:
    """Return what a form adds: the first code of an application, or a passkey and its name.

    Raises
    ------
    InputError
        The name of the passkey holds a character that nobody sees.
    """
    name = tidy(page.given("nom", passkeys.LONGEST_NAME)).strip()
    if unfit(name):
        raise InputError(
            "ce nom contient un caractère qui ne se voit pas.",
            where="Nom de la clé",
            remedy="Tapez-le de nouveau.",
        )
    signed = page.given("cle", passkeys.LONGEST_ANSWER + 1)
    return factors.Typed(page.given("code"), signed, name or "Clé d’accès", page.site)


async def adding_words(page: ProofPage, step: Step) -> dict[str, object]:
    """Return what a page needs to add an application or a passkey."""
    key = await page.from_database(totp.key_to_add, step)
    options = None
    if page.site is not None:
        options = await page.from_database(passkeys.to_add, step, page.site)
    drawn = await page.in_thread(_qr_code, totp.address_of(key, step.compte)) if key else ""
    words = {"compte": step.compte, "cle": key or "", "dessin": drawn, "options": options}
    return words | {"script": look_url("cle.js")}


def _read_libraries() -> None:
    """Import what is of use here alone, once: no server starts later for it."""
    for name in _LIBRARIES:
        import_module(name)


def _qr_code(address: str) -> str:
    """Return the drawing of an address, in SVG, as a picture that the page holds."""
    import segno

    drawn: str = segno.make(address, error="m").svg_data_uri(border=4, light="#fff")
    return drawn


PROOF_ROUTES = [
    (PROOF, Proof),
    (FIRST_PROOF, FirstProof),
    (FACTORS, Factors),
]

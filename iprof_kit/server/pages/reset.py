"""« Choisir un mot de passe » by the link that an administrator gave."""

from __future__ import annotations

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import InputError
from iprof_kit.server.pages.door import NEW_WORD, SecretAddress
from iprof_kit.server.pages.secret_links import IN_A_PATH, Landing, kept_secret
from iprof_kit.server.visitors import forget_cookie
from iprof_kit.services.access import accounts
from iprof_kit.services.access.own_password import RESET
from iprof_kit.services.access.passwords import SHORTEST

CHOOSING = f"{RESET}/choisir"
_COOKIE = "iprof_lien_mot_de_passe"


class ResetLanding(Landing):
    """Where a link to choose a password leads."""

    title, cookie = "Choisir un mot de passe", _COOKIE

    def place(self, secret: str) -> str:
        """Return the page of the password, whichever the link: a browser has one at a time."""
        del secret
        return CHOOSING


class FormerReset(ResetLanding):
    """A link given before, whose path holds the secret; or the form of its page, still open."""

    def get(self, secret: str) -> None:  # type: ignore[override]  # it is in the address
        """Go where the secret serves."""
        self.exchanged(secret)

    post = get  # type: ignore[assignment]  # the same


class Reset(SecretAddress):
    """A single-use, dated link issued by an administrator."""

    needs_person = False

    async def get(self) -> None:
        """Show the form while the link works."""
        secret = kept_secret(self, _COOKIE)
        if await self.from_database(accounts.reset_link_account, secret, utc_now()) is None:
            self.set_status(404)
            self.show(
                "erreur.html.j2",
                titre="Lien sans effet",
                motif="ce lien a déjà servi, a été remplacé ou a expiré.",
                remede="Demandez-en un autre à votre assistance.",
            )
            return
        self._form()

    async def post(self) -> None:
        """Set the new password and go to the login page."""
        new, again = (self.get_body_argument(n, "", strip=False)[:1000] for n in ("mdp", "mdp2"))
        error = None
        if new != again:
            error = InputError("les deux saisies diffèrent.", remedy="Saisissez-les de nouveau.")
        else:
            try:
                secret = kept_secret(self, _COOKIE)
                await self.in_thread(accounts.use_reset_link, secret, new, utc_now())
            except InputError as refusal:
                error = refusal
        if error is not None:
            self.set_status(400)
            self._form(error.message, error.remedy)
            return
        forget_cookie(self, _COOKIE, path=CHOOSING)
        self.go_and_enter()

    def _form(self, message: str = "", remedy: str = "") -> None:
        words = {"message": message, "remede": remedy, "moins": SHORTEST}
        self.show(NEW_WORD, premiere=False, par_code=False, **words)


RESET_ROUTES = [(RESET, ResetLanding), (CHOOSING, Reset), (f"{RESET}/{IN_A_PATH}", FormerReset)]

"""« Première connexion » with the code of a letter: no session is open, and none is opened here."""

from __future__ import annotations

from functools import partial

from iprof_kit.base.errors import InputError, Unavailable
from iprof_kit.server.pages.door import NEW_WORD, Entrance
from iprof_kit.services.access import accounts
from iprof_kit.services.access.first_access import read_code
from iprof_kit.services.access.passwords import SHORTEST

ADDRESS = "/premier-acces"
_CODE, _WORD = "code", "mdp"
"""The fields beside which something is said."""


class FirstAccess(Entrance):
    """An account, its code and a chosen password in one form; then one logs in."""

    def get(self) -> None:
        """Show the form, whoever is there."""
        self._form()

    async def post(self) -> None:
        """Choose the password; what was typed is kept after a failure, but the passwords."""
        compte, new = self.typed()
        typed = self.get_body_argument(_CODE, "")[:200]
        field = _CODE
        try:
            code = read_code(typed)  # a typing mistake is seen before anything is asked or counted
            field = _WORD
            if new != self.get_body_argument("mdp2", "", strip=False)[:1000]:
                raise InputError(
                    "les deux saisies diffèrent.",
                    remedy="Saisissez deux fois le même mot de passe.",
                )
            result = await self._outcome(compte, code, new)
        except InputError as error:
            self.set_status(400)
            self._form(compte, typed, field, error.message, error.remedy)
        except Unavailable as error:
            self.set_status(503)
            self._form(compte, typed, _CODE, error.message, error.remedy)
        else:
            if result.identity is None:
                self.set_status(429 if result.wait_seconds else 401)
                self._form(compte, typed, _CODE, result.message, result.remedy)
                return
            self.go_and_enter()

    async def _outcome(self, compte: str, code: str, new: str) -> accounts.LoginResult:
        async def look(attempt: accounts.Attempt, _place: str) -> accounts.LoginResult:
            work = partial(accounts.choose_by_code, attempt, code, new)
            result: accounts.LoginResult = await self.in_thread(work)
            return result

        return await self.counted(compte, look)

    def _form(
        self, compte: str = "", code: str = "", field: str = "", message: str = "", remedy: str = ""
    ) -> None:
        words = {"compte": compte, "code": code, "champ": field}
        beside = {"message": message, "remede": remedy, "moins": SHORTEST}
        self.show(NEW_WORD, premiere=False, par_code=True, **words, **beside)


FIRST_ACCESS_ROUTES = [(ADDRESS, FirstAccess)]

"""Les services › Demandes: the list, one request, the letters; what is noted is in the carnet."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

from iprof_kit.base.errors import KitError
from iprof_kit.base.words import NBSP
from iprof_kit.calculate.requests.catalogue import Request, requests
from iprof_kit.ui.kit.screen import KitScreen, State, intent
from iprof_kit.ui.kit.visiting import Shown, Visit
from iprof_kit.ui.own_situation.told import Told
from iprof_kit.ui.own_situation.wishes import WishesCarnet
from iprof_kit.ui.screens.demandes import letters, notes
from iprof_kit.ui.screens.demandes.asking import Asked, ask_request, of_another_corps
from iprof_kit.ui.screens.demandes.notes import Notes
from iprof_kit.ui.screens.demandes.view import LEAD, TITLE, DemandesView, demande
from iprof_kit.ui.shared.academies import academie_name
from iprof_kit.ui.shared.messages import Intent

NOTE, LETTER, AGAIN = "demande_noter", "demande_lettre", "demande_lettre_modele"


class Demandes(KitScreen[State]):
    """What an agent asks for; each request is a file of data/demandes."""

    def __init__(self, visit: Visit) -> None:
        super().__init__(visit)
        self._told = Told(visit)
        self._carnet = Notes(visit)
        self.carnets = (self._carnet,)
        self._wishes = WishesCarnet(visit, lambda _: ())

    def page(self) -> Shown:
        """Return the list, or the request that the address names."""
        typed = self._carnet.typed()
        request = self._request()
        if request is None:
            every = (self._asked(one, typed) for one in requests().values())
            own = tuple(one for one in every if not of_another_corps(one))
            return "demandes", DemandesView(title=TITLE, lead=LEAD, every=own)
        asked = self._asked(request, typed)
        return "demande", demande(
            asked,
            self._letters(asked, typed),
            typed,
            f"demande-{request.id}-{self._carnet.turn}",
            self._carnet.view(),
            self._visit.who().aujourdhui,
            self.state.opened,
            self._whose(),
        )

    def _request(self) -> Request | None:
        """Return the request that the address names."""
        return requests().get(self._visit.query.get("demande", ""))

    def _births(self) -> tuple[date, ...]:
        """Return the births that she told on any screen; none where they cannot be read."""
        with suppress(KitError):
            return self._told.birth_days()
        return ()

    def _whose(self) -> str:
        """Return who asks, for the paper: name, corps, academy."""
        who, dossier = self._visit.who(), self._visit.file().dossier
        name = f"{dossier.identite.prenom} {dossier.identite.nom}"
        corps = dossier.libelle_corps or dossier.statut
        return f"{name}, {corps[:1].lower()}{corps[1:]}, académie {academie_name(who.academie)}"

    @intent(AGAIN)
    def take_model(self, asked: Intent) -> None:
        """Take the model of a letter again."""
        if request := self._request():
            letter, parts = asked.values.get("of", ""), ("objet", "texte")
            names = (notes.letter_name(request, letter, one) for one in parts)
            self._carnet.take_out(request, *names)

    @intent(NOTE, LETTER)
    def note(self, asked: Intent) -> None:
        """Note a day or an answer, keep a letter, give it as a PDF."""
        request = self._request()
        if request is None:
            return
        known = notes.labels(request)
        fields = {name: value for name, value in asked.values.items() if name in known}
        if fields:
            self._carnet.note(request, self._changed(request, fields))
        if asked.name == LETTER:
            self._give(request, asked.values.get("of", ""))

    def _changed(self, request: Request, fields: dict[str, str]) -> dict[str, str]:
        """Return the fields without the letters that nobody changed: they follow the file."""
        asked = self._asked(request, self._carnet.typed())
        shown = {
            notes.letter_name(request, one.letter.key, part): words
            for one in self._letters(asked, {})
            for part, words in (("objet", one.subject), ("texte", one.body))
        }
        return {
            name: "" if _same(value, shown.get(name)) else value for name, value in fields.items()
        }

    def _give(self, request: Request, key: str) -> None:
        typed, today = self._carnet.typed(), self._visit.who().aujourdhui
        asked = self._asked(request, typed)
        for one in self._letters(asked, typed):
            if one.letter.key == key:
                head = self._visit.letterhead()
                self._visit.download = letters.download_of(one, head, today)

    def _asked(self, request: Request, typed: dict[str, str]) -> Asked:
        visit = self._visit
        return ask_request(
            request, visit.dossier(), typed, self._wishes.load(), visit.who().aujourdhui
        )

    def _letters(self, asked: Asked, typed: dict[str, str]) -> tuple[letters.Writing, ...]:
        if asked.answer is None:
            return ()
        who, dossier = self._visit.who(), self._visit.file().dossier
        return tuple(
            letters.writing_of(
                one,
                asked.request,
                asked.answer,
                dossier,
                who.academie,
                typed,
                who.aujourdhui,
                self._births(),
            )
            for one in asked.request.letters
        )


def _same(value: str, shown: str | None) -> bool:
    """Tell whether a text is that of the model, whatever the browser did to its spaces."""
    return shown is not None and _plain(value) == _plain(shown)


def _plain(words: str) -> str:
    return " ".join(words.replace(NBSP, " ").split())

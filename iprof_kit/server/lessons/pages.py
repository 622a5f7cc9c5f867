"""A lesson on a phone: type its code or open its address, answer, change, see, leave.

Nobody is known here: a phone has a mark, drawn when it joins, in a cookie of its lesson alone. No
address is kept. The pages work without a script, by forms; with theirs, they look every two seconds
whether the state they show has changed, by its tag: a 304 answers nearly always, a lost network is
one look that failed, no connection stays open, and all phones together ask the database once a
second (`rooms.py`).
"""

from __future__ import annotations

import re
from typing import Any

from iprof_kit.base.clock import utc_now
from iprof_kit.base.errors import InputError, KitError, Refused
from iprof_kit.base.words import counted
from iprof_kit.calculate.played_lesson import Reponse
from iprof_kit.server.database_threads import DatabaseThreads
from iprof_kit.server.lessons.rooms import Rooms
from iprof_kit.server.lessons.view import FULL, phone_view, spoken
from iprof_kit.server.limits.codes import WrongCodes
from iprof_kit.server.limits.readers import Readers
from iprof_kit.server.pages.assets import look_url
from iprof_kit.server.pages.door import SecretAddress
from iprof_kit.server.pages.gate import nonce_of
from iprof_kit.server.pages.rendering import render
from iprof_kit.server.settings import Settings
from iprof_kit.server.visitors import forget_cookie, set_private_cookie
from iprof_kit.services.access.attempts import place_of
from iprof_kit.services.contract.lecons import MOST_PARTICIPANTS
from iprof_kit.services.lessons import phones
from iprof_kit.services.lessons.phones import AnswersClosed, LessonOver, NotInTheRoom
from iprof_kit.services.lessons.room import Room, hash_of

ADDRESS = "/lecon"
MARK = "iprof_lecon"
_CODE = re.compile(r"[A-HJ-NP-Z2-9]{5,8}")
_COOKIE = re.compile(r"[A-Za-z0-9_-]{20,60}")
_LONGEST_TYPED, _LONGEST_ANSWER, _MOST_CHOICES = 40, 40, 8
_HOURS = 12 * 3600
"""Seconds after which a browser forgets the mark of a lesson that was never ended."""
_THREADS, _SECONDS = 3, 5.0
_LOOKS, _ANSWERS = (60, 0.5), (12, 1.0)
_LOOKS_OF_A_PLACE = (1_000, 0.02)
_WRONG = (60, 1.0)
"""What one may do at once, and the seconds after which one more is allowed. Of thirty-three million
codes, a place that tries one a second finds one of ten lessons in a month; a person of that place
who types hers waits for a second until the first of them is in."""
_UNKNOWN = "Aucune leçon en cours avec le code {code}."
_WRONG_SIGNS = (
    "Ce n’est pas un code de leçon : cinq signes, sans I ni O, sans 0 ni 1. "
    "Recopiez celui de l’écran."
)


class Lessons:
    """What all the phones of a server share: the rooms, and how much each may ask."""

    def __init__(self) -> None:
        self.rooms = Rooms(DatabaseThreads(_THREADS, _SECONDS))
        self.looks, self.answers = Readers(*_LOOKS), Readers(*_ANSWERS)
        self.looks_of_a_place = Readers(*_LOOKS_OF_A_PLACE)
        self.codes = WrongCodes(*_WRONG)


class _Phone(SecretAddress):
    """What is common to every page of a phone."""

    def set_default_headers(self) -> None:
        """Set the headers of a secret address, which no index keeps."""
        super().set_default_headers()
        self.set_header("X-Robots-Tag", "noindex, nofollow, noarchive, nosnippet")

    async def prepare(self) -> None:
        """Ask nobody: a phone is known by its mark alone."""

    async def refusal(self, mark: str = "") -> None:
        """Wait, as whoever is refused: a phone of a room by itself, the others with their place."""
        await self.settings["refusals"].wait(mark or place_of(self.address))

    @property
    def lessons(self) -> Lessons:
        """What the phones share."""
        shared: Lessons = self.settings["lessons"]
        return shared

    @property
    def address(self) -> str:
        """Where the phone asks from; a whole school may sit behind it."""
        return self.request.remote_ip or ""

    def page(self, template: str, **words: object) -> str:
        """Return a page of a phone."""
        kit: Settings = self.kit
        return render(
            f"lecon/{template}.html.j2",
            nonce=nonce_of(self),
            lecon_css=look_url("lecon.css"),
            lecon_js=look_url("lecon.js"),
            xsrf=self.xsrf_token.decode(),
            kit={"theme_css": "/theme.css" if kit.theme_css else ""},
            **words,
        )

    async def find(self, code: str) -> Room | None:
        """Return the lesson of a code, or None after having said why not."""
        lessons = self.lessons
        if seconds := lessons.codes.wait(self.address, code):
            await self.refusal()
            self.wait_for(seconds)
            self.no_lesson(
                code,
                "Trop de codes ont été essayés depuis cet endroit. Réessayez dans "
                f"{counted(seconds, 'seconde')}.",
            )
            return None
        room = await lessons.rooms.room(code, utc_now(), f"adresse:{place_of(self.address)}")
        if room is not None:
            lessons.codes.right(self.address, code)
            return room
        lessons.codes.wrong(self.address, code)
        over = bool(self.mark())
        self.set_status(410 if over else 404)
        if over:
            forget_cookie(self, MARK, path=f"{ADDRESS}/{code}")
            self.over()
        else:
            self.no_lesson(code, f"{_UNKNOWN.format(code=spoken(code))} Vérifiez l’écran.")
        return None

    def wait_for(self, seconds: int) -> None:
        """Say that this is too much for now."""
        self.set_status(429)
        self.set_header("Retry-After", str(seconds))

    def mark(self) -> str:
        """Return the hash of this phone's mark, empty where it has none."""
        value = self.own_mark()
        return hash_of(value) if value else ""

    def own_mark(self) -> str:
        """Return the mark that this phone's cookie holds."""
        value = self.get_cookie(MARK)
        return value if value and _COOKIE.fullmatch(value) else ""

    def no_lesson(self, code: str, why: str) -> None:
        """Show the field of the code, with what is wrong."""
        self.finish(self.page("code", code=code, faute=why, quittee=False))

    def over(self) -> None:
        """Say that the lesson has ended."""
        self.finish(self.page("fin"))


class TypedCode(_Phone):
    """« Le code est sur l’écran »."""

    def get(self) -> None:
        """Show the field."""
        left = self.get_argument("quittee", "") == "1"
        self.finish(self.page("code", code="", faute="", quittee=left))

    async def post(self) -> None:
        """Look for the lesson; what was typed stays where there is none."""
        typed = self.get_body_argument("code", "")[:_LONGEST_TYPED]
        code = re.sub(r"[\s.·-]", "", typed).upper()
        if not _CODE.fullmatch(code):
            self.set_status(400)
            self.no_lesson(typed, _WRONG_SIGNS if code else "Tapez le code affiché à l’écran.")
        elif room := await self.find(code):
            await _join(self, room)


class LessonPage(_Phone):
    """A lesson: its state, and the forms that change what this phone has in it."""

    fragment = False
    """Whether the state alone is sent, to the script of a page that is open."""
    _tag: str | None = None

    def compute_etag(self) -> str | None:
        """Return the tag of a state; a page, whose form has another word each time, has none."""
        return self._tag

    async def get(self, code: str) -> None:
        """Show the state, the way in, or why there is nothing."""
        if (room := await self._room(code)) is None:
            return
        mark = self.mark()
        if self._looks_too_often(room, mark):
            await self.refusal(mark)
            self._again(room, "Cette page est demandée trop souvent.", status=429)
        elif mark in room.phones or len(room.phones) >= MOST_PARTICIPANTS:
            self._show(room)
        elif self.fragment:
            self.set_status(403)  # the page that asks is reloaded, and shows the way in
            self.finish()
        else:
            self.finish(self.page("entree", code=spoken(room.code), adresse=self._own_address))

    async def post(self, code: str) -> None:
        """Join, answer, move a line of an order, or leave."""
        if (room := await self._room(code)) is None:
            return
        act = self.get_body_argument("acte", "")
        if act == "rejoindre":
            await _join(self, room)
        elif act == "quitter":
            await self._leave(room)
        elif moved := self._moved(act):
            order = ",".join(map(str, moved))
            self.redirect(f"{self._own_address}?changer=1&ordre={order}", status=303)
        else:
            await self._answer(room)

    async def _room(self, code: str) -> Room | None:
        """Return the lesson of the address, its letters as they are drawn."""
        capital = code.upper()
        if not _CODE.fullmatch(capital):
            self.set_status(404)
            self.no_lesson(code, _WRONG_SIGNS)
            return None
        if capital != code and not self.fragment and self.request.method == "GET":
            self.redirect(f"{ADDRESS}/{capital}", status=303)
            return None
        return await self.find(capital)

    @property
    def _own_address(self) -> str:
        return f"{ADDRESS}/{self.path_args[0].upper()}"

    def _looks_too_often(self, room: Room, mark: str) -> bool:
        if mark in room.phones:
            return bool(self.lessons.looks.wait(mark))
        return bool(self.lessons.looks_of_a_place.wait(self.address))

    def _show(self, room: Room, fault: str = "") -> None:
        """Send the state of this phone, or that it has not changed."""
        changing = self.get_argument("changer", "") not in {"", "0"}
        order = _order(self.get_query_argument("ordre", ""), room)
        now, mark = utc_now(), self.mark()
        view = phone_view(room, mark, now, changing=changing, order=order)
        if self.fragment and not fault:
            self._tag = f'"{view.tag}"'
            self.set_etag_header()
            if self.request.method == "GET" and self.check_etag_header():
                self.set_status(304)
                self.finish()
                return
        words = {"vue": view, "adresse": self._own_address, "faute": fault, "complet": FULL}
        if self.fragment:
            self.finish(self.page("etat", **words))
        else:
            self.finish(self.page("page", **words, code=spoken(room.code)))

    def _again(self, room: Room, fault: str, status: int) -> None:
        self.set_status(status)
        if status == 429:
            self.set_header("Retry-After", "2")
        self._show(room, fault)

    async def _answer(self, room: Room) -> None:
        """Count an answer, or show the state again with what is wrong."""
        mark, own = self.mark(), self.own_mark()
        if mark not in room.phones:
            await self.refuse(room, NotInTheRoom("ce téléphone n’est pas dans cette leçon."))
            return
        if seconds := self.lessons.answers.wait(mark):
            await self.refusal(mark)
            fault = (
                f"Trop d’envois : votre dernière réponse comptée reste comptée. "
                f"Réessayez dans {counted(seconds, 'seconde')}."
            )
            self._again(room, fault, status=429)
            return
        try:
            screen, given = self._given()
            changed: Room = await self.lessons.rooms.change(
                room.code,
                f"telephone:{mark}",
                phones.answer,
                room.code,
                own,
                screen,
                given,
                utc_now(),
            )
        except LessonOver:
            self.set_status(410)
            self.over()
        except (InputError, Refused) as error:
            await self.refuse(room, error)
        else:
            if self.fragment:
                self._show(changed)
            else:
                self.redirect(self._own_address, status=303)

    def _given(self) -> tuple[int, Reponse]:
        """Return the screen that a form answers, and its answer.

        Raises
        ------
        InputError
            It is no answer of a form of ours.
        """
        choices = self.get_body_arguments("choix")
        value = self.get_body_argument("valeur", "").strip().replace(",", ".")
        texts = [self.get_body_argument("ecran", ""), *choices]
        if (
            len(choices) > _MOST_CHOICES
            or not all(re.fullmatch(r"[0-9]{1,3}", one) for one in texts)
            or not re.fullmatch(r"(?:-?[0-9]{1,15}(?:\.[0-9]{1,9})?)?", value)
        ):
            raise InputError("cette réponse n’est pas lisible.", remedy="Choisissez de nouveau.")
        screen, *places = map(int, texts)
        return screen, Reponse(choix=tuple(places), valeur=float(value) if value else None)

    async def refuse(self, room: Room, error: KitError) -> None:
        """Show the state again, with the reason why the answer is not counted."""
        mark = self.mark()
        await self.refusal(mark if mark in room.phones else "")
        status = {AnswersClosed: 409, NotInTheRoom: 403}.get(type(error), 400)
        message = f"{error.message[0].upper()}{error.message[1:]} {error.remedy}".strip()
        if status == 403 and not self.fragment:
            self.set_status(status)
            self.finish(self.page("entree", code=spoken(room.code), adresse=self._own_address))
            return
        self._again(room, message, status)

    async def _leave(self, room: Room) -> None:
        if own := self.own_mark():
            person = f"telephone:{self.mark()}"
            await self.lessons.rooms.leave(room.code, person, own, utc_now())
            forget_cookie(self, MARK, path=self._own_address)
        self.redirect(f"{ADDRESS}?quittee=1", status=303)

    def _moved(self, act: str) -> list[int]:
        """Return the order of a form whose line goes up or down, for pages without a script."""
        asked = re.fullmatch(r"(monter|descendre)-([0-7])", act)
        order = [int(one) for one in self.get_body_arguments("choix") if one in set("01234567")]
        if not asked:
            return []
        rank, step = int(asked[2]), -1 if asked[1] == "monter" else 1
        if not (0 <= rank < len(order) and 0 <= rank + step < len(order)):
            return order
        order[rank], order[rank + step] = order[rank + step], order[rank]
        return order


class LessonState(LessonPage):
    """The same for the script of a page that is open: the state alone, or that nothing changed."""

    fragment = True

    def no_lesson(self, code: str, why: str) -> None:
        """Say it without a page: the one that is open says it in its own words."""
        del code
        self.finish(why)


async def _join(handler: _Phone, room: Room) -> None:
    """Let a phone in, and lead it to the lesson; a full room is told there."""
    code, own = room.code, _mark_for(handler, room)
    person = f"entree:{id(handler)}"  # nobody yet: the door itself is one after the other
    try:
        joined = await handler.lessons.rooms.enter(code, person, own, utc_now())
    except LessonOver:
        handler.set_status(410)
        handler.over()
        return
    if joined is None or not joined.mark:
        await handler.refusal()
    else:
        path = f"{ADDRESS}/{code}"
        set_private_cookie(handler, MARK, joined.mark, path=path, max_age=_HOURS)
    handler.redirect(f"{ADDRESS}/{code}", status=303)


def _mark_for(handler: _Phone, room: Room) -> str:
    """Return the mark that a phone has in this very lesson, empty where it has none."""
    return handler.own_mark() if handler.mark() in room.phones else ""


def _order(text: str, room: Room) -> tuple[int, ...]:
    """Return the order of an address where it is one of this question, else nothing."""
    question = room.question
    if question is None or question.forme != "ordre" or not re.fullmatch(r"[0-7](,[0-7])*", text):
        return ()
    order = tuple(map(int, text.split(",")))
    return order if sorted(order) == list(range(len(question.choix))) else ()


LESSON_ROUTES: list[tuple[Any, ...]] = [
    (ADDRESS, TypedCode),
    (ADDRESS + r"/([A-Za-z0-9]{1,12})", LessonPage),
    (ADDRESS + r"/([A-Za-z0-9]{1,12})/etat", LessonState),
]

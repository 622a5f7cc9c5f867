"""What a person tries on a screen, kept: read once an opening, saved with its revision.

A screen makes one `Carnet` for its subject and names it in its `carnets`; it shows `view()` by the
macro `carnet.state`. A form is read by `typed_here` and kept by `take_fields`, its sensitive fields
(`sensible_…`) held in memory by the visit; what has parts, one a campaign or a meeting, is read by
`fields` and kept by `keep`: what is typed in one never replaces another's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import ClassVar

from iprof_kit.services.contract.carnet import CARNET_ENREGISTRER, CARNET_LIRE, Sujet, is_sensitive
from iprof_kit.ui.kit.carnet import two_writings
from iprof_kit.ui.kit.carnet.by_field import ACTS, ByField
from iprof_kit.ui.kit.carnet.keeping import Sent, new_key
from iprof_kit.ui.kit.carnet.two_writings import Document
from iprof_kit.ui.kit.parts import Field
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.shared.messages import Intent, long_texts

SHORT, LONG = 200, 20_000
"""Characters kept of one field: of a form, of a text."""
_FIELDS = "champs"
_MOST_FIELDS = 120
"""Fields of one part: a list of wishes has several a line."""
_QUOTED = 120
_REPLACED = {0: "\ufffd"} | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")


class Carnet(ByField):
    """The document of one subject.

    Parameters
    ----------
    visit : Visit
        Whose guichet keeps it.
    sujet : str
        Which document.
    describe : callable, optional
        Says a document in short sentences, so that a person can choose between two; without it,
        each field does by its label.
    longest : int
        Characters kept of one field.
    """

    keeps: ClassVar[tuple[str, ...]] = (*ByField.keeps, "_opening", "turn", "labels", "shown")

    def __init__(
        self,
        visit: Visit,
        sujet: Sujet,
        describe: Callable[[Document], Sequence[str]] | None = None,
        longest: int = SHORT,
    ) -> None:
        super().__init__({}, self._ask_to_save, describe or self.described)
        self._visit, self._sujet, self._longest = visit, sujet, longest
        self._opening = -1
        self.turn = 0
        """Grows where the kit itself changes the fields: the browser then drops its own."""
        self.labels: dict[str, str] = {}
        """What the screen calls each field, to say two writings."""
        self.shown: dict[str, str] = {}
        """What stood in each field when the screen was last shown, but for what is sensitive."""

    def load(self) -> Document:
        """Return the document, {} before anything was kept; asked once an opening of a screen."""
        if self._opening != self._visit.openings:
            read = self._visit.ask(CARNET_LIRE, sujet=self._sujet)
            if self.would_take(read.revision):
                self.take_kept(read.contenu or {}, read.revision, read.enregistre_le)
            self._opening = self._visit.openings
        return self.content

    def receive(self, intent: Intent) -> bool:
        """Do what is asked of the carnet itself; False where the intent is the screen's."""
        if intent.name not in ACTS:
            return False
        self.load()
        self.turn += 1
        return self.do(intent.name)

    # Its parts, and their fields.

    def fields(self, *part: str) -> dict[str, str]:
        """Return what was typed in a part, by field."""
        read = long_texts(two_writings.at(self.load(), part), _MOST_FIELDS)
        return {name: value[: self._longest] for name, value in read.items()}

    def keep(self, values: Mapping[str, str], *part: str) -> None:
        """Keep fields of a part over those already kept; an empty one is forgotten."""
        fields = {**self.fields(*part), **_clean(values)}
        kept = {name: value[: self._longest] for name, value in fields.items() if value.strip()}
        self.write(two_writings.put(self.load(), [(part, kept or None)]))

    def drop(self, *part: str) -> None:
        """Forget a part."""
        self.turn += 1
        self.write(two_writings.put(self.load(), [(part, None)]))

    def described(self, content: Document) -> tuple[str, ...]:
        """Return each field in a short sentence: « Zone : 2 »."""
        return tuple(
            f"{self.name_of(path)} : {value[:_QUOTED]}{'…' if len(value) > _QUOTED else ''}"
            for path, value in _leaves(content)
            if value.strip()
        )

    def name_of(self, path: tuple[str, ...]) -> str:
        """Return what a field is called where two writings are told apart."""
        return self.labels.get(path[-1], path[-1].replace("_", " "))

    # The form of a screen.

    def show(self, fields: Iterable[Field]) -> None:
        """Take what each field of a screen is called and holds, as it is shown."""
        for field in fields:
            chosen = next((one.value for one in field.options if one.selected), None)
            self.labels[field.name] = field.label
            if not is_sensitive(field.name):
                self.shown[field.name] = field.value if chosen is None else chosen

    def typed(self) -> dict[str, str]:
        """Return every field kept; what is sensitive is none of them."""
        return {n: v for n, v in self.fields(_FIELDS).items() if not is_sensitive(n)}

    def typed_here(self) -> dict[str, str]:
        """Return every field kept and those held in memory: for the screen that asks them alone."""
        return self.typed() | self._visit.sensitive.typed()

    def take_fields(self, intent: Intent, drop: Sequence[str] = ()) -> None:
        """Keep the fields of a form over those already kept; `drop` are those to forget.

        Where a sensitive field alone was typed, the others are as they were shown: none is saved.
        """
        fields = _clean(intent.values)
        self._visit.sensitive.take({n: v[:SHORT] for n, v in fields.items() if is_sensitive(n)})
        others = {n: v[:SHORT] for n, v in fields.items() if not is_sensitive(n)}
        if len(others) < len(fields) and all(self.shown.get(n) == v for n, v in others.items()):
            return
        kept = self.typed() | others
        self.write({_FIELDS: {name: v for name, v in kept.items() if name not in drop}})

    def forget(self, *names: str) -> None:
        """Forget some fields, or all those of the screen: it is again what the file says."""
        kept = self.typed() if names else {}
        self._visit.sensitive.forget(*(names or self.labels))
        self.turn += 1
        self.write({_FIELDS: {name: v for name, v in kept.items() if name not in names}})

    def _ask_to_save(self, content: Document, revision: int) -> Sent[Document]:
        answer = self._visit.ask(
            CARNET_ENREGISTRER,
            sujet=self._sujet,
            contenu=content,
            revision=revision,
            cle=new_key(),
        )
        return Sent(answer.revision, answer.enregistre_le, answer.autre)


def _clean(values: Mapping[str, str]) -> dict[str, str]:
    """Return fields without the characters that no document keeps."""
    return {name.translate(_REPLACED): v.translate(_REPLACED) for name, v in values.items()}


Leaf = tuple[tuple[str, ...], str]


def _leaves(content: Document, above: tuple[str, ...] = ()) -> Iterator[Leaf]:
    for name, value in content.items():
        if isinstance(value, dict):
            yield from _leaves(value, (*above, name))
        elif isinstance(value, str):
            yield (*above, name), value

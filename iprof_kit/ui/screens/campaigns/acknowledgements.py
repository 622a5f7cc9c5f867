"""What the administration shows of a request, line by line: against the preparation, and before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from iprof_kit.calculate.campaigns.question import AccuseVu, CampagneVue
from iprof_kit.calculate.interface.bounds import longest
from iprof_kit.calculate.interface.local_time import LocalClock
from iprof_kit.calculate.mobility.places import points
from iprof_kit.services.contract.campagnes import LONGEST_WORDS
from iprof_kit.ui.screens.campaigns import words
from iprof_kit.ui.shared import text

_FIRST, _OWN = "initial", "propre"
_BAD_POINTS = "Écrivez un nombre de points, par exemple 36 ou 0,1."
_BAD_RANK = "Écrivez le rang lu, par exemple 2 ; 0 si le vœu n’y est pas."
Fields = Mapping[str, str]


@dataclass(frozen=True)
class Counted:
    """A line of the preparation; without points, the person types her own count."""

    key: str
    label: str
    points: float | None = None
    source: str = ""


@dataclass(frozen=True)
class CompareLine:
    """One line: ours, that of the acknowledgement before, the one typed, the difference.

    `differs` is on the gap ground; `own_field` names the field of a count that she types herself.
    """

    field: str
    label: str
    own: str
    typed: str
    gap: str = ""
    differs: bool = False
    error: str = ""
    source: str = ""
    before: str = ""
    own_field: str = ""
    own_points: float | None = None
    before_points: float | None = None
    shown_points: float | None = None

    @property
    def reference(self) -> float | None:
        """What the line is compared to: her count, else what was shown before."""
        return self.before_points if self.own_points is None else self.own_points


@dataclass(frozen=True)
class Comparison:
    """An acknowledgement of one wish, or the ranks that it shows of all of them."""

    lines: tuple[CompareLine, ...] = ()
    before: str = ""
    """Title of the acknowledgement before, where something of it was copied."""
    own_total: str = ""
    before_total: str = ""
    shown_total: str = ""
    gap: float | None = None
    """Points shown minus those compared; None until every line is copied."""
    against: str = ""
    """What the total is compared to, in words."""
    moves: tuple[str, ...] = ()
    """What moved since the acknowledgement before."""

    @property
    def contested(self) -> tuple[CompareLine, ...]:
        """The lines that differ."""
        return tuple(line for line in self.lines if line.differs)


@dataclass(frozen=True)
class Tab:
    """One acknowledgement, as a link."""

    title: str
    path: str
    current: bool


def looked_at(campaign: CampagneVue, wanted: str) -> AccuseVu | None:
    """Return the acknowledgement that is looked at: the one asked, else the last one to be read.

    Before any is, the first one with points: beside them stands the preparation.
    """
    named = next((one for one in campaign.accuses if one.accuse == wanted), None)
    if named is not None:
        return named
    begun = []
    for one in campaign.accuses:
        step = campaign.step(one.etape)
        if step is not None and step.etat in ("ouverte", "close"):
            begun.append(one)
    first = next((one for one in campaign.accuses if one.bareme), None)
    return begun[-1] if begun else first or next(iter(campaign.accuses), None)


def deadline(campaign: CampagneVue, shown: AccuseVu, here: LocalClock | None) -> str:
    """Return until when an acknowledgement is contested, or that nothing tells."""
    step = campaign.step(shown.contestation) if shown.contestation else None
    if step is None:
        return "Aucune contestation de cet accusé n’est connue de ce kit."
    if step.au is None:
        return "La date limite pour le contester n’est pas connue de ce kit : vérifiez-la."
    if step.etat == "close":
        return (
            f"Contester n’est plus à temps depuis le {text.day(step.au)} : dites pourquoi vous "
            "écrivez après."
        )
    when = ", ".join(part for part in (text.day(step.au), words.end_hour(step, here)) if part)
    return f"À contester d’ici au {when}."


def field_name(campaign: CampagneVue, wish: str, line: str, shown: str) -> str:
    """Return the name of the field of a line."""
    plain = f"{campaign.annee}.{wish}.{line}"
    return plain if shown == _FIRST else f"{plain}@{shown}"


def compared(
    campaign: CampagneVue, shown: AccuseVu, wish: str, lines: Sequence[Counted], typed: Fields
) -> Comparison:
    """Return the points that an acknowledgement shows of a wish, line by line.

    Parameters
    ----------
    wish : str
        What names the wish in the fields.
    typed : mapping
        Every field kept.
    """
    before = _before(campaign, shown, wish, lines, typed)
    rows = tuple(_line(campaign, shown, before, wish, one, typed) for one in lines)
    return _with_totals(Comparison(rows, before.titre if before else ""))


def own_count(campaign: CampagneVue, wish: str, line: str, typed: Fields) -> float | None:
    """Return what she counts herself for a line."""
    return number(typed.get(field_name(campaign, wish, line, _OWN), ""))


def _before(
    campaign: CampagneVue, shown: AccuseVu, wish: str, lines: Sequence[Counted], typed: Fields
) -> AccuseVu | None:
    """Return the last acknowledgement before this one of which something was copied."""
    earlier = campaign.accuses[: campaign.accuses.index(shown)]
    for one in reversed([one for one in earlier if one.bareme]):
        names = (field_name(campaign, wish, line.key, one.accuse) for line in lines)
        if any(typed.get(name, "").strip() for name in names):
            return one
    return None


def _line(
    campaign: CampagneVue,
    shown: AccuseVu,
    before: AccuseVu | None,
    wish: str,
    line: Counted,
    typed: Fields,
) -> CompareLine:
    field = field_name(campaign, wish, line.key, shown.accuse)
    plain = CompareLine(field, line.label, "", typed.get(field, ""), source=line.source)
    if line.points is None:
        own_field = field_name(campaign, wish, line.key, _OWN)
        own_typed = typed.get(own_field, "")
        plain = replace(plain, own=own_typed, own_field=own_field, own_points=number(own_typed))
        if own_typed.strip() and plain.own_points is None:
            plain = replace(plain, error=_BAD_POINTS)
    else:
        plain = replace(plain, own=points(line.points), own_points=line.points)
    if before is not None:
        past = number(typed.get(field_name(campaign, wish, line.key, before.accuse), ""))
        plain = replace(plain, before_points=past, before="" if past is None else points(past))
    return _with_gap(plain)


def _with_gap(line: CompareLine) -> CompareLine:
    if not line.typed.strip():
        return line
    shown = number(line.typed)
    if shown is None:
        return replace(line, error=_BAD_POINTS)
    line = replace(line, shown_points=shown)
    if line.reference is None:
        return line
    gap = round(shown - line.reference, 2)
    return replace(line, gap=signed(gap), differs=bool(gap))


def _with_totals(comparison: Comparison) -> Comparison:
    lines = comparison.lines
    own = [one.own_points for one in lines if one.own_points is not None]
    past = [one.before_points for one in lines if one.before_points is not None]
    shown = [one.shown_points for one in lines if one.shown_points is not None]
    comparison = replace(
        comparison,
        own_total=points(sum(own)) if own else "",
        before_total=points(sum(past)) if past else "",
        moves=tuple(_moves(lines)),
        against="votre préparation" if own else f"l’accusé « {comparison.before} »",
    )
    waited = [one for one in lines if one.reference is not None]
    if not shown or any(one.shown_points is None for one in waited):
        return comparison
    comparison = replace(comparison, shown_total=points(sum(shown)))
    compared_to = own or past
    if not compared_to:
        return comparison
    return replace(comparison, gap=round(sum(shown) - sum(compared_to), 2))


def _moves(lines: Sequence[CompareLine]) -> Iterator[str]:
    for one in lines:
        past, now = one.before_points, one.shown_points
        if past is not None and now is not None and past != now:
            yield f"{one.label} : de {points(past)} à {points(now)}"


def ranked(
    campaign: CampagneVue, shown: AccuseVu, wishes: Sequence[tuple[str, str]], typed: Fields
) -> Comparison:
    """Return the ranks that an acknowledgement shows, beside those of the list.

    Parameters
    ----------
    wishes : sequence of pairs
        What names each wish in the fields, and its name, in their order.
    typed : mapping
        Every field kept.
    """
    lines = []
    for rank, (wish, name) in enumerate(wishes, 1):
        field = field_name(campaign, wish, "rang", shown.accuse)
        plain = CompareLine(field, name, str(rank), typed.get(field, ""), own_points=float(rank))
        lines.append(_with_rank(plain, rank))
    return Comparison(tuple(lines))


def _with_rank(line: CompareLine, rank: int) -> CompareLine:
    typed = line.typed.strip()
    if not typed:
        return line
    if not (typed.isascii() and typed.isdigit() and int(typed) <= longest("rang")):
        return replace(line, error=_BAD_RANK)
    read = int(typed)
    gap = "égal" if read == rank else "absent" if read == 0 else f"rang {read}"
    return replace(line, gap=gap, differs=read != rank, shown_points=float(read))


def kept_words(title: str, wish: str, comparison: Comparison) -> tuple[str, ...]:
    """Return what is kept, dated, of an acknowledgement: as many notes as its words need.

    Examples
    --------
    >>> line = CompareLine("f", "Échelon", "36", "30", shown_points=30.0)
    >>> len(kept_words("Barème initial", "vœu 1, Rhône", Comparison((line,), shown_total="30")))
    1
    """
    head = ", ".join(part for part in (title, wish) if part)
    read = (one for one in comparison.lines if one.shown_points is not None)
    copied = [f"{one.label} {one.typed.strip()}" for one in read]
    if comparison.shown_total:
        copied.append(f"total {comparison.shown_total}")
    notes: list[str] = []
    for part in copied:
        longer = f"{notes[-1]} ; {part}" if notes else ""
        if longer and len(longer) <= LONGEST_WORDS:
            notes[-1] = longer
        else:
            notes.append(f"{head} : {part}"[:LONGEST_WORDS])
    return tuple(notes)


def number(typed: str) -> float | None:
    """Return the points that were typed; None where it is no number of points.

    Examples
    --------
    >>> number("36"), number("0,1"), number("beaucoup"), number("-3")
    (36.0, 0.1, None, None)
    """
    try:
        value = float(typed.strip().replace(" ", "").replace("\u00a0", "").replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value <= longest("points") else None


def signed(gap: float) -> str:
    """Return a difference of points: « égal », « + 2 », « − 6 »."""
    if not gap:
        return "égal"
    return f"{'+' if gap > 0 else text.MINUS} {points(abs(round(gap, 2)))}"

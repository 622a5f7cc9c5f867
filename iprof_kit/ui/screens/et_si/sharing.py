"""Scenarios that go from one person to another by a link: made, opened, kept or closed."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.base.errors import KitError
from iprof_kit.calculate.et_si.question import ScenarioEtSi
from iprof_kit.services.contract.dossier import Dossier
from iprof_kit.services.contract.links.scenario import (
    SCENARIO_LIEN,
    SCENARIO_OUVRIR,
    LienScenario,
    ScenarioOuvert,
)
from iprof_kit.ui.kit.parts import Notice, failed
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.et_si.essais import MOST_SCENARIOS, Essais, without_sensitive

_NEVER = "Un congé de maladie ne part jamais dans un lien."
_RETIRE = "Retirez-le du scénario, ou envoyez un scénario qui ne le suppose pas."
DURATIONS = ((7, "une semaine"), (30, "un mois"), (90, "trois mois"), (365, "un an"))


class Sharing:
    """The link of a scenario, and the scenario that a link brought."""

    def __init__(self, visit: Visit) -> None:
        self._visit = visit
        self._sharing: int | None = None
        self._link: LienScenario | None = None
        self._received: ScenarioOuvert | None = None
        self._notices: tuple[Notice, ...] = ()
        self._person = ""
        """The fictitious person whom an account without file of its own has chosen."""

    def _essais(self) -> Essais:
        raise NotImplementedError

    def _write(self, essais: Essais, before: Essais | None = None) -> None:
        raise NotImplementedError

    def _rank(self, values: dict[str, str]) -> int | None:
        raise NotImplementedError

    def _look_at(self, *ids: str) -> None:
        raise NotImplementedError

    def _dossier(self) -> Dossier:
        """Return her file; a fictitious one for a trainer who opens a shared scenario."""
        people = self._fictitious()
        return people[self._person] if people else self._visit.dossier()

    def _fictitious(self) -> dict[str, Dossier]:
        """Return the fictitious people, where the account has no file and a scenario is open."""
        if self._received is None or self._visit.has_file():
            return {}
        from iprof_kit.ui.screens.desk.screen import sample_people

        people = sample_people()
        if self._person not in people:
            self._person = next(iter(people))
        return people

    def _choose_person(self, values: dict[str, str]) -> None:
        self._person = values.get("personne", "")

    def _share(self, values: dict[str, str]) -> None:
        self._sharing, self._link = self._rank(values), None
        self._look_at("jours")

    def _make_link(self, values: dict[str, str]) -> None:
        rank = self._rank(values)
        known = {str(days) for days, _ in DURATIONS}
        days = values.get("jours", "")
        if rank is None or days not in known:
            return
        events = without_sensitive(self._essais()).scenarios[rank].evenements
        if events != self._essais().scenarios[rank].evenements:
            self._notices = (Notice(_NEVER, _RETIRE, "refused"),)
            return
        try:
            self._link = self._visit.ask(
                SCENARIO_LIEN,
                jours=int(days),
                evenements=[one.model_dump(mode="json", exclude_none=True) for one in events],
            )
        except KitError as error:
            self._notices = (failed(error),)
        else:
            self._look_at("lien")

    def _open_link(self) -> None:
        token = self._visit.query.pop("lien")
        try:
            self._received = self._visit.ask(SCENARIO_OUVRIR, jeton=token)
        except KitError as error:
            self._notices = (failed(error),)

    def _keep_received(self, _values: dict[str, str]) -> None:
        if self._fictitious():
            return
        essais = self._essais()
        if self._received is not None and len(essais.scenarios) < MOST_SCENARIOS:
            sent = ScenarioEtSi(nom="Scénario reçu", evenements=self._received.evenements)
            rank = len(essais.scenarios)
            self._write(replace(essais, scenarios=(*essais.scenarios, sent), vu=rank))
            self._received = None
            self._look_at(f"s{rank}")

    def _ignore_received(self, _values: dict[str, str]) -> None:
        self._received = None

"""Vos perspectives › Et si… : ideas and events tried on up to four scenarios."""

from __future__ import annotations

from dataclasses import replace

from iprof_kit.calculate.et_si.answer import EtSiAnswer
from iprof_kit.calculate.et_si.question import ScenarioEtSi
from iprof_kit.ui.kit.parts import Option
from iprof_kit.ui.kit.visiting import Shown
from iprof_kit.ui.own_situation.positions import resumed_note
from iprof_kit.ui.screens.et_si import view as views
from iprof_kit.ui.screens.et_si.acts import Acts
from iprof_kit.ui.screens.et_si.base import base_fields, base_told, base_words
from iprof_kit.ui.screens.et_si.essais import Essais
from iprof_kit.ui.shared import text
from iprof_kit.ui.shared.messages import Intent, texts


class EtSi(Acts):
    """Scenarios of supposed events, kept in the carnet at each change."""

    def show(self, path: str) -> Shown:
        """Return the screen; a link, or a change of corps, in the address is read once."""
        del path
        if "lien" in self._visit.query:
            self._open_link()
        if "corps" in self._visit.query:
            self._open_change()
        own = self._essais()
        essais = self._with_received(own)
        answer, asked = self._answer(essais), self._asked(essais)
        if answer is None or asked is None:
            return "et_si", views.no_corps()
        essais, answer = self._parted(essais, answer)
        unpaid = resumed_note(self._dossier(), answer.aujourdhui)
        view = views.EtSiView(
            title="Et si…",
            notices=self._notices,
            ideas=() if self._received else views.chips(self._ideas(answer), essais),
            tabs=views.tabs(essais),
            panel=views.panel(essais, answer, sharing=self._sharing, renaming=self._renaming),
            room=views.has_room(own.scenarios),
            form=self._form(),
            undo=self._before is not None,
            kept=self._carnet.view(),
            link=f"/perspectives/et-si?lien={self._link.jeton}" if self._link else "",
            link_until=text.moment(self._link.expire_le) if self._link else "",
            durations=views.durations(),
            received=self._received_view(own),
            base=base_fields(asked),
            base_words=base_words(asked),
            base_told=base_told(asked, self._told_where()),
            in_memory=self._in_memory is not None,
            refusals=self._refusals,
            turn=self._turn,
            focus=self._focus,
            opened=self._why(essais, answer),
            **views.shown_answer(answer, essais.vu, unpaid),
        )
        self._notices = ()
        return "et_si", view

    def receive(self, intent: Intent) -> None:
        """Do what is asked; what is refused changes nothing and says why."""
        self._refusals = ()
        if self._carnet.receive(intent):
            return
        values = texts(intent.values)
        act = self.acts().get(intent.name)
        if act is not None:
            act(values)

    def _told_where(self) -> str:
        """Return the screens where she told what is counted here; "" where she told nothing."""
        if self._fictitious():
            return ""
        return text.listed(self._told.where())

    def _parted(self, essais: Essais, answer: EtSiAnswer) -> tuple[Essais, EtSiAnswer]:
        """Return a first visit whose B differs from A: the first idea that changes the pay."""
        untouched = not self._received and not self._carnet.load().get("scenarios")
        leaves = any(one.depart_choisi for one in answer.scenarios)
        if not untouched or leaves or any(gap.debut for gap in answer.ecarts):
            return essais, answer
        for idea in self._ideas(answer):
            tried = essais.with_events(1, (idea.event,))
            other = self._answer(tried)
            if other is not None and other.ecarts[0].debut and not other.scenarios[1].refus:
                self._first = tried.scenarios[1]
                return tried, other
        return essais, answer

    def _with_received(self, essais: Essais) -> Essais:
        if self._received is None:
            return essais
        sent = ScenarioEtSi(nom="Scénario reçu", evenements=self._received.evenements)
        return replace(essais, scenarios=(essais.scenarios[0], sent), vu=1)

    def _received_view(self, essais: Essais) -> views.ReceivedLink | None:
        if self._received is None:
            return None
        people = self._fictitious()
        return views.ReceivedLink(
            text.moment(self._received.expire_le),
            views.has_room(essais.scenarios) and not people,
            tuple(Option(name, name, name == self._person) for name in people),
        )

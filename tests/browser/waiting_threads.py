"""Threads that wait for the desk, in a portal's own base: a click for each would take minutes."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from iprof_kit.records import database as db
from iprof_kit.records.cases import Case, CaseEvent
from iprof_kit.services.access.own_file import Owner
from iprof_kit.services.contract.courrier import Ecrire
from iprof_kit.services.contract.facts import data_of
from iprof_kit.services.courrier.sending import write
from iprof_kit.services.dossier.sample import sample_dossiers
from iprof_kit.services.dossier.storing import save_dossier
from iprof_kit.ui.kit.carnet import new_key

FIRST = datetime(2026, 11, 3, 8, tzinfo=UTC)
"""When the oldest is sent: before whatever other tests write on the day of the portal."""
CLAIM = "la bonne valeur"


class Base:
    """The base of a portal that runs, opened beside it."""

    def __init__(self, folder, patch):
        patch.setenv("IPROF_VAR", str(folder))
        patch.delenv("IPROF_DATABASE_URL", raising=False)
        self.owners = {one.numero: one for one in sample_dossiers()}

    def follow(self, count):
        """Give the desk so many more people, like Julie Dupont in all but name; return them."""
        julie = self.owners["D0003"]
        new = []
        for number in range(count):
            numero = f"P{number:04d}"
            identity = julie.identite.model_copy(update={"nom": f"Personne {number:03d}"})
            copy = julie.model_copy(update={"numero": numero, "identite": identity})
            save_dossier(copy, "test", FIRST)
            self.owners[numero] = copy
            new.append(numero)
        return new

    def ask(self, numeros, since=FIRST):
        """Report an error for each of these people, an hour after the one before; return names."""
        names = []
        for place, numero in enumerate(numeros):
            data = data_of(self.owners[numero])
            wanted = Ecrire(
                nature="erreur",
                objet="",
                texte=f"Question {place}.",
                donnee=data[place % len(data)].cle,
                indique=CLAIM,
                cle=new_key(),
            )
            done = write(Owner(numero, "test"), wanted, since + timedelta(hours=place))
            assert done.lu is not None, done.erreurs
            names.append(done.lu.fil.id)
        return names

    def answers(self, names):
        """Return what the service has written in each of these threads, oldest first.

        A closing brings no words.
        """
        with db.reading() as session:
            rows = session.execute(
                select(Case.name, CaseEvent.text)
                .join(CaseEvent, CaseEvent.case_id == Case.id)
                .where(Case.name.in_(names), CaseEvent.role == "service", CaseEvent.text != "")
                .order_by(CaseEvent.id)
            ).all()
        return {name: [text for of, text in rows if of == name] for name in names}

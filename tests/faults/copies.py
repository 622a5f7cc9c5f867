"""Two copies of the kit on one PostgreSQL and one folder, and people who act without a browser."""

import itertools
import threading
from contextlib import suppress

from portal_client import Client

SAID = ("La base de données ne répond pas", "e service est arrêté pour le moment")
"""What a page says in French while the database is not there."""
ACCOUNTS = ("jdupont", "jdupont2", "ichevalier", "scohen", "lfontaine", "fformateur")


class Acting(threading.Thread):
    """Somebody who does the same thing again and again, and remembers what was acknowledged.

    `act` is given a mark that nobody else has; it returns the one that was acknowledged, if any.
    """

    numbers = itertools.count(20)

    def __init__(self, act, rest=0.0):
        super().__init__(daemon=True)
        self.number, self.act, self.rest = next(self.numbers), act, rest
        self.acknowledged, self.put_off, self.wrong = [], 0, []
        self._over = threading.Event()

    def run(self):
        turn = 0
        while not self._over.is_set():
            turn += 1
            mark = f"127.{self.number}.{turn // 250}.{turn % 250 + 1}"
            try:
                if done := self.act(mark):
                    self.acknowledged.append(done)
                    self._over.wait(self.rest)
                else:
                    self.put_off += 1
                    self._over.wait(0.2)
            except Exception as error:
                self.wrong.append(f"{mark}: {error!r}")

    def end(self):
        self._over.set()
        self.join(60)


def enters(port, compte):
    """Return an act: this account enters from the address that is the mark."""

    def act(mark):
        answer = Client(port, source=mark).log_in(compte)
        if answer.status == 303:
            return mark
        assert answer.status == 503, answer.status
        assert any(words in answer.text for words in SAID), answer.text
        return None

    def once(mark):
        with suppress(KeyError):  # the page of the door gave no word: it had no database
            return act(mark)
        return None

    return once


def marks_of_entries(server):
    """Return the addresses from which somebody entered, as the journal has them."""
    query = (
        "SELECT w.address FROM audit a JOIN audit_words w ON w.id = a.id "
        "WHERE a.action = 'connexion'"
    )
    return [address for (address,) in server.say(query, dbname="kit")]

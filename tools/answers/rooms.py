"""The screens of one person, opened one after the other: an address that is open stays open."""

from __future__ import annotations

from answers.page import Read, read_page
from iprof_kit.ui.components.screen import Download
from iprof_kit.ui.portal import Portal


class Rooms:
    """Her portal: what is open is not opened again before she goes elsewhere or does something.

    Parameters
    ----------
    portal : Portal
        Hers.
    person : str
        Her number: whose figures are read.
    """

    def __init__(self, portal: Portal, person: str) -> None:
        self._portal, self._person = portal, person
        self._open, self._html = "", ""

    def opened(self, address: str) -> str:
        """Return the page at an address, `/services/siam?campagne=…`."""
        if self._open != address:
            path, sign, asked = address.partition("?")
            message = {"kind": "route", "path": path, "query": sign + asked}
            self._html = self._portal.handle(message).html
            self._open = address
        return self._html

    def shown(self, address: str) -> Read:
        """Return what a program reads of a page."""
        return read_page(self.opened(address), self._person)

    def done(self, address: str, name: str, **values: str) -> Download | None:
        """Do what a button of a screen does; return the file that it gives, None where none."""
        self.opened(address)
        path = address.partition("?")[0]
        changed = next(iter(values), "")
        given = self._portal.handle(
            {"kind": "intent", "name": name, "values": values, "path": path, "changed": changed}
        )
        if given.download is None:
            self._open = ""
        return given.download

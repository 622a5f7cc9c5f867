"""Ma paie of one person, in memory, as the tests of the screen read it."""

import re

import ui_people as people
from ui_html import as_read, check

from iprof_kit.ui.portal import Portal

PATH = "/perspectives/ma-paie"
JANUARY = {"mois": "1", "annee": "2024", "quotite": "100"}
CERTIFIE = people.JEAN.model_copy(
    update={
        "corps": "certifie",
        "echelons": tuple(e.model_copy(update={"corps": "certifie"}) for e in people.JEAN.echelons),
    }
)


class Screen:
    """Ma paie of one person, in memory."""

    def __init__(self, dossier=people.JEAN):
        self.guichet = people.FakeGuichet(dossier)
        self.portal = Portal(lambda: self.guichet, people.answer)
        self.page = self.read({"kind": "route", "path": PATH})

    def read(self, message):
        html = self.portal.handle(message).html
        self.html = as_read(html)
        return check(html)

    def send(self, values=None, name="paie", changed=""):
        message = {"kind": "intent", "name": name, "values": values or {}, "changed": changed}
        self.page = self.read({**message, "path": PATH})
        return self.page

    def again(self):
        """Return the screen as another kernel shows it: only what the guichet kept."""
        fresh = Screen.__new__(Screen)
        fresh.guichet = self.guichet
        fresh.portal = Portal(lambda: self.guichet, people.answer)
        fresh.page = fresh.read({"kind": "route", "path": PATH})
        return fresh

    def line(self, label):
        """Return the amounts of a line of the payslip and its rate, without their signs."""
        head = r'<tr class="(?:gain|taken|gross|net)[^"]*"><th scope="row">'
        found = re.search(rf"{head}{re.escape(label)}.*?</tr>", self.html, re.S)
        if not found:
            return None
        amount = re.search(r'<td class="amount">([^<]*)</td>', found[0])[1]
        rules = self.html.split('id="regles"')[1].split(f'<th scope="row">{label}')[1:]
        cells = re.findall(r"<td[^>]*>([^<]*)</td>", rules[0].split("</tr>")[0]) if rules else []
        return [re.sub("^[+−]\u00a0", "", amount), *cells]

    def field(self, name):
        return next(a for a in self.page.all("input") if a.get("name") == name)

    def chosen(self, name):
        block = self.html.split(f'name="{name}"')[1].split("</select>")[0]
        return block.split(" selected>")[0].rsplit('value="', 1)[1].rstrip('"')

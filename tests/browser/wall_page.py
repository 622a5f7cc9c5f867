"""A wall in a real browser without portal: the kit's own page module, answered by Python here."""

import json

from ui_lessons import Server, lesson

from iprof_kit.base.paths import VOILA_TEMPLATES
from iprof_kit.ui.components.look import sheet_text
from iprof_kit.ui.components.module import module_text
from iprof_kit.ui.kit.render import render
from iprof_kit.ui.kit.visiting import Visit
from iprof_kit.ui.screens.lecons.screen import Lecons, Offer
from iprof_kit.ui.screens.projecteur.screen import Projecteur
from iprof_kit.ui.shared.messages import arguments_of, intent_of

SITE = "https://exemple.fr"
STATIC = VOILA_TEMPLATES / "iprof" / "static"
HTML = """<!doctype html><html lang="fr"><head><meta charset="utf-8"><title>Mur</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="/kit.css"></head><body>
<header class="head"><p>Assistant carrière</p></header>
<div class="kit" role="region" aria-label="Statut de ce site"><p>Kit libre, non officiel.</p></div>
<main id="contenu" tabindex="-1"></main><script type="module">
import screen from "/screen.js";
const values = { html: "", routed: true, look: "" };
const heard = {};
const tell = (name, ...more) => (heard[name] || []).forEach((one) => one(...more));
const model = {
  get: (name) => values[name],
  set: (name, value) => { values[name] = value; tell(`change:${name}`); },
  on: (name, one) => { (heard[name] ||= []).push(one); },
  off: () => {},
  send: async (content) => {
    model.set("html", await window.answer(JSON.stringify(content)));
    tell("msg:custom", { kind: "done", seq: content.seq }, []);
  },
};
screen.render({ model, el: document.getElementById("contenu") });
</script></body></html>"""


class Wall:
    """A trainer's page at a projector; `server` leads the lesson, as the real one does."""

    def __init__(self, chromium, *, play=lambda _known: lesson(), **words):
        self.server = Server()
        self.context = chromium.new_context(
            **({"viewport": {"width": 1920, "height": 1080}, "locale": "fr-FR"} | words)
        )
        self.page = self.context.new_page()
        self.faults = []
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        offers = (Offer("hors_classe", "La hors classe", "Ce que change un an d’avance.", 10),)
        self.visit = Visit(lambda: self.server)
        self.rooms = {
            "/atelier/projecteur": Projecteur(self.visit, play),
            "/atelier/lecons": Lecons(self.visit, offers, play),
        }
        self.page.expose_function("answer", lambda one: self._answer(json.loads(one)))
        self.page.route("**/*", self._serve)

    def _answer(self, message):
        room = self.rooms[message["path"]]
        self.visit.begin()
        if message["kind"] == "route":
            self.visit.read_again()
            self.visit.query = arguments_of(message["query"])
        else:
            room.receive(intent_of(message))
        return render(*room.show(message["path"]), notebook="atelier.ipynb")

    def _serve(self, route):
        path = route.request.url.removeprefix(SITE).partition("?")[0]
        if path == "/screen.js":
            route.fulfill(body=module_text(), content_type="text/javascript")
        elif path == "/kit.css":
            route.fulfill(body=sheet_text(), content_type="text/css")
        elif path.startswith("/fonts/"):
            route.fulfill(path=STATIC / path[1:])
        else:
            route.fulfill(body=HTML, content_type="text/html")

    def open(self, path):
        self.page.goto(SITE + path)
        self.settled()
        return self.page

    def settled(self):
        self.page.locator("[data-kit-screen] h1").wait_for()
        self.page.locator("[data-kit-screen]:not([aria-busy])").wait_for(state="attached")

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.settled()
        return self.page.locator("[data-projector]").get_attribute("class").split()[-1]

    def close(self):
        self.context.close()
        assert not self.faults

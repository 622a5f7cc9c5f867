"""A paper that a person sent, for the service that follows her: never shown as a page."""

from __future__ import annotations

from iprof_kit.server.pages.door import LOGIN
from iprof_kit.server.pages.own_files import OwnFile
from iprof_kit.server.visitors import known
from iprof_kit.services.desk.thread import stored_file


class SentPaper(OwnFile):
    """A paper of a thread of the portfolio."""

    async def get(self, name: str) -> None:
        """Send the file as it came, or refuse what is in no portfolio of who asks."""
        self.refuse_other_sites()
        identity = known(self).identity
        if identity is None:
            self.redirect(LOGIN)
            return
        now = self.kit.screen_time()
        async with self.one_at_a_time():
            file = await self.made(stored_file, identity, name, now)
        self.attached(file.name, file.media_type)
        self.finish(file.content)


DESK_FILE_ROUTES = [(r"/bureau/piece/([0-9a-f]{24})", SentPaper)]

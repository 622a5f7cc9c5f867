"""What tells that the database was asked on the event loop, where everybody waits for it."""

import asyncio
import traceback

from sqlalchemy import Engine, event

SAID = "the database was asked on the event loop: "


def watch(report):
    """Report each statement, and each connection, that the thread of an event loop waits for."""

    def look(*_words, **_named):
        try:
            asyncio.get_running_loop()
        except RuntimeError:
            return
        ours = [one.name for one in traceback.extract_stack() if "iprof_kit" in one.filename]
        report(SAID + " < ".join(reversed(ours)))

    event.listen(Engine, "before_cursor_execute", look)
    event.listen(Engine, "do_connect", look)
    return look


def forget(look):
    event.remove(Engine, "before_cursor_execute", look)
    event.remove(Engine, "do_connect", look)

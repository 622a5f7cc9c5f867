"""An ordinary kernel as a test wants it: `… plain without-landlock -f FILE`, words at will.

The interpreter may be root's own: to be a plain user, the kernel gets ready first, and gives up its
privileges only then. All that hostile programs import is there before.
"""

import encodings.idna
import multiprocessing.popen_fork
import multiprocessing.shared_memory
import os
import subprocess
import sys

from iprof_kit.kernel import ordinary, walls
from iprof_kit.kernel.walls import files

PLAIN_USER = 65534
IMPORTED = (encodings.idna, multiprocessing.popen_fork, multiprocessing.shared_memory, subprocess)
give_up_privileges, hear_a_beat = walls.give_up_privileges, ordinary.hear_a_beat


def become_plain(app):
    """Hear a beat as before, then be nobody."""
    hear_a_beat(app)
    app.kernel.shell.run_cell("import json; print(json.dumps(1))")
    os.chown(os.environ["HOME"], PLAIN_USER, PLAIN_USER)
    os.setgroups([])
    os.setgid(PLAIN_USER)
    os.setuid(PLAIN_USER)
    give_up_privileges()


if "without-landlock" in sys.argv:
    files.landlock_version = lambda: 0
if "plain" in sys.argv:
    walls.give_up_privileges = lambda: None
    ordinary.hear_a_beat = become_plain
ordinary.main(sys.argv[sys.argv.index("-f") :])

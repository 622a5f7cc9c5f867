"""Type the blocks of one page, in the folder and the environment that this program is run in.

The blocks come as JSON on standard input. `iprof` is called in this process: it is the same
command, and a page has ten of them.
"""

import contextlib
import io
import json
import os
import re
import shlex
import subprocess
import sys
import traceback
from pathlib import Path

from iprof_kit.cli import main

_FEW = 4000
_SETTING = re.compile(r"^[A-Z][A-Z_]*=")
_CODE = re.compile(r"#.*\bcode (\d)\b")
_OF_A_SHELL = re.compile(r"\$\(|(?:^|\s)(?:[|<>]|>>|&&)\s")


def commands_of(text):
    """Give each command of a block with the lines that the page shows after it.

    In a `console` block `$ ` begins a command; in a `sh` block each line is one.
    """
    lines = re.sub(r"\\\n\s*", "", text).splitlines()
    shown = any(line.startswith("$ ") for line in lines)
    commands = []
    for line in lines:
        if not shown or line.startswith("$ "):
            commands.append((line.removeprefix("$ "), []))
        else:
            commands[-1][1].append(line)
    return [one for one in commands if shlex.split(one[0], comments=True)]


def typed(command):
    """Run a command as a shell does; give its code and all that it wrote."""
    words = shlex.split(command, comments=True)
    settings = {}
    while _SETTING.match(words[0]):
        name, _, settings[name] = words.pop(0).partition("=")
    if words[0] != "iprof" or _OF_A_SHELL.search(command):
        done = subprocess.run(
            ["sh", "-c", command], capture_output=True, text=True, check=False, encoding="utf-8"
        )
        return done.returncode, done.stdout + done.stderr
    with set_for_a_while(settings):
        return kit([name for word in words[1:] for name in named(word)])


def named(word):
    """Give the files of this folder that a word with a star names."""
    return sorted(map(str, Path().glob(word))) or [word] if "*" in word else [word]


@contextlib.contextmanager
def set_for_a_while(settings):
    before = dict(os.environ)
    os.environ.update(settings)
    yield
    os.environ.clear()
    os.environ.update(before)


def kit(words):
    wrote = io.StringIO()
    sys.argv = ["iprof", *words]
    with contextlib.redirect_stdout(wrote), contextlib.redirect_stderr(wrote):
        try:
            code = main()
        except SystemExit as ended:
            code = ended.code
    return code or 0, wrote.getvalue()


def shape(line):
    """Give a line without what changes from a day or a draw to another: its numbers."""
    return re.sub(r"\d+", "0", " ".join(line.split()))


def looks_like(shown, wrote):
    """The lines that a page shows are, in their order, among those written; `…` is anything."""
    rest = iter(map(shape, wrote.splitlines()))
    for line in filter(None, map(shape, shown)):
        wanted = re.compile(".*".join(map(re.escape, line.split("…"))))
        if not any(wanted.fullmatch(one) for one in rest):
            return line
    return None


def run_commands(text):
    """Run each command of a block; one whose comment says « code 1 » ends with 1."""
    for command, shown in commands_of(text):
        code, wrote = typed(command)
        expected = _CODE.search(command)
        wanted = int(expected[1]) if expected else 0
        assert code == wanted, f"{command}\nended with {code}\n{wrote[-_FEW:]}"
        missing = looks_like(shown, wrote)
        assert missing is None, f"{command}\ndoes not say « {missing} » but\n{wrote[-_FEW:]}"


def run_python(text, names):
    """Run a block; a call alone on its line that shows its value after `# → ` is compared."""
    exec(compile(text, "<page>", "exec"), names)
    for call, shown in re.findall(r"^(\S.*?)  # → (.+)$", text, re.MULTILINE):
        value = repr(eval(call, names))
        assert looks_like([shown], value) is None, f"{call}\nis not « {shown} » but\n{value}"


def type_all(blocks):
    names = {"__name__": "__main__"}
    for block in blocks:
        try:
            if block["title"]:
                Path(block["title"]).write_text(block["text"], encoding="utf-8")
            elif block["language"] == "python":
                run_python(block["text"], names)
            else:
                run_commands(block["text"])
        except BaseException:  # an exit too
            yield f"{block['page']}:{block['line']}\n{traceback.format_exc()}"


if __name__ == "__main__":
    faults = list(type_all(json.load(sys.stdin)))
    print("\n".join(faults), file=sys.stderr)
    sys.exit(len(faults))

"""How the workspace starts the file: the command lines of its READMEs and shell scripts, `python train.py --cfg nets/small.yaml`."""
import posixpath
import re
import shlex
from typing import NamedTuple

from ..session import session
from ..workspace import readmes

# What stands for a word that whoever reads it is to put in: `$DATA`, `<path>`, `{name}`, `[folder]`, `/path/to/data`, `...`.
_OPEN = re.compile(r"[$<{\[]|\.\.\.|/path/to/|path/to/")
_END = re.compile(r"\s(?:[|&;>#]|2>).*|[`;].*")


class CommandLine(NamedTuple):
    """`words`: those behind the file's name. `where`: "README.md, line 12"."""

    words: list
    where: str

    def values_of(self, options, count):
        """The words behind one of an option's spellings, `["TextCNN"]`; None where it is not there, or where they are left to the reader."""
        for place, word in enumerate(self.words):
            option, _, value = word.partition("=")
            if option in options:
                values = [value] if value else self.words[place + 1:place + 1 + count]
                return values if len(values) == count and not any(_OPEN.search(one) or one.startswith("--") for one in values) else None
        return None


def lines():
    """The CommandLines of the READMEs, then those of the shell scripts. A line that ends in a backslash goes on."""
    named = re.compile(rf"python[\d.]*\s(?:[^\n`]*[\s/])?{re.escape(posixpath.basename(session.path))}\s+(-[^\n]*)")
    for path, text in (*readmes.texts(), *readmes.scripts()):
        for found in named.finditer(re.sub(r"\\\s*\n", lambda end: " " * len(end[0]), text)):
            try:
                words = shlex.split(_END.sub("", found[1]))
            except ValueError:
                continue
            yield CommandLine(words, f"{path.rpartition('/')[2]}, line {text.count(chr(10), 0, found.start()) + 1}")

"""The syntax tree of the user's file, or why it has none, where its text breaks off."""
import re

from .. import diagnostics
from ..recording import site
from ..session import session
from ..source import foreign, parsed


def tree_of(path, text):
    """None where the text is not read, which is reported."""
    try:
        tree, left_out = parsed.parsed(path, text)
        for line in left_out:
            diagnostics.report("skipped", "information", "a command of a notebook: it is left out", site.of_line(path, line))
        return tree
    except SyntaxError as error:
        _report(error, path)
    except (RecursionError, MemoryError):
        diagnostics.report("limit", "error", "the file is nested too deeply to be read", site.of_position(path, 1, 0, 1, 0))
    return None


def _report(error, path):
    if "\0" in session.text:
        before = session.text[:session.text.index("\0")]
        line, column = len(re.split(r"\r\n|\r|\n", before)), len(re.split(r"[\r\n]", before)[-1].encode())
        return diagnostics.report("syntax", "error", "this is not the text of a Python file: it has null bytes", site.of_position(path, line, column, line, column + 1))
    count = session.line_count()

    def place(line, offset):
        line = min(max(line or 1, 1), count)
        return line, len(session.line(line)[:max((offset or 1) - 1, 0)].encode())

    start = place(error.lineno, error.offset)
    end = place(error.end_lineno or error.lineno, error.end_offset or error.offset)
    if end <= start:
        end = start[0], start[1] + 1
    diagnostics.report("syntax", "error", foreign.said_of(session.text, session.line(start[0])) or error.msg, site.of_position(path, *start, *end))

"""A text that is not Python, or not of today: what it is instead, by its beginning or by the line at which Python stops reading."""
import contextlib
import re

_BEGINNINGS = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in (
    (r"\s*<(!doctype html|html|head|body)\b", "this is an HTML page, not the text of a Python file"),
    (r"\s*<(\?xml|svg)\b", "this is XML, not the text of a Python file"),
    (r"(\s|//.*|/\*[\s\S]*?\*/)*#\s*(include|pragma|ifndef|define)\b", "this is C or C++, not the text of a Python file"),
))
# What an older Python reads in a line at which this one stops.
_OLDER = tuple((re.compile(pattern), said) for pattern, said in (
    (r"[^#]*\basync\b(?!\s+(def|for|with)\b)", "this is written for a Python before 3.7: `async` is a keyword since then, and no name"),
    (r"\s*print\s+[^\s(=]|\s*print\s*>>", "this is Python 2, not Python 3: its `print` is a statement"),
    (r"\s*raise\s+[\w.]+\s*,", "this is Python 2, not Python 3: it raises with a comma"),
    (r"\s*exec\s+['\"\w]", "this is Python 2, not Python 3: its `exec` is a statement"),
    (r"[^#'\"]*(<>|\bur['\"]|\b\d+[lL]\b|\b0\d+\b)", "this is Python 2, not Python 3, which has no `<>`, `ur\"…\"`, `10L` and `0777`"),
))
_CONFLICT = re.compile(r"(<{7}|>{7}|\|{7})( |$)|={7}$")
_COMMAND = re.compile(r"[ \t]*(%{1,2}[A-Za-z]|![ \t]*[A-Za-z])")
_MOST_COMMANDS = 200


def said_of(text, line):
    """A sentence, or None. `line`: the text of the line at fault."""
    for pattern, said in _BEGINNINGS:
        if pattern.match(text):
            return said
    if _CONFLICT.match(line):
        return "a merge conflict is not resolved here"
    return next((said for pattern, said in _OLDER if pattern.match(line)), None)


@contextlib.contextmanager
def told_of(text):
    """An error of a text that is read here says what the text is instead."""
    try:
        yield
    except SyntaxError as error:
        lines = re.split(r"\r\n|\r|\n", text)
        line = error.lineno or 1
        error.msg = said_of(text, lines[line - 1] if line <= len(lines) else "") or error.msg
        raise


def without_commands(text, parse):
    """(what `parse` gives of the text without the commands of a notebook at which it stops, `%matplotlib inline`, `!pip install`; the numbers of their lines). Raises what `parse` raises of the rest."""
    lines, left_out = None, []
    while True:
        try:
            return parse(text), left_out
        except SyntaxError as error:
            if lines is None:
                lines = re.split(r"(\r\n|\r|\n)", text)
            at = 2 * ((error.lineno or 1) - 1)
            if len(left_out) == _MOST_COMMANDS or at >= len(lines) or not _COMMAND.match(lines[at]):
                raise
            lines[at] = re.match(r"[ \t]*", lines[at])[0] + "pass"
            left_out.append(error.lineno)
            text = "".join(lines)

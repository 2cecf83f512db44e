"""A text that is not Python: what it is instead, by its beginning or by the line at which Python stops reading."""
import re

_BEGINNINGS = tuple((re.compile(pattern, re.IGNORECASE), said) for pattern, said in (
    (r"\s*<(!doctype html|html|head|body)\b", "this is an HTML page, not the text of a Python file"),
    (r"\s*<(\?xml|svg)\b", "this is XML, not the text of a Python file"),
    (r"(\s|//.*|/\*[\s\S]*?\*/)*#\s*(include|pragma|ifndef|define)\b", "this is C or C++, not the text of a Python file"),
))
_CONFLICT = re.compile(r"(<{7}|>{7}|\|{7})( |$)|={7}$")
_COMMAND = re.compile(r"[ \t]*(%{1,2}[A-Za-z]|![ \t]*[A-Za-z])")
_MOST_COMMANDS = 200


def said_of(text, line):
    """A sentence, or None. `line`: the text of the line at fault."""
    for pattern, said in _BEGINNINGS:
        if pattern.match(text):
            return said
    return "a merge conflict is not resolved here" if _CONFLICT.match(line) else None


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

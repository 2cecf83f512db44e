"""`# lens:` comments: `# lens: input=(32, 1, 28, 28)`, `# lens: args=(num_classes=10), input=(x=2x16, mask=None)`.

Both parts may stand in one comment. Text that is neither is reported on the comment's line.
"""
import io
import re
import tokenize

from .. import diagnostics
from ..inputs.inputs import parse_spec
from ..recording import site

_PART = re.compile(r"(input|args)\s*=\s*")
_OPENING, _CLOSING = "([{", ")]}"


class NotUnderstood(ValueError):
    """A text that is no `# lens:` comment's; the message is one sentence."""


class LensComment:
    """One comment: what it says of a model's inputs and of the arguments that it is made with."""

    def __init__(self, line, inputs, args, origin="comment"):
        self.line = line
        self.inputs = inputs  # as of `inputs.parse_spec`, or None
        self.args = args      # source text of the arguments, or None
        self.origin = origin


def comments_of(path, text):
    """All `# lens:` comments of a file. One that cannot be read is reported."""
    found = []
    if "lens:" not in text:
        return found
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            match = re.match(r"#\s*lens:\s*(.*)", token.string) if token.type == tokenize.COMMENT else None
            if match is None:
                continue
            line, column = token.start
            try:
                found.append(parse(match.group(1), line))
            except NotUnderstood as error:
                start = len(token.line[:column].encode())
                diagnostics.report("skipped", "warning", f"this comment is not followed: {error}", site.of_position(path, line, start, line, start + len(token.string.encode())))
    except (tokenize.TokenError, SyntaxError):
        pass
    return found


def parse(text, line=0, origin="comment"):
    """The LensComment of the text behind `# lens:`. Raises NotUnderstood."""
    parts = {}
    for start, end, name in _parts(text):
        parts[name] = text[start:end].strip().rstrip(",;").strip()
    if not parts:
        raise NotUnderstood(f"`{text}` says neither `input=(…)` nor `args=(…)`")
    inputs = specs_of(_inputs(parts["input"]), origin) if "input" in parts else None
    return LensComment(line, inputs, parts.get("args"), origin)


def specs_of(texts, origin):
    """As of `inputs.parse_spec`. Raises NotUnderstood."""
    try:
        return [parse_spec(text, origin) for text in texts]
    except ValueError as error:
        raise NotUnderstood(str(error)) from None


def _parts(text):
    """(start, end, name) of each part's value."""
    found = [match for match in _PART.finditer(text) if _depth(text[:match.start()]) == 0 and not re.search(r"\w$", text[:match.start()])]
    ends = [match.start() for match in found[1:]] + [len(text)]
    return [(match.end(), end, match.group(1)) for match, end in zip(found, ends)]


def _depth(text):
    return sum((letter in _OPENING) - (letter in _CLOSING) for letter in text)


def _inputs(text):
    """The words of `(2, 3)`, `(2, 3), (2, 4)`, `2x3 2x4`, `((2, 3), (2, 4))`, `(x=2x3, mask=None)`."""
    words = _split(text)
    if len(words) == 1 and text.startswith("(") and text.endswith(")"):
        inner = _split(text[1:-1])
        if not all(word.isdigit() for word in inner):
            return inner
    return words


def _split(text):
    """Parts between commas, semicolons and spaces outside of brackets; a space beside `=` parts nothing."""
    words, word = [], ""
    for letter in re.sub(r"\s*=\s*", "=", text):
        if letter in ",; " and _depth(word) == 0:
            words.append(word)
            word = ""
        else:
            word += letter
    return [word for word in [*words, word] if word]

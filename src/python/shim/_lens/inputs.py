"""Inputs that somebody asked for: specifications as the command and `# lens:` comments write them, and what a model's arguments are."""
import ast
import contextlib
import inspect
import io
import random
import re
import tokenize

from . import array
from .framework import InputSpec
from .signature import signature_of

_SPEC = re.compile(r"(?:(int|float|int64|float32):)?(\d+(?:x\d+)*)(?::(-?\d+)\.\.(-?\d+))?")


class LensComment:
    """`# lens: input=(32, 1, 28, 28)` or `input=int:2x128:0..65`, `args=(3, 10)`: one comment of the file."""

    def __init__(self, line, inputs, args):
        self.line = line
        self.inputs = inputs  # [InputSpec] or None
        self.args = args      # source text of constructor arguments, or None


def parse_spec(text, origin):
    """An InputSpec of `2x3x32x32`, `int:2x128:0..65` or `(2, 3, 32, 32)`. Raises ValueError."""
    text = text.strip()
    found = _SPEC.fullmatch(text)
    if found:
        kind, shape, low, high = found.groups()
        shape = tuple(int(n) for n in shape.split("x"))
        if kind and kind.startswith("int"):
            return InputSpec(shape, "int64", int(low or 0), int(high) if high else 2, origin=origin)
        if low is None:
            return InputSpec(shape, "float32", origin=origin)
    else:
        try:
            shape = ast.literal_eval(text)
        except (SyntaxError, ValueError):
            shape = None
        if isinstance(shape, tuple) and all(type(n) is int and n >= 0 for n in shape):
            return InputSpec(shape, "float32", origin=origin)
    raise ValueError(f"`{text}` is not an input: write `2x3x32x32` or `int:2x128:0..65`")


def comments_of(text):
    """All `# lens:` comments of a file."""
    found = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT and (match := re.match(r"#\s*lens:\s*(.*)", token.string)):
                found.append(_comment(token.start[0], match.group(1)))
    except (tokenize.TokenError, SyntaxError):
        pass
    return [comment for comment in found if comment is not None]


_PART = re.compile(r"(input|args)\s*=\s*(.*?)(?=\s*[,;]?\s*(?:input|args)\s*=|$)")


def _comment(line, text):
    inputs, args = [], None
    for name, value in _PART.findall(text):
        if name == "args":
            args = value.strip()
            continue
        for word in re.findall(r"\([^()]*\)|[^\s,;()\[\]]+", value):
            try:
                inputs.append(parse_spec(word, "comment"))
            except ValueError:
                return None
    return LensComment(line, inputs or None, args) if inputs or args else None


@contextlib.contextmanager
def trial():
    """Whatever is written to tensors within is put back, and what Python draws is drawn again."""
    outer, array.journal = array.journal, {}
    state = random.getstate()
    try:
        yield
    finally:
        random.setstate(state)
        written, array.journal = array.journal, outer
        for storage, value in written.values():
            storage.value = value
            storage.version += 1


def parameters_of(model):
    """Names of the arguments a model is called with, and how many of them are required."""
    method = next((getattr(type(model), name) for name in ("forward", "call") if callable(getattr(type(model), name, None))), None)
    if method is None:
        method = model if inspect.isfunction(model) else type(model).__call__
    try:
        parameters = list(signature_of(method).parameters.values())
    except (TypeError, ValueError):
        return ["input"], 1
    if not inspect.isfunction(model):
        parameters = parameters[1:]
    positional = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)
                  and (p.default is p.empty or p.name not in ("training", "mask"))]
    if not positional:
        return ["input"], 1
    return [p.name for p in positional], max(1, sum(p.default is p.empty for p in positional))

"""The arguments of a command line as settings: what an `ArgumentParser` of the workspace declares gives the values of `args.width` where the file says nothing of them."""
import ast
import re

from ..running import neighbours
from ..session import session
from . import optionvalue
from .namespace import Namespace

_CALL = re.compile(r"add_argument\(")
_MOST_FILES = 20  # with a parser, that are parsed
_KINDS = {kind.__name__: kind for kind in (int, float, str, bool)}
_UNSAID = object()


def settings_for(names):
    """Settings with the defaults of the nearest file whose parser has most of some names; None where no parser has."""
    wanted = {name for name in names if not name.startswith("__")}
    if not wanted:
        return None
    parsed = 0
    for path, text in _texts():
        if not _CALL.search(text) or sum(re.search(rf"[-'\"]{re.escape(name).replace('_', '[-_]')}['\"]", text) is not None for name in wanted) * 2 <= len(wanted):
            continue
        parsed += 1
        if parsed > _MOST_FILES:
            return None
        try:
            declared = _declared(ast.parse(text))
        except SyntaxError:
            continue
        if len(wanted & declared.keys()) * 2 > len(wanted):
            return Namespace.with_defaults(declared, f"the defaults of {path.rpartition('/')[2]}'s parser are assumed")
    return None


def _texts():
    yield session.path, session.text
    yield from neighbours.texts()


def _declared(tree):
    """{name: default} of the calls of `add_argument` and `set_defaults` in a text."""
    constants = {target.id: node.value for node in tree.body if isinstance(node, ast.Assign) for target in node.targets if isinstance(target, ast.Name)}
    found = {}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        said = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
        if call.func.attr == "set_defaults":
            found.update((name, value) for name, node in said.items() if (value := _value(node, constants)) is not _UNSAID)
        elif call.func.attr == "add_argument":
            name = _destination(call, said)
            if name is not None:
                found.setdefault(name, _default(name, said, constants))
    return found


def _destination(call, said):
    if isinstance(said.get("dest"), ast.Constant):
        return said["dest"].value
    words = [node.value for node in call.args if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    chosen = next((word for word in words if word.startswith("--")), words[0] if words else None)
    return None if chosen is None else chosen.lstrip("-").replace("-", "_")


def _default(name, said, constants):
    kind = _KINDS.get(said["type"].id) if isinstance(said.get("type"), ast.Name) else None
    action = getattr(said.get("action"), "value", None)
    default = _value(said["default"], constants) if "default" in said else _UNSAID
    if default is _UNSAID:
        if action in ("store_true", "store_false"):
            return action == "store_false"
        if "default" in said or isinstance(said.get("required"), ast.Constant) and said["required"].value:
            return optionvalue.of(name, kind)
        return None
    try:
        return kind(default) if kind is not None and isinstance(default, str) else default
    except ValueError:
        return default


def _value(node, constants):
    if isinstance(node, ast.Name) and node.id in constants:
        node = constants[node.id]
    try:
        return ast.literal_eval(node)
    except (ValueError, TypeError):
        pass
    if isinstance(node, ast.BinOp):
        parts = [_value(part, constants) for part in (node.left, node.right)]
        if _UNSAID not in parts:
            return eval(compile(ast.fix_missing_locations(ast.Expression(ast.BinOp(ast.Constant(parts[0]), node.op, ast.Constant(parts[1])))), "<default>", "eval"))
    return _UNSAID

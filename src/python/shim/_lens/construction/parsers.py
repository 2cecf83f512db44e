"""The arguments of a command line as settings: what an `ArgumentParser` of the workspace declares gives the values of `args.width` where the file says nothing of them."""
import ast
import re

from ..meanings import optionvalue
from . import declarations

_CALL = re.compile(r"add_argument\(")
_KINDS = {kind.__name__: kind for kind in (int, float, str, bool)}


def settings_for(names):
    """Settings with the defaults of the nearest file whose parser has most of some names; None where no parser has."""
    return declarations.settings_for(names, _CALL, lambda tree: [("", _declared(tree))], lambda count, wanted: count * 2 > wanted, "the defaults of {file}'s parser are assumed")


def _declared(tree):
    """{name: default} of the calls of `add_argument` and `set_defaults` in a text."""
    constants = declarations.constants_of(tree)
    found = {}
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
        said = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}
        if call.func.attr == "set_defaults":
            found.update((name, value) for name, node in said.items() if (value := declarations.value_of(node, constants)) is not declarations.UNSAID)
        elif call.func.attr == "add_argument":
            name = _destination(call, said)
            if name is not None:
                found.setdefault(name, _default(name, call, said, constants))
    return found


def _destination(call, said):
    if isinstance(said.get("dest"), ast.Constant):
        return said["dest"].value
    words = _words(call)
    chosen = next((word for word in words if word.startswith("--")), words[0] if words else None)
    return None if chosen is None else chosen.lstrip("-").replace("-", "_")


def _words(call):
    return [node.value for node in call.args if isinstance(node, ast.Constant) and isinstance(node.value, str)]


def _is_required(call, said):
    """Whether the command line must have it: also what is found by its position."""
    if "required" in said:
        return getattr(said["required"], "value", False) is True
    return not any(word.startswith("-") for word in _words(call)) and getattr(said.get("nargs"), "value", None) not in ("?", "*")


def _default(name, call, said, constants):
    kind = _KINDS.get(said["type"].id) if isinstance(said.get("type"), ast.Name) else None
    action = getattr(said.get("action"), "value", None)
    default = declarations.value_of(said["default"], constants) if "default" in said else declarations.UNSAID
    if default is declarations.UNSAID:
        if action in ("store_true", "store_false"):
            return action == "store_false"
        if "default" in said or _is_required(call, said):
            return optionvalue.of(name, kind)
        return None
    try:
        return kind(default) if kind is not None and isinstance(default, str) else default
    except ValueError:
        return default

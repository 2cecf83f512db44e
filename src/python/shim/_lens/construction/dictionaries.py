"""A dictionary of settings that a text of the workspace writes down: `GPT_CONFIG = {"emb_dim": 768, …}` gives the values of `cfg["emb_dim"]` where the file says nothing of them."""
import ast
import operator
import re

from . import declarations

_FORM = re.compile(r"\{\s*(#[^\n]*\s*)*['\"]\w+['\"]\s*:")


def settings_for(names):
    """Settings with what the nearest dictionary says that has all of some names; None where none has."""
    return declarations.settings_for(names, _FORM, _declared, operator.eq, "`{title}` of {file} is assumed")


def _declared(tree):
    """[(name, {key: value})] of the dictionaries that a text assigns to a name."""
    constants = declarations.constants_of(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name) and isinstance(node.value, ast.Dict):
            yield node.targets[0].id, {key.value: declarations.value_of(value, constants) for key, value in zip(node.value.keys, node.value.values) if isinstance(key, ast.Constant)}

"""What a name is, read off what the file compares it with or looks up by it."""
import ast
import re

from .. import framework
from ..session import session
from ..workspace import imports
from .names import BESIDE, CannotAssume, by_name, in_family

_DTYPES = re.compile(r"(\w+_)?dtype")


def by_text_or_name(name):
    """The first word that the file compares a name with ("train" before others), or the first key that it looks up by it; else what the name means. Raises CannotAssume."""
    if _DTYPES.fullmatch(name):
        return framework.named("torch").default_dtype()
    for known in _names_of_classes():
        if name in known and (found := in_family(known)) and name in found:
            own = [word for word in _compared_with(name, [session]) if isinstance(word, str)]  # a model of which the family's usual task is none
            is_usual = not own or not isinstance(found[name], str) or re.search(rf"[\"']{found[name]}[\"']", session.text)
            return found[name] if is_usual else own[0]
    compared = list(_compared_with(name))
    words = [value for value in compared if isinstance(value, str)]
    if words:
        return "train" if "train" in words else words[0]
    if name in BESIDE and re.search(rf"\b{BESIDE[name]}\b", session.text):
        return by_name(BESIDE[name])
    try:
        return by_name(name)
    except CannotAssume:
        if compared:
            return compared[0]
        raise


def _names_of_classes():
    """For each class of the file the names that its text has: of attributes, arguments and keys."""
    if session.names_of_classes is None:
        session.names_of_classes = [
            {getattr(inner, "attr", None) or getattr(inner, "arg", None) or getattr(inner, "value", None) for inner in session.syntax.within(node)
             if isinstance(inner, (ast.Attribute, ast.arg)) or isinstance(inner, ast.Constant) and isinstance(inner.value, str)}
            for node in (session.syntax.outermost_first(ast.ClassDef) if session.tree is not None else ())]
    return session.names_of_classes


def _compared_with(name, among=None):
    """Words and numbers that the file, or one that it imports, compares a name with or looks up by it; False where it is only a condition."""
    asked = re.compile(rf"\b{name}\s*(?:[=!]=|[<>]|in\b|is\b|not\b)|\[(?:\w+\.)*{name}\s*\]|\bif\s+(?:not\s+)?(?:\w+\.)*{name}\b")
    texts = among or ([session, *imports.files] if session.tree is not None else imports.files)
    for node in (node for part in texts if asked.search(part.text) for node in part.syntax.outermost_first((ast.Compare, ast.Subscript, ast.If, ast.IfExp))):
        if isinstance(node, ast.Compare) and _is_named(node.left, name):
            words = node.comparators[0].elts if isinstance(node.comparators[0], (ast.Tuple, ast.List, ast.Set)) else node.comparators[:1]
            yield from (word.value for word in words[:1] if isinstance(word, ast.Constant) and type(word.value) in (str, int))
            if isinstance(node.ops[0], (ast.In, ast.NotIn)) and isinstance(node.comparators[0], ast.Name):
                table = session.namespace.get(node.comparators[0].id)
                yield from (word for word in list(table)[:1] if isinstance(word, str)) if isinstance(table, (list, tuple, dict, set)) else ()
        elif isinstance(node, ast.Subscript) and _is_named(node.slice, name):
            table = session.namespace.get(node.value.id) if isinstance(node.value, ast.Name) else None
            keys = node.value.keys if isinstance(node.value, ast.Dict) else []
            yield from (key.value for key in keys[:1] if isinstance(key, ast.Constant))
            yield from list(table)[:1] if isinstance(table, dict) else ()
        elif isinstance(node, (ast.If, ast.IfExp)):
            tests = node.test.values if isinstance(node.test, ast.BoolOp) else [node.test]
            if any(_is_named(test.operand if isinstance(test, ast.UnaryOp) else test, name) for test in tests):
                yield False


def _is_named(node, name):
    return isinstance(node, ast.Name) and node.id == name or isinstance(node, ast.Attribute) and node.attr == name or (
        isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and node.slice.value == name)

"""Names that are misspelt or missing."""
import ast
import builtins
import difflib
import types

from ..source import expressions
from .failure import Mend


def _attribute(failure):
    """`nn.Conv2D`, `x.sofmax(1)`, `self.conv11(x)`"""
    error = failure.error
    name, owner = getattr(error, "name", None), getattr(error, "obj", None)
    if name is None or owner is None:
        return None
    wanted = closest(name, _public_names(owner))
    if wanted is None:
        return None
    place = expressions.attribute_at(failure.site)
    if place is None and failure.expression is not None and expressions.last_name(failure.expression.node.func) == name:
        place = failure.expression  # of a method call
    edits = [place.last_name_replaced(wanted)] if place is not None and expressions.last_name(getattr(place.node, "func", place.node)) == name else []
    return Mend(f"did you mean `{wanted}`?", f"Change {name} to {wanted}", edits)


def _public_names(owner):
    names = [name for name in dir(owner) if not name.startswith("_")]
    return names + list(getattr(owner, "_modules", {}) or {}) if not isinstance(owner, types.ModuleType) else names


def closest(name, names, likeness=0.75):
    """The one of `names` that was most likely meant: another case, else a few letters off. None: none resembles it."""
    others = [other for other in names if other != name]
    return next((other for other in others if other.lower() == name.lower()), None) or next(iter(difflib.get_close_matches(name, others, 1, likeness)), None)


def _name(failure):
    """`Sequentail`, `Linear` where `nn.Linear` is at hand."""
    name = failure.error.name
    traceback = failure.error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    if name is None or traceback is None:
        return None
    frame = traceback.tb_frame
    known = {**vars(builtins), **frame.f_globals, **frame.f_locals}
    modules = [(label, known[label]) for label in ("nn", "F", "torch", "layers", "keras", "np") if isinstance(known.get(label), types.ModuleType)]
    wanted = next((f"{label}.{name}" for label, module in modules if name in vars(module)), None)
    wanted = wanted or closest(name, [other for other in known if not other.startswith("_")], 0.8)
    wanted = wanted or next((f"{label}.{found}" for label, module in modules if (found := closest(name, _public_names(module), 0.8))), None)
    place = expressions.name_at(failure.site)
    if wanted is None:
        return None
    return Mend(f"did you mean `{wanted}`?", f"Change {name} to {wanted}", [place.replaced(wanted)] if place is not None and place.node.id == name else [])


def _keyword(failure, given, wanted):
    """Python's own suggestion."""
    keyword = None if failure.expression is None else failure.expression.keyword(given)
    if keyword is None:
        return Mend(f"did you mean `{wanted}`?")
    return Mend(f"did you mean `{wanted}`?", f"Change {given} to {wanted}", [keyword.replaced(f"{wanted}={expressions.Expression(keyword.file, keyword.node.value).text}")])


def _before_init(failure):
    """`self.conv = …` ahead of `super().__init__()`."""
    method = expressions.method_around(failure.site)
    hint = "call `super().__init__()` first"
    if method is None or method.node.name != "__init__":
        return Mend(hint)
    first = method.node.body[0]
    is_documented = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str)
    first = method.node.body[1] if is_documented and len(method.node.body) > 1 else first
    if first.lineno == method.node.lineno:
        return Mend(hint)
    later = next((node for node in ast.walk(method.node) if isinstance(node, ast.Call) and ast.unparse(node).startswith("super(")
                  and ast.unparse(node).endswith(".__init__()")), None)
    if later is not None:
        return Mend(f"{hint}: here it comes on line {later.lineno}")
    return Mend(hint, "Call super().__init__() first", [expressions.Expression(method.file, first).inserted_before(f"super().__init__()\n{' ' * first.col_offset}")])


ROWS = (
    (r"cannot assign (?:module|parameters|buffer) before Module\.__init__\(\) call", _before_init),
    (r"got an unexpected keyword argument '(\w+)'\. Did you mean '(\w+)'\?", _keyword),
    (r" has no attribute ", _attribute),
    (r"^name '\w+' is not defined", _name),
)

"""Which of the file's classes are models, and which of them is the main one."""
import ast
import re

from .. import framework
from ..session import session
from . import factories, parthood
from .candidate import Candidate
from .definitions import is_users_class, site_of_name
from .lossnames import is_loss


# A network that another one is trained against: that one is what the file is about.
_JUDGES = re.compile(r"discriminator|critic(?!al)", re.IGNORECASE)
# Calls that give no layer and no parameter: of tensors and numbers, buffers.
_MAKES_NONE = re.compile(r"(torch|np|numpy|math)\.[a-z]\w*|self\.register_buffer|int|float|len|print|range|list|tuple|set|dict|max|min|isinstance")


def classes():
    """Candidates for the file's model classes that no other model class of it uses, the main one first; what trains or keeps models has no parts of them."""
    mine = {name: thing for name, thing in session.things() if is_model_class(thing) and not is_loss(thing)}
    # What a file with classes of its own imports, it makes them of.
    mine = {name: thing for name, thing in mine.items() if thing.__module__ == "__main__"} or mine
    used = parthood.names_used_by_classes()
    models = {name for name, thing in session.things() if is_model_class(thing)}
    outer = [name for name in mine if not used.get(name, set()) & models] or list(mine)
    handed_on = factories.handed_on()
    outer = [name for name in outer if name not in handed_on] or outer
    named = [name for name in mine if parthood.is_named_as_file(name)]
    outer += [name for name in named if name not in outer]
    outer.sort(key=lambda name: (_makes_parts(name, models), name in named, not _JUDGES.search(name), name in used))
    return [Candidate(name, "class", framework.of(mine[name]), mine[name], site_of_name(name)) for name in reversed(outer)]


def parts(offered):
    """Candidates for the classes of the file that its other classes use, without names that are `offered`, the last one first: shown where none of its models can be made."""
    return [Candidate(name, "class", framework.of(thing), thing, site_of_name(name)) for name, thing in reversed(session.things())
            if name not in offered and is_model_class(thing) and thing.__module__ == "__main__" and not is_loss(thing)]


def is_model_class(thing):
    """Of the user's own."""
    return framework.of_users_class(thing) is not None and is_users_class(thing)


def _makes_parts(name, models):
    """Whether a class makes layers or parameters, by the look of it: what only works on outputs (a post-processing) comes after those that do."""
    for node in session.tree.body:
        if isinstance(node, ast.ClassDef) and node.name == name:
            makers = [inner for inner in node.body if isinstance(inner, ast.FunctionDef) and inner.name in ("__init__", "build", "setup")]
            if any(_takes_parts(maker, models) for maker in makers):
                return True
            is_derived = bool(node.bases) and not _is_direct(node)
            return is_derived and not makers or any(
                isinstance(inner, ast.Call) and not _MAKES_NONE.fullmatch(ast.unparse(inner.func)) and (not _is_super(inner) or is_derived and _hands_on(inner))
                for maker in makers for inner in ast.walk(maker))
    return True


def _takes_parts(maker, models):
    """Whether two or more arguments are named after model classes, `Seq2Seq(encoder, decoder)`: the whole is made of what it is given. `models`: the names of those of the file."""
    named = {argument.arg.replace("_", "").lower() for argument in maker.args.args}
    return sum(name.lower() in named for name in models) > 1


def _is_direct(node):
    """A subclass of a framework's own base, which has no layers to inherit."""
    return all(ast.unparse(base).rpartition(".")[2] in ("Module", "Layer", "Model", "LightningModule") for base in node.bases)


def _hands_on(call):
    """A call with arguments of the base's own `__init__`, which makes what they say."""
    return isinstance(call.func, ast.Attribute) and call.func.attr == "__init__" and bool(call.args or call.keywords)


def _is_super(call):
    return isinstance(call.func, ast.Name) and call.func.id == "super" or (
        isinstance(call.func, ast.Attribute) and (call.func.attr == "__init__" or isinstance(call.func.value, ast.Call) and _is_super(call.func.value)))

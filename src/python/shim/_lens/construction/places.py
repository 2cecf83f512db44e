"""Where the workspace's text calls a class or function of the file: in the file itself, in what it imports, in the files around it that import it, in READMEs."""
import ast
import posixpath
import re

from ..models import factories
from ..session import session
from ..workspace import modules, neighbours
from . import examples, importedclasses
from .program import Program

_MOST_FILES = 8  # of the files around, that are parsed


def calls_in_file(callable_, name, is_required):
    """[(program, call)] of calls with arguments in the file shown; those in functions that make a variant of a model last, and only where it requires some: they say no more of it than its own defaults do."""
    nodes = [node for node in named_in_file(callable_, name) if node.args or node.keywords]
    if not nodes:
        return []
    makers = factories.lines()
    program = Program(session.path, session.tree, session.namespace)
    within = [node for node in nodes if any(node.lineno in lines for lines in makers)]
    return [(program, node) for node in [*(node for node in nodes if node not in within), *(within if is_required else ())]]


def named_in_file(callable_, name):
    """The calls of a class or function in the file shown."""
    return [] if session.tree is None else [node for node in session.syntax.outermost_first(ast.Call) if _means(node.func, name, callable_, session.namespace)]


def calls_elsewhere(callable_, name):
    """(program, call) of those in files that the file imports, then in the files around it that import the one that defines the class, then in READMEs."""
    defined = _file_of(callable_)
    known = {session.path}
    for file, module in importedclasses.modules():
        known.add(file.path)
        if re.search(rf"\b{name}\b", file.text):
            program = Program(file.path, file.syntax.tree, vars(module))
            yield from ((program, node) for node in file.syntax.outermost_first(ast.Call) if _means(node.func, name, callable_, vars(module)))
    yield from _calls_around(name, defined, known)
    for program in examples.in_readmes(name):
        yield from ((program, node) for node in _calls_by(_names_for(program.tree, program.path, name, defined), program.tree))


def _calls_around(name, defined, known):
    """Those in files around it, beside those of `known` paths."""
    parsed = 0
    asked = re.compile(rf"\b{name}\s*\(")
    for path, text in neighbours.texts():
        if path in known or not asked.search(text) or re.search(rf"^\s*class {name}\b", text, re.MULTILINE):
            continue
        parsed += 1
        if parsed > _MOST_FILES:
            return
        try:
            tree = ast.parse(text, path)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
        called = _names_for(tree, path, name, defined)
        if called:
            program = Program(path, tree, module=modules.module_name(path, tree))
            yield from ((program, node) for node in _calls_by(called, tree))


def _calls_by(names, tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and ast.unparse(node.func) in names] if names else []


def _means(node, name, callable_, namespace):
    """Whether what is called is the class or function: `Net(…)`, or `models.Net(…)` of a module; a name that stands for another one now may have been it where it was called."""
    if isinstance(node, ast.Name):
        return node.id == name
    if not isinstance(node, ast.Attribute) or node.attr != name or not isinstance(node.value, ast.Name):
        return False
    holder = namespace.get(node.value.id)
    return holder is None or getattr(holder, name, callable_) is callable_


def _file_of(callable_):
    """The file that defines it, without its ending."""
    code = getattr(getattr(callable_, "__init__", None) if isinstance(callable_, type) else callable_, "__code__", None)
    path = session.path if callable_.__module__ == "__main__" or code is None else code.co_filename
    return re.sub(r"(/__init__)?\.py$", "", path)


def _names_for(tree, path, name, defined):
    """What a file calls the class by: the names that it imports it under."""
    found = set()
    folder = posixpath.dirname(path)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = folder
            for _ in range(node.level - 1):
                base = posixpath.dirname(base)
            dotted = (node.module or "").replace(".", "/")
            place = posixpath.join(base, dotted).rstrip("/") if node.level else dotted
            for alias in node.names:
                if alias.name in (name, "*") and _is_of(place, defined, bool(node.level)):
                    found.add(alias.asname or name)
                elif _is_of(posixpath.join(place, alias.name), defined, bool(node.level)):
                    found.add(f"{alias.asname or alias.name}.{name}")
        elif isinstance(node, ast.Import):
            found.update(f"{alias.asname or alias.name}.{name}" for alias in node.names if _is_of(alias.name.replace(".", "/"), defined, False))
    return found


def _is_of(place, defined, is_whole):
    """Whether an imported module is the file, or a package around it that may hand on what it has: by the whole path, or by its end."""
    around = [defined]
    while posixpath.dirname(around[-1]) not in ("", "/"):
        around.append(posixpath.dirname(around[-1]))
    return bool(place) and any(one == place or not is_whole and one.endswith(f"/{place}") for one in around)


def following(program, call, cls):
    """[(method, call)] of what is called on the instance right behind the statement that makes it, by methods of the class's own: `net.create_architecture()`."""
    around = list(program.around(call))
    made = next((node for node in around if isinstance(node, ast.Assign)), None)
    if made is None or made.value is not call or not isinstance(made.targets[0], ast.Name):
        return []
    found = []
    statement = made
    for node in around[around.index(made) + 1:]:
        for block in (getattr(node, field, None) for field in ("body", "orelse")):
            if isinstance(block, list) and statement in block:
                for later in block[block.index(statement) + 1:]:
                    method = _called_on(later, made.targets[0].id)
                    if method is None or not _is_own_method(cls, method):
                        return found
                    found.append((method, later.value))
        if not isinstance(node, ast.If):  # of several classes one is made, and what they share is called behind that
            return found
        statement = node
    return found


def _called_on(statement, name):
    call = statement.value if isinstance(statement, ast.Expr) else None
    is_method = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and isinstance(call.func.value, ast.Name) and call.func.value.id == name
    return call.func.attr if is_method else None


def _is_own_method(cls, name):
    return any(name in vars(one) for one in cls.__mro__ if not one.__module__.startswith("torch."))

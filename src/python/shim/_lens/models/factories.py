"""Functions of the file that make a model: `def resnet18(**kwargs): return _resnet(BasicBlock, [2, 2, 2, 2], **kwargs)`."""
import ast
import inspect
import re

from .. import framework, sourcetree
from ..recording import site
from ..session import session
from ..signature import signature_of
from ..source import expressions

_NAME = re.compile(r"(^|_)(model|net|network|cnn|rnn|mlp|gan|vae|vit|gpt|bert|unet|u_net|autoencoder|encoder|decoder|generator|"
                   r"discriminator|classifier|resnet\d*|vgg\d*|lstm|gru|transformer)s?($|_|\d)", re.IGNORECASE)
_CONTAINERS = frozenset({"Sequential", "Model", "ModuleList"})
_MODULES_OF_MODELS = re.compile(r"(torchvision\.|tv\.)?models\.\w+(\.\w+)?|timm\.create_model|smp\.\w+|segmentation_models_pytorch\.\w+")


def names():
    """Names of the file's functions that by their text make a model, in its order. Whether they do is seen when they are called."""
    if session.tree is None:
        return []
    makers = _makers()
    return [name for name in makers if not name.startswith("_") and inspect.isfunction(_unwrapped(session.namespace.get(name)))]


def imported():
    """Names of functions of other files of the workspace that the file calls, and that by their text make a model: `net = build_ssd("train")`."""
    if session.tree is None:
        return []
    called = {node.func.id for node in session.syntax.outermost_first(ast.Call) if isinstance(node.func, ast.Name)}
    return [name for name, thing in session.things()
            if name in called and inspect.isfunction(thing) and thing.__module__ != "__main__" and site.is_user_file(thing.__code__.co_filename) and _makes_class(thing)]


def _makes_class(function):
    """Whether a function gives an instance of a model class of its own file, and nothing beside it, as what trains one does."""
    if any(isinstance(node, ast.Return) and isinstance(node.value, ast.Tuple) for node in ast.walk(sourcetree.of(function))):
        return False
    made = [name for node in sourcetree.of(function).body if isinstance(node, ast.FunctionDef) for name in _returned(list(ast.walk(node)))]
    return any(isinstance(cls, type) and framework.of(cls) is not None and framework.of(cls).is_model_class(cls) for cls in map(function.__globals__.get, made))


def given():
    """name → names that what it returns is called by, of each function that makes a model or a layer."""
    return _makers() if session.tree is not None else {}


def beside_classes():
    """Those that are no part of a class: what a class of the file calls is a layer's maker (`conv3x3`, `make_layers`)."""
    used = {node.id for statement in session.tree.body if isinstance(statement, ast.ClassDef) for node in session.syntax.within(statement) if isinstance(node, ast.Name)}
    return [name for name in names() if name not in used]


def of_class(name):
    """The first that makes the class of a name, one that needs no arguments before others; None where there is none."""
    return min(all_of_class(name), key=lambda maker: _requires_arguments(session.namespace[maker]), default=None)


def all_of_class(name):
    """Those that make the class of a name."""
    makers = _makers()
    return [maker for maker in beside_classes() if name in _reached(maker, makers)]


def completing(name):
    """The first that sets what methods of the class of a name read and none of them sets (`model.last_linear = model.fc`): the class by itself cannot be called. None where there is none."""
    owner = next((node for node in session.tree.body if isinstance(node, ast.ClassDef) and node.name == name), None)
    if owner is None:
        return None
    read, kept = _attributes(owner, ast.Load), _attributes(owner, ast.Store)
    lacking = {attribute for holder, attribute in read - kept if holder == "self" and not hasattr(session.namespace.get(name), attribute)}
    return next((maker for maker in all_of_class(name) if lacking & {attribute for _, attribute in _attributes(_definition(maker), ast.Store)}), None) if lacking else None


def _attributes(node, context):
    """(name, attribute) of what is read of, or set on, names below a node."""
    return {(inner.value.id, inner.attr) for inner in session.syntax.within(node)
            if isinstance(inner, ast.Attribute) and isinstance(inner.ctx, context) and isinstance(inner.value, ast.Name)}


def _definition(name):
    return next(node for node in session.tree.body if isinstance(node, ast.FunctionDef) and node.name == name)


def handed_on():
    """Names that functions which make models hand on to the class that they call: the classes of blocks. None where what they call is no class of the file."""
    makers, found = _makers(), set()
    if not any(isinstance(session.namespace.get(name), type) for names_ in makers.values() for name in names_):
        return found
    for node in session.tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in makers:
            found |= {argument.id for inner in session.syntax.within(node) if isinstance(inner, ast.Call)
                      for argument in [*inner.args, *[keyword.value for keyword in inner.keywords]] if isinstance(argument, ast.Name)}
    return found


def lines():
    """Ranges of lines of the functions that make a model."""
    makers = _makers()
    return [range(node.lineno, node.end_lineno + 1) for node in session.tree.body if isinstance(node, ast.FunctionDef) and node.name in makers]


def _requires_arguments(function):
    return any(parameter.default is parameter.empty and parameter.kind not in (parameter.VAR_POSITIONAL, parameter.VAR_KEYWORD)
               for parameter in signature_of(function).parameters.values())


def _unwrapped(function):
    """A decorator that registers a factory may give it back wrapped."""
    return inspect.unwrap(function) if callable(function) and not isinstance(function, type) else function


def _makers():
    """name → names that what it returns is called by, of each function that makes a model."""
    functions = [node for node in session.tree.body if isinstance(node, ast.FunctionDef)]
    classes = {name for name, thing in session.things() if isinstance(thing, type) and framework.of(thing) is not None}
    returned = {node.name: _returned(session.syntax.within(node)) | _annotated(node) & classes for node in functions}
    found = {}
    is_new = True
    while is_new:
        is_new = False
        for node in functions:
            if node.name not in found and _is_maker(node, returned[node.name], classes, found):
                found[node.name] = returned[node.name]
                is_new = True
    return {node.name: found[node.name] for node in functions if node.name in found}


def _is_maker(node, returned, classes, makers):
    if not any(isinstance(inner, ast.Return) and inner.value is not None for inner in session.syntax.within(node)):
        return False
    called = {expressions.last_name(inner.func) for inner in session.syntax.within(node) if isinstance(inner, ast.Call)}
    if called & _CONTAINERS or _NAME.search(node.name) and called & classes:
        return True
    # what is handed on is a maker too: `_create("small", VisionTransformer, …)`
    return bool(returned & classes or returned & set(makers) or any(_MODULES_OF_MODELS.fullmatch(name) for name in returned)
                or _handed_on(node, returned) & classes)


def _handed_on(node, returned):
    """Names among the arguments of the calls that give what is returned."""
    return {argument.id for inner in session.syntax.within(node) if isinstance(inner, ast.Call) and _dotted(inner.func) in returned
            for argument in inner.args if isinstance(argument, ast.Name)}


def _returned(nodes):
    """Names by which what a function returns is called, `Net` of `net = Net(3).to(device); return net`. `nodes`: all that are in it."""
    bound = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            bound.setdefault(node.targets[0].id, set()).update(_called(node.value, {}))
    found = set()
    for node in nodes:
        if isinstance(node, ast.Return) and node.value is not None:
            found |= _called(node.value, bound)
    return found


def _annotated(function):
    """The class that a function is annotated to give; none where it is given one too, and gives that back."""
    names = _names_in(function.returns)
    return names if len(names) == 1 and not any(names & _names_in(argument.annotation) for argument in [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]) else set()


def _names_in(annotation):
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return {annotation.value.rpartition(".")[2]}
    return {expressions.last_name(annotation)} - {""}


def _called(node, bound):
    if isinstance(node, ast.Name):
        return bound.get(node.id, set())
    if isinstance(node, (ast.Tuple, ast.List)):
        return {name for item in node.elts for name in _called(item, bound)}
    if isinstance(node, ast.IfExp):
        return _called(node.body, bound) | _called(node.orelse, bound)
    if isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Call):  # Net().to(device)
            return _called(node.func.value, bound)
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name) and node.func.value.id in bound:
            return bound[node.func.value.id]
        return {_dotted(node.func)}
    return set()


def _reached(name, makers):
    """Names of everything that a maker returns, and that those return."""
    seen, waiting = set(), [name]
    while waiting:
        current = waiting.pop()
        if current not in seen:
            seen.add(current)
            waiting.extend(makers.get(current, ()))
            if current in makers:
                waiting.extend(_handed_on(_definition(current), makers[current]))
    return seen


def _dotted(node):
    return ast.unparse(node) if isinstance(node, (ast.Name, ast.Attribute)) else ""

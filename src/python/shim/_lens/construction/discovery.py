"""Which models the file has, main model first (docs: "Which models").

1. every module that the file itself calls on data; layers called one after another by hand are one model: the file itself;
2. else every instance bound to a name of the file's own level;
3. else every model class that no other class of the file uses, and the functions that make models;
4. else what the file's functions make;
5. else methods without a class, functions that make models and model classes of the files that it imports, losses, the file's own computation on tensors and its functions of tensors.

The main model is the one with most parameters among those called (or bound), and the last defined among classes and
functions; a function that makes a class goes before it where the class needs arguments.
"""
import inspect

from .. import diagnostics, framework
from ..models import agents, bound, factories, filemodel, fragment, modelclasses, parthood
from ..models.candidate import Candidate, most_parameters_first, parameter_count
from ..models.definitions import definition_of, is_users_class, site_of_name
from ..models.lossnames import is_loss
from ..models.roots import roots
from ..recording import site
from ..session import session
from . import arguments, importedclasses


def candidates():
    """Found once, after the file has run."""
    if session.candidates is None:
        session.candidates = _found()
    return session.candidates


def listing():
    """[ModelListing] of src/protocol/runtimeApi.ts, with the site where each is defined

    Never raises: a model that a framework's shim stumbles over is reported, and the file's other results stay.
    """
    try:
        candidates()
    except (Exception, SystemExit) as error:
        session.candidates = []
        diagnostics.report_broken(error)
    return [{"name": candidate.name, "kind": candidate.kind, "main": position == 0, "definition": candidate.definition}
            for position, candidate in enumerate(candidates())]


def named(name):
    """The candidate of a name; also any class, instance or function of the file that was not offered. None: there is none."""
    for candidate in candidates():
        if name == candidate.name:
            return candidate
    for candidate in candidates():
        if name in candidate.aliases:
            return candidate
    thing = session.namespace.get(name)
    return None if thing is None else of_thing(name, thing, "call")


def of_thing(name, thing, kind):
    """A candidate for a model, model class or function; None if it is none of them."""
    owner = framework.of(thing)
    if owner is not None and owner.is_model(thing):
        return Candidate(name, "instance" if kind != "call" else kind, owner, thing, definition_of(owner, thing), root=roots.of(thing))
    if owner is not None and owner.is_model_class(thing):
        return Candidate(name, "class", owner, thing, site_of_name(name))
    if inspect.isfunction(thing):
        return Candidate(name, "function", filemodel.framework_in_use(), thing, site_of_name(name))
    return None


def _found():
    for find in (_called, _instances, _classes_and_factories, _factories, _fragments, _imported_factories, _imported_classes, _losses, _functions):
        found = find()
        if found:
            if find in (_instances, _classes_and_factories, _factories):
                found = found + _loose_calls()
            return found
    return []


# 1. Called

def _called():
    every = [root for root in roots.all() if not is_loss(type(root.module)) and bound.has_parts(root.framework, root.module)]
    of_agents = agents.parts_called([model for _, model in bound.models()], every)
    own = [root for root in every if id(root.module) not in of_agents]
    if of_agents and not any(root.parameters for root in own):
        return []
    composite = [root for root in own if _is_composite(root)]
    if not composite:
        return _called_by_hand(own)
    if any(root.parameters for root in own if root not in composite):
        whole = filemodel.of_file()
        if whole is not None and whole.chains_weights(own, composite):
            return [_of_file(whole)]
    inner = {id(module) for root in composite for path, module in root.framework.modules(root.module) if module is not root.module}
    outermost = [root for root in composite if id(root.module) not in inner]
    found = most_parameters_first([_of_root(root) for root in _of_bound(outermost)], parthood.names_used_by_classes())
    if all(root.has_data and root.call.failure is None for root in outermost):
        return found
    # a loop over several models ends at the first that fails
    called = {id(root.module) for root in own} | inner
    return found + [candidate for candidate in _instances() if id(candidate.made) not in called]


def _called_by_hand(own):
    """Single layers, or functions alone: one layer is itself, several things are the file."""
    whole = filemodel.of_file()
    if whole is None:
        return [_of_root(root) for root in own]
    if len(own) == 1 and not whole.has_other_calls(own[0]):
        return [_of_root(own[0])]
    has_weights = bool(whole.parameters) or any(root.parameters for root in own)
    if not has_weights and (_instances_with_weights() or modelclasses.classes() or not whole.calls and _factories()):
        return []  # functions that are tried out beside a model: the model is what is to be shown
    return [_of_file(whole)]


def _instances_with_weights():
    return [candidate for candidate in _instances() if parameter_count(candidate.owner, candidate.made)]


def _loose_calls():
    """The file itself, offered beside its models when it calls functions or layers that are not theirs."""
    whole = filemodel.of_file()
    is_own = whole is not None and whole.calls and not agents.are_of_methods(whole.calls, [model for _, model in bound.models()])
    return [_of_file(whole)] if is_own else []


def _of_bound(found):
    """Without the calls that Keras makes while a functional model is put together: parts of an instance that is never called."""
    instances = [model for _, model in bound.models()]
    parts = {id(module) for model in instances if framework.of(model).built_by_call and roots.of(model) is None
             for path, module in framework.of(model).modules(model) if module is not model}
    return [root for root in found if id(root.module) not in parts]


def _is_composite(root):
    return not root.call.builtin and not _is_leaf(root) or len(root.framework.modules(root.module)) > 1


def _is_leaf(root):
    """A module of the file that calls nothing and has no weights: an activation of the user's own."""
    return len(root.framework.modules(root.module)) == 1 and not root.parameters


def _of_root(root):
    variable = bound.place_of(root.module)
    class_name = type(root.module).__name__
    name = class_name if is_users_class(type(root.module)) or variable is None else variable
    return Candidate(name, "called", root.framework, root.module, definition_of(root.framework, root.module),
                     aliases=_other_names(root.module, variable), root=root)


def _of_file(whole):
    return Candidate(whole.name, "file", whole.owner, whole, whole.calls[0].site if whole.calls else None)


# 2. Instances

def _instances():
    found = []
    models = bound.models()
    inner = {id(module) for _, model in models for path, module in framework.of(model).modules(model) if module is not model}
    for name, model in models:
        if id(model) not in inner:
            owner = framework.of(model)
            shown = type(model).__name__ if is_users_class(type(model)) else name
            found.append(Candidate(shown, "instance", owner, model, definition_of(owner, model), _other_names(model, name)))
    return most_parameters_first(found)


# 3. Classes

def _losses():
    """The losses of a file that has nothing else, those first that it calls."""
    called = [root for root in roots.all() if is_users_class(type(root.module))]
    known = {type(root.module) for root in called}
    return [_of_root(root) for root in called] + [of_thing(name, thing, "class") for name, thing in reversed(session.things())
                                                  if modelclasses.is_model_class(thing) and thing not in known]


# 4. Factories

def _factories():
    """Functions that make a model, in a file without a model class. The last one is the main model."""
    return list(reversed([_factory(name) for name in factories.names()]))


def _classes_and_factories():
    """The classes, and behind them the functions that make models. One stands before the main class where that needs arguments: a function that needs none,
    any function where no values are known for the class, or one that sets what the class lacks."""
    found = modelclasses.classes()
    if not found or not any(candidate.made.__module__ == "__main__" for candidate in found) and factories.names():
        return []  # classes that are only imported are what the file's functions make their models of
    made = [_factory(name) for name in factories.beside_classes()]
    first = found[0]
    name = factories.completing(first.name) or _maker_before(first)
    made.sort(key=lambda factory: factory.name != name)
    return found + made if name is None else made + found


def _maker_before(first):
    """The name of the function that stands before the main class; None where none does."""
    if not arguments.is_required(first.made) or _is_made_elsewhere(first):
        return None
    name = factories.of_class(first.name)
    factory = session.namespace.get(name)
    if name is None or arguments.is_required(factory) and arguments.can_assume(first.made, first.name) and not arguments.is_written(factory, name):
        return None
    return name


def _is_made_elsewhere(candidate):
    """Whether the file's text has a usable call of a class outside of the functions that make models."""
    found = arguments.as_in_file(candidate.made, candidate.name)
    return found is not None and not any(found.line in lines for lines in factories.lines())


def _factory(name):
    return Candidate(name, "function", filemodel.framework_in_use(), session.namespace[name], site_of_name(name))


def _imported_factories():
    """Functions of the files that this one imports, of which it makes its models where it comes to that: one that fails before. The first that it has is the main model."""
    return [_factory(name) for name in factories.imported()] if session.has_failed else []


def _imported_classes():
    """Model classes of the files that this one imports, where it computes nothing itself: a script that fails before it comes to its model."""
    if not session.has_failed or filemodel.of_file() is not None:
        return []
    return [Candidate(cls.__name__, "class", framework.of(cls), cls, place) for cls, place in importedclasses.classes() if not is_loss(cls)]


# 5. The file's own computation, and functions of tensors

def _fragments():
    """Methods without a class."""
    return [Candidate(name, "function", filemodel.framework_in_use(), function, site_of_name(name), is_fragment=True)
            for name, function in fragment.methods().items()]


def _functions():
    whole = filemodel.of_file()
    found = [_of_file(whole)] if whole is not None else []
    if not found and filemodel.framework_in_use() is not None:
        for name, thing in session.things():
            if inspect.isfunction(thing) and thing.__module__ == "__main__" and name not in session.procedures and filemodel.is_of_tensors(name, thing):
                found.append(Candidate(name, "function", filemodel.framework_in_use(), thing, site_of_name(name)))
        found.reverse()
    return found


def _other_names(model, variable):
    """What else a model may be asked for by: its class, its variable, the name that Keras gave it."""
    try:  # a property may be the file's; its `__getattr__` is not asked
        own = getattr(model, "name", None) if "name" in vars(model) or hasattr(type(model), "name") else None
    except Exception:
        own = None
    return {name for name in (type(model).__name__, variable, own) if isinstance(name, str)}

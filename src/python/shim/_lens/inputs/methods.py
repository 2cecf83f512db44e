"""What runs when a model is called, and its parameters."""
import inspect

from ..package import package_of
from ..signature import signature_of


def of(model):
    """What runs when a model is called: `forward`, `call`, or the training step of a Lightning module without a forward."""
    cls = type(model)
    if inspect.isfunction(model):
        return model
    if has_only_training_step(model):
        return cls.training_step
    own = instead_of_forward(model)
    if own is not None:
        return own
    return next((getattr(cls, name) for name in ("forward", "call") if callable(getattr(cls, name, None))), cls.__call__)


def has_only_training_step(model):
    forward = getattr(type(model), "forward", None)
    return callable(getattr(type(model), "training_step", None)) and not (inspect.isfunction(forward) and package_of(forward) != "torch")


def instead_of_forward(model):
    """The method that is shown of a module without a forward of its own, `get_action_and_value` of an agent: the one that calls most of its layers. None where there is a forward, or no such method."""
    cls = type(model)
    forward = getattr(cls, "forward", None)
    if getattr(forward, "__module__", "").partition(".")[0] != "torch" and not _only_refuses(forward) or getattr(model, "_modules", None) is None or cls.__module__.partition(".")[0] == "torch":
        return None
    own = getattr(cls, "__call__", None)
    if inspect.isfunction(own) and own.__module__.partition(".")[0] != "torch":
        return own
    return next(iter(_reaching_most(model)), None)


def stand_for_forward(model):
    """Names of the methods of such a module that call as many of its layers as that one: `act` and `evaluate`."""
    return {method.__name__ for method in _reaching_most(model)} if instead_of_forward(model) is not None else set()


def _reaching_most(model):
    """The methods that call most of a module's layers, in the order of the class."""
    cls, layers = type(model), set(model._modules)
    best, most = [], 0
    for name, method in ((name, method) for one in cls.__mro__ for name, method in vars(one).items()):
        if not inspect.isfunction(method) or name.startswith("_") or method.__module__.partition(".")[0] == "torch" or getattr(cls, name) is not method:
            continue
        reached = len(layers & _names_reached(cls, method))
        if reached >= max(most, 1) and method.__code__.co_argcount > 1:
            best, most = [*(best if reached == most else ()), method], reached
    return best


def _names_reached(cls, method):
    """Names that a method reads, and that the methods of its class read which it names."""
    found, waiting = set(), [method]
    while waiting:
        new = set(waiting.pop().__code__.co_names) - found
        found |= new
        waiting += [other for other in (getattr(cls, name, None) for name in new) if inspect.isfunction(other) and other.__module__ == method.__module__]
    return found


def _only_refuses(method):
    """Whether a method's whole body is `raise NotImplementedError`: its class is called by other methods."""
    code = getattr(method, "__code__", None)
    return code is not None and code.co_names == ("NotImplementedError",)


def parameters_of(model):
    """The parameters a model can be given in their order. Raises TypeError or ValueError where they are not known."""
    parameters = list(signature_of(of(model)).parameters.values())
    parameters = parameters if inspect.isfunction(model) else parameters[1:]
    by_name = [p for p in parameters if p.kind is p.KEYWORD_ONLY and p.default is p.empty]  # one that has a default is left out, as what lies behind it is
    return [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD) and (p.default is p.empty or not by_name)] + by_name


def parameters_of_class(cls):
    """The same of the instances of a class with a `forward` or `call`; none of another."""
    method = next((method for method in (getattr(cls, name, None) for name in ("forward", "call")) if inspect.isfunction(method)), None)
    return [] if method is None else positional_of(method)[1:]


def positional_of(function):
    return [p for p in signature_of(function).parameters.values() if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]


def annotations_of(model):
    """name → annotation of the parameters that have one."""
    try:
        return {parameter.name: parameter.annotation for parameter in parameters_of(model) if parameter.annotation is not parameter.empty}
    except (TypeError, ValueError):
        return {}


def defaults_of(model):
    """name → default of the parameters that have one."""
    try:
        return {parameter.name: parameter.default for parameter in parameters_of(model) if parameter.default is not parameter.empty}
    except (TypeError, ValueError):
        return {}

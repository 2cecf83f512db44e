"""The models that names of the file are bound to."""
from .. import diagnostics, framework, stopping
from ..missing import absent
from ..recording import site
from ..session import session
from .definitions import definition_of
from .lossnames import is_loss

# Longer lists and dictionaries are not looked through for models.
_MOST_ITEMS = 10_000


def models():
    """[(name, model)] of the file's own level, each model once. Found once, after the file has run."""
    if session.bound_models is not None:
        return session.bound_models
    found, seen = [], set()
    of_procedures = [pair for names in session.locals_of_procedures for pair in names.items()]
    of_procedures.sort(key=lambda pair: pair[0] == "self")  # `trainer.model` says more than `self.model`
    for name, thing in [*session.things(), *of_procedures]:
        for label, item in _with_items(name, thing):
            owner = framework.of(item)
            if owner is not None and owner.is_model(item) and id(item) not in seen and not is_loss(type(item)):
                seen.add(id(item))
                if has_parts(owner, item) and not (absent.is_missing(item) and not owner.parameters(item)):  # `nn.DataParallel` of what is not here
                    found.append((label, item))
    session.bound_models = found
    return found


def has_parts(owner, model):
    """Whether its modules and parameters can be listed; says what stands against it where they cannot: `__getattr__` that calls itself, 10,000 modules in one another."""
    try:
        owner.modules(model)
        owner.parameters(model)
        return True
    except Exception as error:
        place = definition_of(owner, model)
        diagnostics.report_exception(error, site.NO_SITE if place is None else place)
    except KeyboardInterrupt as error:
        diagnostics.report("limit", "error", f"`{type(model).__name__}` is left out: its parts could not be listed within the time limit", stopping.place(error))
    return False


def _with_items(name, thing):
    if isinstance(thing, (list, dict)) and len(thing) > _MOST_ITEMS:  # data
        return []
    if isinstance(thing, list):
        return [(f"{name}[{index}]", item) for index, item in enumerate(thing)]
    if isinstance(thing, dict) and not name.startswith("__"):
        return [(f"{name}[{key!r}]", item) for key, item in thing.items()]
    if f"{type(thing).__name__}.__init__" in session.procedures:  # a trainer, which has its models as attributes
        return [(f"{name}.{attribute}", item) for attribute, item in list(vars(thing).items())]
    return [(name, thing)]


def place_of(model):
    """Its variable, or where it is in the model of one: `agent.actor`. None where neither is known."""
    variable = variable_of(model)
    if variable is not None:
        return variable
    return next((f"{name}.{path}" for name, whole in models() for path, module in framework.of(whole).modules(whole) if module is model), None)


def variable_of(model):
    return next((name for name, bound in models() if bound is model), None)

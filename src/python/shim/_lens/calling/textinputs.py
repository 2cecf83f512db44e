"""What the workspace's text calls a model on in code that is not run, `net(torch.randn(2, 3, 224, 224))` of a function `test`: the values of the first such call that the model takes."""
import contextlib
import itertools
from typing import NamedTuple

from .. import diagnostics, door, framework
from ..construction import modelcalls
from ..construction.evaluation import Evaluation
from ..construction.settings import Settings
from ..inputs import inputs, structure
from ..learning import training
from ..missing import absent
from ..models.definitions import is_users_class
from ..models.roots import roots
from ..recording.array import Array, values_in
from ..session import session

_MOST_TRIED = 6  # calls of the text
ORIGIN = "text"
_PLAIN = (type(None), bool, int, float, str)


class Found(NamedTuple):
    """`specs`: what a call is given. `where`: the place of that call. `fits`: whether the model takes it as it was made here. `is_own`: whether that is the file shown."""

    specs: list
    where: str
    fits: bool
    is_own: bool

    @property
    def sentence(self):
        return f"input from {self.where}"

    def said_refused(self):
        """The sentence where another input is taken."""
        shapes = ", ".join(str(value.shape) for value in values_in(self.specs))
        return f"not the input from {self.where}, {shapes}: the model as it was made here does not take it"


def of(candidate, model, request):
    """A Found, one that fits before the first that does not; None where no text calls the model on what can be known."""
    cls = _users_class(candidate.owner, model)
    if cls is None or session.tree is None:
        return None
    refused = None
    for call in itertools.islice(modelcalls.of(candidate.name, cls), _MOST_TRIED):
        specs = _specs_of(call, model, request)
        if specs is None:
            continue
        if _takes(candidate.owner, model, specs, request):
            return Found(specs, call.where, True, call.is_own)
        refused = refused or Found(specs, call.where, False, call.is_own)
    return refused


def _users_class(owner, model):
    """The user's class that a model is of, or that of the one module which it wraps: `nn.DataParallel(net)`."""
    inner = [module for path, module in owner.modules(model) if path and owner.separator not in path]
    return next((type(one) for one in (model, *(inner if len(inner) == 1 else ())) if is_users_class(type(one))), None)


def _specs_of(call, model, request):
    """What a call in a text gives, for each leaf of the model's arguments; None where that is not known."""
    taken = structure.of(model)
    door.manual_seed(request.seed + 1)
    known = {id(root.module) for root in roots.all()}
    evaluation = Evaluation(call.program, Settings(call.program.tree, call.node))
    with diagnostics.tried() as attempt, contextlib.nullcontext() if call.program.path == session.path else training.of_another_file(), inputs.trial():
        try:
            args = [evaluation.value_at(node) for node in call.node.args]
            kwargs = {keyword.arg: evaluation.value_at(keyword.value) for keyword in call.node.keywords}
            given = taken.named(args, kwargs)
            names = taken.described(max(len(given), len(taken.names)))
            if not _is_known(given) or any(name not in names for name, _ in given):
                return None
        except (Exception, SystemExit) as error:
            diagnostics.log_failure(f"what {call.where} calls the model on is not known", error)
            return None
        finally:
            attempt.drop()
            for root in roots.all():
                if id(root.module) not in known:
                    roots.take(root.module)
    placed = {names.index(name): value if values_in(value) else framework.Plain(value, origin=ORIGIN) for name, value in given}
    return _in_batches_of(request.batch, inputs.completed([], placed, model))


def _is_known(given):
    """Whether it is tensors, and what can be written beside them, none of it of a package that is not here."""
    values = [value for _, thing in given for value in values_in(thing)]
    if not values or any(0 in value.shape for value in values) or absent.is_behind(values):
        return False
    return all(isinstance(thing, (Array, *_PLAIN)) or isinstance(thing, (list, tuple, dict)) and values_in(thing) for _, thing in given)


def _in_batches_of(batch, specs):
    """With other tensors in place of those that have the first one's batch, where another was asked for."""
    first = next((spec for spec in specs if isinstance(spec, Array)), None)
    if batch is None or first is None or not first.value.shape or first.value.shape[0] == batch:
        return specs
    return [inputs.in_batches_of(spec.value, batch, ORIGIN) if isinstance(spec, Array) and spec.value.shape[:1] == first.value.shape[:1] else spec for spec in specs]


def _takes(owner, model, specs, request):
    """Whether the model can be called on them."""
    door.manual_seed(request.seed + 1)
    try:
        with inputs.trial():
            owner.call(model, structure.of(model).assembled([inputs.drawn(owner, spec) for spec in specs]), request.is_training)
        return True
    except (Exception, SystemExit) as error:
        diagnostics.log_failure(f"`{type(model).__name__}` does not take what the text calls it on", error)
        return False
    finally:
        roots.take(model)

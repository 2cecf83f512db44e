"""The call of a model that is shown: the file's own where it made one, else one made here on an assumed or given input."""
import inspect
import itertools

from .. import diagnostics, door, fault, framework
from ..construction.making import is_emptied, make, say
from ..inputs import inputs, solver, structure
from ..learning import namedloss, ownloss, trainingstep
from ..missing import absent
from ..models import filemodel
from ..models.roots import roots
from ..recording import calls, provenance, site
from ..recording.array import values_in
from ..source import comments, loops
from ..weights import loading
from . import callinputs, callvalues


class Request:
    """What `inspect` was asked: see src/protocol/runtimeApi.ts."""

    def __init__(self, model, call, inputs, lens, seed, mode, batch, weights):
        self.model, self.call = model, call
        self.inputs = comments.specs_of(inputs or (), "option")  # may raise NotUnderstood
        self.lens = {name: comments.parse(text, origin="option") for name, text in lens.items()}  # may raise NotUnderstood
        self.seed, self.mode, self.batch = seed, mode, batch
        self.weights = None if weights is None else loading.File(**weights)

    @property
    def is_training(self):
        return self.mode == "train"


class ModelCall:
    """A call as it is traced: `first` to `end` are the ids of its calls, `top` that of the root."""

    def __init__(self, model, root, first, end, parameters, buffers, inputs, outputs, assumptions, arguments=()):
        self.model, self.root = model, root
        self.first, self.end = first, end
        self.top = root.call.id if root is not None else None
        self.parameters, self.buffers = parameters, buffers
        self.inputs = inputs        # [callvalues.Given]
        self.plain = []             # [callvalues.GivenPlain]
        self.outputs = outputs      # [Value]
        self.assumptions = assumptions
        self.arguments = arguments  # [arguments.Argument] that the model was made with
        self.weights = None         # name of the file that the parameters were read from
        self.own_loss = None        # ownloss.Loss
        self.again = None           # makes the same call once more, of the model as it is by then

    @property
    def is_hollow(self):
        """Whether it failed, of a model that has no parameters: one that was made without the part which does the work."""
        return not self.parameters and not self.outputs

    def depends_on_data(self):
        """Whether Python read a value during the call that the inputs or parameters decide."""
        given = {given.value.id for given in self.inputs} | {entry[6].id for entry in self.parameters}
        return any(self.first <= call < self.end and provenance.ancestors([value]) & given for value, call in provenance.reads)


def call_of(candidate, request):
    """The ModelCall to show for a candidate; None if the model could not be made (the reason is reported)."""
    made = _call_as_made(candidate, request)
    if made is not None:
        _say_without_tensors(candidate, made)
    if made is not None and request.weights is not None:
        made = _with_weights(candidate, made, request.weights)
    return made if made is None or made.own_loss is not None else _with_own_loss(made, candidate.owner, request.seed)


# Class of what a model gives in place of tensors -> why that may be.
_MEANINGS = {"NoneType": "None: is a `return` missing?", "generator": "a generator, which has not run",
             "coroutine": "a coroutine, which has not run: it is `async`", "async_generator": "a generator, which has not run: it is `async`"}


def _say_without_tensors(candidate, made):
    """Says what a call that came to its end gave, where there is no tensor in it."""
    call = None if made.root is None else made.root.call
    if call is None or made.outputs or call.failure is not None or not call.returned:
        return
    method = structure.method_of(made.model)
    code = getattr(inspect.unwrap(method), "__code__", None)
    is_users = code is not None and site.is_user_file(code.co_filename)
    meaning = _MEANINGS.get(call.returned, f"{call.returned}, in which no tensor was found")
    say(f"`{candidate.name}` gives {meaning}", site.of_line(code.co_filename, code.co_firstlineno) if is_users else candidate.definition)


def _with_own_loss(made, owner, seed):
    made.own_loss = _loss_of(made) or ownloss.computed_of(made.outputs) or ownloss.of_scalar(made.outputs, made.root)
    if made.own_loss is None and made.outputs and made.outputs[0].shape:
        made.own_loss = namedloss.of_output(owner, made.outputs[0], seed)
    return made


def _loss_of(made):
    return ownloss.of_outputs(made.outputs, [entry[3] for entry in made.parameters])


def _with_weights(candidate, made, file):
    """The call once more, with weights from a file: by the first, the model was built and had its own."""
    if made.again is None:  # the time was over
        return made
    if made.root is not None:
        made.root.put_back()
        state = candidate.owner.saved_state(made.model, file.layout)
    else:
        state = [([name], array) for _, _, name, array, *_ in made.parameters]
    loaded = loading.load(file, state, candidate.name)
    if loaded is None:
        return None
    again = made.again()
    if again is not None:
        again.weights, again.assumptions = file.name, [*again.assumptions, loaded]
    return again


def _call_as_made(candidate, request):
    root = candidate.root
    if root is not None and (not root.has_data or is_emptied(candidate)):
        root.put_back()
        root = None
    is_files = not callinputs.told(candidate, request)
    is_as_called = root is not None and is_files and not callinputs.is_other_batch(root, request)
    if is_as_called:
        made = _that_trains(candidate, request) or (_files(candidate, root, request) if _is_as_asked(root, request) else None)
        if made is not None:
            return made
    made = make(candidate, request)
    if made is None:
        return None
    if candidate.owner.is_model(made.model) and root is None and is_files:
        return _with_arguments_that_fit(candidate, made, request)
    model = made.model
    if not candidate.owner.is_model(model):
        if inspect.isfunction(model):
            return _call_function(candidate, model, request, made.assumptions)
        say(f"`{candidate.name}` gives {type(model).__name__}, not a model", candidate.definition)
        return None
    if is_as_called:
        root.put_back()
        return _repeated(candidate, root, request)
    return _call_model(candidate, made, request)


def _that_trains(candidate, request):
    """The first of the file's calls of the model that it takes a loss of to train it; None where there is none."""
    for root in roots.of_training(candidate.root.module):
        if root.has_data and _is_as_asked(root, request):
            made = _files(candidate, root, request)
            if _loss_of(made) is not None:
                return made
    return None


def _files(candidate, root, request):
    made = _of_root(root, [])
    made.again = lambda: _repeated(candidate, root, request)
    return made


# Each costs a search for an input.
_MOST_OTHERS = 4


def _with_arguments_that_fit(candidate, made, request):
    """The call of a model; made with other values for what is assumed, where it takes no input as it is."""
    with diagnostics.tried() as attempt:
        called = _call_model(candidate, made, request)
        if not _has_failed(called) or not any(argument.origin == "assumed" for argument in made.arguments):
            return called
        said = attempt.drop()
        for other in itertools.islice(made.others, _MOST_OTHERS):
            again = _call_model(candidate, other, request)
            if again is not None and not _has_failed(again):
                return again
            attempt.drop()
        attempt.say(said)
    return called


def _has_failed(called):
    return called is not None and called.root is not None and called.root.call.failure is not None


def _is_as_asked(root, request):
    """The file's own call is shown unless another mode was asked for, or it was made where no gradients are kept."""
    if not request.is_training and root.was_training:
        return False
    return root.took_gradients


# Calling

def _call_model(candidate, made, request):
    owner, model, assumptions = candidate.owner, made.model, made.assumptions
    if candidate.root is not None and not candidate.root.has_data:
        assumptions = [*assumptions, f"the file's own call has no data: {absent.no_data()}"]
    if candidate.root is not None:
        candidate.root.put_back()
    owner.set_mode(model, request.is_training)
    try:
        specs, more, tries = callinputs.specs_for(candidate, model, request, made.arguments)
    except KeyboardInterrupt as error:
        _report_interrupt(error, candidate)
        root = roots.take(model)  # what was tried when the time was over
        called = None if root is None else _of_root(root, assumptions)
        if called is not None:
            called.inputs = [given._replace(origin="inferred") for given in called.inputs]
            called.arguments = made.arguments
        return called
    if specs is None:
        return None

    taken = structure.of(model)

    def call_on_drawn():
        door.manual_seed(request.seed + 1)
        leaves = [inputs.drawn(owner, spec) for spec in specs]
        drawn = taken.assembled(leaves)
        result = []

        def run():
            result.append(owner.call(model, drawn, request.is_training))
            return result[0]
        assumed = fault.Assumed(
            [argument.value for argument in made.arguments if argument.origin == "assumed"],
            callinputs.assumed_of(leaves, specs),
            tries, len(calls.records()))
        called = _called(candidate, model, run, [*assumptions, *more], assumed)
        if called is not None and result:
            called.own_loss = ownloss.of_function(model, drawn, result[0])
        return called

    tried = roots.take(model)
    if tried is not None and _is_call_on(tried, specs) and not ownloss.has_function(model):
        called = _of_root(tried, [*assumptions, *more])
    else:
        called = call_on_drawn()
    if called is not None:
        called.inputs = callvalues.with_specs(taken.described(len(specs)), specs, called.inputs)
        called.plain = callvalues.plain_of(owner, model, specs)
        called = _by_training_step(owner, model, request, specs, called)
        called.arguments = made.arguments
        called.again = call_on_drawn
    return called


def _by_training_step(owner, model, request, specs, called):
    """A Lightning module's call within its training step, where it has one that takes such inputs: its loss is the file's own."""
    if not callable(getattr(type(model), "training_step", None)):
        return called
    trainingstep.configure(model)
    if structure.has_only_training_step(model) or called.root.call.failure is not None:
        return called
    known = roots.take(model)
    door.manual_seed(request.seed + 1)
    entered = trainingstep.on_inputs(owner, model, specs, called.outputs)
    root = roots.take(model)
    if known is not None:
        roots.put(known)
    if not entered or root is None or [value.shape for value in root.call.inputs] != [given.value.shape for given in called.inputs]:
        return called
    within = _of_root(root, called.assumptions)
    within.inputs = [given._replace(value=value) for given, value in zip(called.inputs, root.call.inputs)]
    return within


def _is_call_on(root, specs):
    """Whether the last try of the solver, drawn after the same seed, is the call that would be made now."""
    return root.call.failure is None and [value.shape for value in root.call.inputs] == [spec.shape for spec in specs if isinstance(spec, framework.InputSpec)]


def _repeated(candidate, root, request):
    """The file's own call once more: in another mode, outside of `no_grad`, with other weights."""
    root.framework.set_mode(root.module, request.is_training)
    call = root.call

    def again():
        return calls.run(root.again, call.kind, call.type, call.module, call.summary, call.builtin, call.definition,
                         call.inputs, values_in, at=call.site)
    made = _called(candidate, root.module, again, [])
    if made is not None:
        made.again = lambda: _repeated(candidate, root, request)
    return made


def _called(candidate, model, run, assumptions, assumed=fault.Assumed()):
    """`assumed`: what the call follows from that nobody wrote."""
    known = roots.take(model)
    first = len(calls.records())
    result, failed = None, False
    loops.close_all()
    try:
        result = run()
    except KeyboardInterrupt as error:
        failed = True
        _report_interrupt(error, candidate)
    except (Exception, SystemExit) as error:
        failed = True
        fault.report(error, f"`{candidate.name}` could not be called with what was assumed", assumed, candidate.definition)
    root = roots.take(model)
    if known is not None:
        roots.put(known)
    if root is None:
        if not failed:
            say(f"`{candidate.name}` was called, but no layer or module ran", candidate.definition)
        return None
    made = _of_root(root, assumptions)
    if not failed and result is None:
        say(f"`{candidate.name}` gives None: its forward returns nothing", candidate.definition)
    if not failed and values_in(result):
        made.outputs = values_in(result)
    return made


def _of_root(root, assumptions):
    """The call of a root, its inputs taken for the file's."""
    given = [callvalues.Given(name, value, None, "file") for name, value in zip(callvalues.names_in(root), root.call.inputs)]
    made = ModelCall(root.module, root, root.call.id, root.end, root.parameters, root.buffers, given, root.call.outputs, assumptions)
    made.plain = callvalues.plain_of_root(root)
    return made


# Functions of tensors

def _call_function(candidate, function, request, assumptions):
    owner, whole = candidate.owner, function
    names = structure.of(function).names
    elementwise = framework.named("numpy").over_elements(function, structure.of(function).required)
    if elementwise is not None:
        owner, function = framework.named("numpy"), elementwise
        assumptions = [*assumptions, f"`{function.__name__}` takes a number: it is applied to each element"]
    try:
        placed = inputs.by_place(callinputs.told(candidate, request), names)
        if placed and len(placed) == max(placed) + 1 >= structure.of(whole).required:
            specs, more = inputs.completed([], placed, whole), []
        else:
            specs, more = solver.solve(owner, function, lambda arrays: values_in(function(*arrays)), request.batch, given=placed)
    except ValueError as error:
        say(f"`{function.__name__}`: {error}")
        return None
    except solver.CannotSolve as error:
        fault.report_unknown(f"`{function.__name__}`: {error}", candidate.definition)
        return None
    door.manual_seed(request.seed + 1)
    drawn = [inputs.drawn(owner, spec) for spec in specs]
    first = len(calls.records())
    try:
        outputs = values_in(function(*drawn))
    except Exception as error:
        assumed = fault.Assumed(inputs=callinputs.assumed_of(drawn, specs), first=first)
        fault.report(error, f"`{candidate.name}` could not be called with what was assumed", assumed, candidate.definition)
        outputs = []
    given = values_in(drawn)
    reached = provenance.ancestors(value.id for value in outputs)
    parameters = [("", None, name, array, True, None, array.value) for name, array in filemodel.named_arrays()
                  if owner.is_variable(array) and array.value.id in reached]
    described = [callvalues.Given(name, value, spec.range, spec.origin) for name, value, spec in zip(names, given, (spec for spec in specs if isinstance(spec, framework.InputSpec)))]
    made = ModelCall(function, None, first, len(calls.records()), parameters, [], described, outputs, [*assumptions, *more])
    made.plain = callvalues.plain_of(owner, whole, specs)
    made.again = lambda: _call_function(candidate, whole, request, assumptions)
    return made


def _report_interrupt(error, candidate):
    place = site.of_traceback(error.__traceback__)
    diagnostics.report("limit", "error", f"stopped: `{candidate.name}` did not come to an end within the time limit",
                       candidate.definition if place < 0 and candidate.definition is not None else place)

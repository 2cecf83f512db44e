"""Which call of a model is shown: the file's own where it made one, else one made here on an assumed or given input; with its loss, and the weights that were asked for."""
import inspect
import itertools

from .. import diagnostics
from ..construction.making import is_emptied, make, say
from ..inputs import methods
from ..learning import lossof
from ..models.roots import roots
from ..recording import site
from ..weights import loading
from . import callinputs, functioncall, modelcall, modulecall


def call_of(candidate, request):
    """The ModelCall to show for a candidate; None if the model could not be made (the reason is reported)."""
    made = _call_as_made(candidate, request)
    if made is not None:
        _say_without_tensors(candidate, made)
    if made is not None and request.weights is not None:
        made = _with_weights(candidate, made, request.weights)
    if made is not None:
        loss = made.own_loss = lossof.of_call(made, candidate, request.seed)
        made.assumptions = [*made.assumptions, *(loss.sentences if loss is not None else ())]
    return made


# Class of what a model gives in place of tensors -> why that may be.
_MEANINGS = {"NoneType": "None: is a `return` missing?", "generator": "a generator, which has not run",
             "coroutine": "a coroutine, which has not run: it is `async`", "async_generator": "a generator, which has not run: it is `async`"}


def _say_without_tensors(candidate, made):
    """Says what a call that came to its end gave, where there is no tensor in it."""
    call = None if made.root is None else made.root.call
    if call is None or made.outputs or call.failure is not None or not call.returned:
        return
    method = methods.of(made.model)
    code = getattr(inspect.unwrap(method), "__code__", None)
    is_users = code is not None and site.is_user_file(code.co_filename)
    meaning = _MEANINGS.get(call.returned, f"{call.returned}, in which no tensor was found")
    say(f"`{candidate.name}` gives {meaning}", site.of_line(code.co_filename, code.co_firstlineno) if is_users else candidate.definition)


def _with_weights(candidate, made, file):
    """The call once more, with weights from a file: by the first, the model was built and had its own."""
    if made.again is None:  # the time was over
        return made
    if made.root is not None:
        made.root.put_back()
        state = candidate.owner.saved_state(made.model, file.layout)
    else:
        state = [([entry.parameter.name], entry.parameter.array) for entry in made.parameters]
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
            return functioncall.call(candidate, model, request, made.assumptions)
        say(f"`{candidate.name}` gives {type(model).__name__}, not a model", candidate.definition)
        return None
    if is_as_called:
        root.put_back()
        return modulecall.repeated(candidate, root, request)
    return modulecall.call(candidate, made, request)


def _that_trains(candidate, request):
    """The first of the file's calls of the model that it takes a loss of to train it; None where there is none."""
    for root in roots.of_training(candidate.root.module):
        if root.has_data and _is_as_asked(root, request):
            made = _files(candidate, root, request)
            if lossof.is_trained(made):
                return made
    return None


def _files(candidate, root, request):
    made = modelcall.of_root(root, [])
    made.again = lambda: modulecall.repeated(candidate, root, request)
    return made


# Each costs a search for an input.
_MOST_OTHERS = 4


def _with_arguments_that_fit(candidate, made, request):
    """The call of a model; made with other values for what is assumed, where it takes no input as it is."""
    with diagnostics.tried() as attempt:
        called = modulecall.call(candidate, made, request)
        if not _has_failed(called) or not any(argument.origin == "assumed" for argument in made.arguments):
            return called
        said = attempt.drop()
        for other in itertools.islice(made.others, _MOST_OTHERS):
            again = modulecall.call(candidate, other, request)
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

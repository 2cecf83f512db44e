"""A call of a module that is made here, on an input that was told, declared or solved; and the file's own call made once more."""
from .. import diagnostics, door, fault, framework, stopping
from ..construction.making import say
from ..inputs import inputs, methods, structure
from ..learning import lossof, trainingstep
from ..models.roots import roots
from ..recording import calls, site
from ..recording.array import values_in
from ..session import session
from ..source import loops
from . import callinputs, callvalues, modelcall


def call(candidate, made, request):
    owner, model, assumptions = candidate.owner, made.model, made.assumptions
    if candidate.root is not None and not candidate.root.has_data:
        assumptions = [*assumptions, f"the file's own call {candidate.root.lack}"]
    if candidate.root is not None:
        candidate.root.put_back()
    owner.set_mode(model, request.is_training)
    try:
        specs, more, tries, unsolved, origin = callinputs.specs_for(candidate, model, request, made.arguments)
    except KeyboardInterrupt as error:
        _report_interrupt(error, candidate)
        root = roots.take(model)  # what was tried when the time was over
        called = None if root is None else modelcall.of_root(root, assumptions)
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
            tries, len(calls.records()), unsolved)
        called = _called(candidate, model, run, [*assumptions, *more], assumed)
        if called is not None and result:
            called.drawn, called.result = drawn, result[0]
        return called

    tried = roots.take(model)
    if tried is not None and _is_call_on(tried, specs) and not lossof.needs_result(owner, model, session.text):
        called = modelcall.of_root(tried, [*assumptions, *more])
    else:
        called = call_on_drawn()
    if called is not None:
        called.inputs = callvalues.with_specs(taken.described(len(specs)), specs, called.inputs, origin)
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
    if methods.has_only_training_step(model) or called.root.call.failure is not None:
        return called
    known = roots.take(model)
    door.manual_seed(request.seed + 1)
    entered = trainingstep.on_inputs(owner, model, specs, called.outputs)
    root = roots.take(model)
    if known is not None:
        roots.put(known)
    if not entered or root is None or [value.shape for value in root.call.inputs] != [given.value.shape for given in called.inputs]:
        return called
    within = modelcall.of_root(root, called.assumptions)
    within.inputs = [given._replace(value=value) for given, value in zip(called.inputs, root.call.inputs)]
    return within


def _is_call_on(root, specs):
    """Whether the last try of the solver, drawn after the same seed, is the call that would be made now."""
    return root.call.failure is None and [value.shape for value in root.call.inputs] == [spec.shape for spec in specs if isinstance(spec, framework.InputSpec)]


def repeated(candidate, root, request):
    """The file's own call once more: in another mode, outside of `no_grad`, with other weights."""
    root.framework.set_mode(root.module, request.is_training)
    call = root.call

    def again():
        return calls.run(root.again, call.kind, call.type, call.module, call.summary, call.builtin, call.definition,
                         call.inputs, values_in, at=call.site)
    made = _called(candidate, root.module, again, [])
    if made is not None:
        made.again = lambda: repeated(candidate, root, request)
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
        if fault.report(error, f"`{candidate.name}` could not be called with what was assumed", assumed, candidate.definition) and assumed.unsolved:
            assumptions = [*assumptions, assumed.unsolved]
    root = roots.take(model)
    if known is not None:
        roots.put(known)
    if root is None:
        if not failed:
            say(f"`{candidate.name}` was called, but no layer or module ran", candidate.definition)
        return None
    made = modelcall.of_root(root, assumptions)
    if not failed and result is None:
        say(f"`{candidate.name}` gives None: its forward returns nothing", candidate.definition)
    if not failed and values_in(result):
        made.outputs = values_in(result)
    return made


def _report_interrupt(error, candidate):
    place = stopping.place(error)
    diagnostics.report("limit", "error", f"stopped: `{candidate.name}` did not come to an end within the time limit",
                       candidate.definition if place < 0 and candidate.definition is not None else place)

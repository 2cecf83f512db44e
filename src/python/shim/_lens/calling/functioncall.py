"""A call of a function of tensors that is made here: `def relu(x): …` shown as a model."""
from .. import door, fault, framework
from ..construction.making import say
from ..inputs import inputs, solver, structure
from ..models import filemodel
from ..models.state import ParameterState
from ..recording import calls, provenance
from ..recording.array import values_in
from . import callinputs, callvalues
from .modelcall import ModelCall


def call(candidate, function, request, assumptions):
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
    parameters = [ParameterState(framework.Parameter("", None, name, array, True, None), array.value) for name, array in filemodel.named_arrays()
                  if owner.is_variable(array) and array.value.id in reached]
    described = [callvalues.Given(name, value, spec.range, spec.origin) for name, value, spec in zip(names, given, (spec for spec in specs if isinstance(spec, framework.InputSpec)))]
    made = ModelCall(function, None, first, len(calls.records()), parameters, [], described, outputs, [*assumptions, *more])
    made.plain = callvalues.plain_of(owner, whole, specs)
    made.again = lambda: call(candidate, whole, request, assumptions)
    return made

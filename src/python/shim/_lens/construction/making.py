"""Finding the model that was asked for, and making it: classes and functions are called, with the arguments that are to be had."""
import ast
import inspect
import itertools

from .. import diagnostics, fault, framework, words
from ..inputs import inputs
from ..meanings.names import CannotAssume
from ..missing import absent
from ..models import factories, fragment
from ..recording import site
from ..session import session
from ..source import expressions
from . import arguments, discovery, lenscomments, makers, refused, wholemodels, written
from .alternatives import alternatives
from .made import Made, model_in


def candidate_for(request):
    """The model that was asked for, or None with the reason reported."""
    if request.call is not None:
        return _from_expression(request)
    if request.model is not None:
        candidate = discovery.named(request.model)
        if candidate is None:
            names = ", ".join(candidate.name for candidate in discovery.candidates()) or "none"
            say(f"the file has no model `{request.model}`; it has: {names}")
        return candidate
    found = discovery.candidates()
    if not found:
        if session.is_stopped:
            say("no model was found in the time: it was over before the file had made one; the time limit is a setting")
            return None
        until = "" if session.ended_at is None else f" before it ends itself on line {session.ended_at}"
        say(f"no model was found in this file{until}: no module is called, made or defined, and no function computes on tensors")
        return None
    return found[0]


def _from_expression(request):
    try:
        code = compile(ast.parse(request.call.strip(), "<call>", "eval"), "<call>", "eval")
        framework.seed_everything(request.seed)
        thing = eval(code, session.namespace)
    except (Exception, SystemExit) as error:
        say(f"--call {request.call}: {type(error).__name__}: {error}")
        return None
    name = type(thing).__name__ if not inspect.isfunction(thing) and not isinstance(thing, type) else thing.__name__
    candidate = discovery.of_thing(name, thing, "call")
    if candidate is None:
        say(f"--call {request.call} gives {type(thing).__name__}, not a model")
    return candidate


def make(candidate, request):
    """A Made; None if it failed, which is reported."""
    if candidate.is_fragment:
        return _around_fragment(candidate, request)
    thing = candidate.made
    if candidate.kind in ("instance", "called") and candidate.owner.name == "torch" and (wholemodels.left_out(thing) or is_emptied(candidate)):
        thing = candidate.made = type(thing)
    is_function = inspect.isfunction(thing)
    if not isinstance(thing, type) and not (is_function and candidate.kind == "function"):
        return Made(thing)
    may_be_the_model = is_function and candidate.name not in factories.names()
    chosen = None
    try:
        made = makers.by_function(candidate, request)
        if made is not None:
            return made
        chosen = _arguments(candidate, request)
        return Made(thing) if may_be_the_model and not _makes_model(candidate, chosen) else _made_with(thing, chosen, request)
    except (Exception, SystemExit) as error:
        if may_be_the_model and isinstance(error, CannotAssume):
            return Made(thing)
        made = makers.by_own_method(candidate, request)
        if made is None:
            _report_failed(candidate, request, chosen, error)
        return made


def _around_fragment(candidate, request):
    framework.seed_everything(request.seed)
    model, assumptions = fragment.instance_around(candidate.made, candidate.name)
    if model is None:
        say(f"`{candidate.name}` is a method without its class, and what it calls on `self` is not known", candidate.definition)
        return None
    candidate.owner = framework.of(model)
    return Made(model, assumptions=assumptions)


def _report_failed(candidate, request, chosen, error):
    """`chosen`: the Arguments that it was made with; None where it did not come to that."""
    if isinstance(error, CannotAssume):
        candidate.is_unknown = True
        fault.report_unknown(f"`{candidate.name}` was not constructed: {error}{_how_to_give(error.argument)}", candidate.definition)
        return
    candidate.is_unknown = candidate.kind == "function" or chosen is not None and bool(chosen.sentences)
    comment = lenscomments.comment_for(candidate, request)
    is_said = comment is not None and comment.args is not None
    told = f"{type(error).__name__}: {words.of(error)}".rstrip(": ")
    if is_said and comment.origin == "option":
        say(f"`{candidate.name}` was not constructed: {told}", candidate.definition)
    elif is_said and chosen is None:
        say(f"`# lens: args={comment.args}` for `{candidate.name}`: {told}", candidate.definition)
    else:
        assumed = fault.Assumed([argument.value for argument in chosen.listed if argument.origin == "assumed"] if chosen is not None else ())
        fault.report(error, f"`{candidate.name}` was not constructed with assumed arguments", assumed, candidate.definition, *_as_comment(candidate, chosen) if assumed else ())


def _how_to_give(argument):
    """`argument`: of the model; None where what is lacking lies deeper."""
    return "" if argument is None else f"; give it with `# lens: args=({argument}=…)` above it"


def is_emptied(candidate):
    """Whether an instance of a class of the user's has layers of no size, which came of a package that is not here."""
    model, owner = candidate.made, candidate.owner
    return candidate.kind in ("instance", "called") and not owner.is_container_class(type(model)) and bool(absent.packages()) and _has_no_size(owner, model)


def _as_comment(candidate, chosen):
    """(why none is offered, or None; a fix that writes what was assumed above the model, to be changed there)"""
    given = [argument for argument in chosen.listed if argument.origin != "default"]
    if candidate.definition is None or not all(argument.name.isidentifier() for argument in given):
        return None, ()
    parts = []
    for argument in given:
        try:
            parts.append(f"{argument.name}={argument.code}")
        except written.NotWritten as error:
            return f"what was assumed for `{argument.name}` cannot be written into the file: {error}", ()
    text = f"({', '.join(parts)})"
    try:
        with inputs.trial():
            arguments.for_call(candidate.made, candidate.name, (text, "comment"))
    except Exception as error:
        return f"what was assumed cannot be written into the file: {type(error).__name__}: {words.of(error)}", ()
    return None, [{"title": "Write the assumed arguments above it", "edits": [expressions.line_above(candidate.definition, f"# lens: args={text}")]}]


def _made_with(thing, chosen, request):
    """A Made of a class or function; where the values that were assumed are not taken, or give layers of no size, with others. Raises what the first ones raise."""
    failure = hollow = None
    waiting = itertools.chain([chosen], alternatives(thing, chosen))
    for arguments_ in waiting:
        try:
            made = refused.tried(arguments_, lambda chosen: _made_of(thing, chosen, request, waiting))
            owner = framework.of(made.model)
            if not chosen.sentences or owner is None or not _has_no_size(owner, made.model):
                return made
            hollow = hollow or made
        except (Exception, SystemExit) as error:
            failure = failure or error
            if not chosen.sentences:
                break
    if hollow is not None:
        return hollow
    raise failure


def _has_no_size(owner, model):
    """Whether one of a model's layers has none: `nn.Conv2d(channels // 4, …)` of fewer than four channels."""
    return any(0 in entry.array.shape for entry in owner.parameters(model))


def _made_of(thing, chosen, request, waiting):
    """`waiting`: of other Arguments."""
    framework.seed_everything(request.seed)
    try:
        model = chosen.call(thing)
    except (Exception, SystemExit) as error:
        assumed = next((said for owner in framework.registered() if (said := owner.make_up_for(error)) is not None), None)
        if assumed is None:
            raise
        chosen.sentences.append(assumed)
        framework.seed_everything(request.seed)
        model = chosen.call(thing)
    return Made(model_in(model), chosen.listed, chosen.sentences, _others(thing, request, waiting))


def _others(thing, request, waiting):
    for chosen in waiting:
        try:
            yield _made_of(thing, chosen, request, ())
        except (Exception, SystemExit):
            continue


def _makes_model(candidate, chosen):
    """Whether a function gives a model when it is called, though its text does not look so; tried once, with what it costs put back."""
    try:
        with inputs.trial():
            return framework.of(model_in(candidate.made(*chosen.args, **chosen.kwargs))) is not None
    except (Exception, SystemExit):
        return False


def _arguments(candidate, request):
    comment = lenscomments.comment_for(candidate, request)
    given = None if comment is None or comment.args is None else (comment.args, comment.origin)
    return arguments.for_call(candidate.made, candidate.name, given)


def say(message, place=None, fixes=()):
    diagnostics.report("skipped", "error", message, site.NO_SITE if place is None else place, None, fixes)

"""Functions that a package would start which is not here: as commands with arguments (`click`, `typer`, `fire`, `absl`), or with settings (`hydra`).

What the package would give them is taken from its decorators, from the files of settings that it would read, or assumed as arguments of the command line are.
"""
import functools
import inspect
import re

from .. import diagnostics
from ..meanings import optionvalue
from ..recording import site
from ..session import session
from ..signature import signature_of
from ..source import procedures
from . import absent, hydra

_STARTS = re.compile(r"(^|\.)(Fire|typer\.run|app\.run)$")
_OPTIONS = frozenset({"option", "argument"})
_COMMANDS = frozenset({"command", "group"})


def decorated(decorator, function):
    """What a decorator of a missing package makes of a function: one that can be called without arguments where it is a command, else the function itself. `decorator`: (name,
    args, kwargs) of the call that gave it."""
    name, args, kwargs = decorator
    package, _, last = name.rpartition(".")
    if last in _OPTIONS and any(isinstance(word, str) for word in args):
        function.__dict__.setdefault("_lens_options", {}).update({_destination(args): kwargs})
    elif last in _COMMANDS:
        return _command(function)
    elif last == "main" and package.partition(".")[0] == "hydra":
        return _command(function, lambda: hydra.composed(kwargs.get("config_path"), kwargs.get("config_name")))
    return function


def started(name, args):
    """The function of the file that a call of a missing package's function starts: `fire.Fire(main)`, or `fire.Fire()`, which offers all of them on the command line; None."""
    if not _STARTS.search(name):
        return None
    offered = session.namespace if not args and name.endswith("Fire") else args[0] if args and isinstance(args[0], dict) else None
    function = procedures.command_of(offered) if offered is not None else args[0] if args else None
    return function if inspect.isfunction(function) else None


def _command(function, settings=None):
    @functools.wraps(function)
    def command(*args, **kwargs):
        return start(function, args, kwargs, settings)
    return command


def start(function, args=(), kwargs=None, settings=None):
    """Calls a function with what it is not given: `settings()` for its first parameter, its options' defaults, values that are assumed."""
    kwargs = dict(kwargs or {})
    options = function.__dict__.get("_lens_options", {})
    parameters = [parameter for parameter in signature_of(function).parameters.values() if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)]
    assumed = []
    for place, parameter in enumerate(parameters[len(args):]):
        if parameter.name in kwargs:
            continue
        if settings is not None and place == 0:
            kwargs[parameter.name] = settings()
            continue
        option = options.get(parameter.name) or _option_of(parameter.default)
        if option is None and parameter.default is not parameter.empty:
            continue
        kwargs[parameter.name], is_assumed = _value(parameter, option or {})
        if is_assumed:
            assumed.append(f"{parameter.name} = {kwargs[parameter.name]}")
    if assumed:
        diagnostics.report("skipped", "information", f"required arguments of the command line are assumed: {', '.join(assumed)}", site.here())
    return function(*args, **kwargs)


def _destination(words):
    """The parameter that an option is of: of `-n, --n-layers`, `n_layers`."""
    return max((word for word in words if isinstance(word, str)), key=len).lstrip("-").partition("/")[0].replace("-", "_")


def _option_of(default):
    """Keywords of `typer.Option(0.1)`, which a parameter has for its default."""
    call = getattr(default, "_ghost_call", None) if isinstance(default, absent.Missing) else None
    if call is None or call[0].rpartition(".")[2] not in ("Option", "Argument"):
        return None
    name, args, kwargs = call
    return {"default": args[0], **kwargs} if args and args[0] is not ... else kwargs


def _value(parameter, option):
    """(value, whether it is assumed)"""
    if "default" in option and not isinstance(option["default"], absent.Missing):
        return option["default"], False
    if option.get("is_flag"):
        return False, False
    if option.get("multiple"):
        return (), False
    choices = getattr(option.get("type"), "_ghost_call", None)
    listed = list(choices[1][0]) if choices is not None and choices[0].endswith("Choice") and choices[1] else ()
    return optionvalue.of(parameter.name, option.get("type", parameter.annotation), listed), True

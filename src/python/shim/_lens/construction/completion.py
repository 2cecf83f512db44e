"""What a class or function requires beside the arguments that are known: values for them, by what the file does with them and by what names and annotations mean."""
from ..meanings.names import CannotAssume
from ..signature import VARIADIC, is_required, parameters_of
from . import asserted, refused, sources, usage, wholemodels, written
from .argument import Argument, Arguments, short
from .lengths import as_long_as_asked
from .namespace import Namespace, Sentence
from .wanted import Wanted


def completed(callable_, name, known):
    """`known`: name → Argument, or a list of them for `*args` and `**kwargs`. What is required beside them is assumed."""
    found = Arguments()
    is_gap = False  # behind a default that was left out, arguments are given by name
    for parameter in parameters_of(callable_):
        if parameter.kind in VARIADIC:
            for argument in known.get(parameter.name, ()) or _handed_to_base(parameter, callable_, name, found.sentences):
                found.listed.append(argument)
                if parameter.kind is parameter.VAR_POSITIONAL:
                    found.args.append(argument.value)
                else:
                    found.kwargs[argument.name] = argument.value
            continue
        argument = known.get(parameter.name)
        if argument is not None and argument.origin == "file" and argument.value is None and is_required(parameter) and wholemodels.is_whole(parameter.name):
            argument = None
        if argument is None and not is_required(parameter) and not asserted.is_asserted(callable_, parameter):
            is_gap = True
            found.listed.append(Argument(parameter.name, parameter.default, "default", ""))
            continue
        if argument is None:
            argument = _assumed(parameter, callable_, name, found.sentences)
        found.give(parameter.replace(kind=parameter.KEYWORD_ONLY) if is_gap and parameter.kind is parameter.POSITIONAL_OR_KEYWORD else parameter, argument)
    return found


def _handed_to_base(parameter, callable_, name, sentences):
    """Arguments that a class takes as `**kwargs` since one below it requires them."""
    keywords = usage.keywords_of(callable_, parameter.name) if parameter.kind is parameter.VAR_KEYWORD and isinstance(callable_, type) else None
    if keywords is None or keywords.callable not in callable_.__mro__:
        return []
    own = {one.name for one in parameters_of(callable_)}
    return [_assumed(one, keywords.callable, name, sentences) for one in keywords.missing if one.name not in own]


def _assumed(parameter, callable_, name, sentences):
    try:
        value, reason = sources.value_for(Wanted(parameter, callable_, sentences, constructed))
    except CannotAssume as error:
        error.argument = parameter.name  # in the end that of the outermost, which the user can give
        raise
    value = as_long_as_asked(callable_, parameter.name, value)
    if isinstance(value, Namespace):
        sentences.append(Sentence(parameter.name, value))
    else:
        sentences.append(f"{name}: `{parameter.name}` is not given, assumed {short(value)}")
    return Argument(parameter.name, value, "assumed", reason)


def constructed(cls, sentences):
    """An instance of a class, what it requires assumed."""

    def make(chosen):
        made = written.make(cls, *chosen.args, **chosen.kwargs)
        sentences.extend(chosen.sentences)
        return made
    return refused.tried(completed(cls, cls.__name__, {}), make)

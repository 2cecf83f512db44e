"""The parameters of what can be called. Annotations are evaluated only where they can be: they may name what was never imported, which Python itself never asks for."""
import annotationlib
import inspect

VARIADIC = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)


def signature_of(callable_):
    """Its `inspect.Signature`. Raises TypeError or ValueError where it has none."""
    return inspect.signature(callable_, annotation_format=annotationlib.Format.FORWARDREF)


def parameters_of(callable_):
    """Its parameters; none where it has no signature that can be read."""
    try:
        return list(signature_of(callable_).parameters.values())
    except (TypeError, ValueError):
        return []


def is_required(parameter):
    """Whether a call must give it."""
    return parameter.default is parameter.empty and parameter.kind not in VARIADIC

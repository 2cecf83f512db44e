"""Values for the arguments that a model is made with: those of a `# lens:` comment, else those of a call that the workspace's text has, else what `completion` assumes."""
import itertools

from .. import signature
from ..session import session
from . import completion, foundcalls, places, writtencalls

_MOST_CALLS = 6  # that are tried for one that says all


def for_call(callable_, name, given=None):
    """The Arguments to call a class or function of the file with: `given` (of a comment) before those of a call in a text, those before assumed ones.

    Raises CannotAssume, and what the evaluation of `given` raises.
    """
    if given is None:
        found = _in_file(callable_, name)
        if found is None or found.unsaid > 0 == found.said:
            found = _elsewhere(callable_, name) or found
        if found is not None:
            return found.arguments
    return completion.completed(callable_, name, {} if given is None else writtencalls.of_text(callable_, given))


def is_required(callable_):
    """Whether it cannot be called without arguments."""
    return any(signature.is_required(parameter) for parameter in signature.parameters_of(callable_))


def can_assume(callable_, name):
    """Whether values are known for all that it requires."""
    try:
        for_call(callable_, name)
    except (Exception, SystemExit):
        return False
    return True


def as_in_file(callable_, name):
    """The Arguments of a call of `name` in the file's text; None where there is no usable one."""
    found = _in_file(callable_, name)
    return found and found.arguments


def is_written(callable_, name):
    """Whether the file, or another one of the workspace, has a usable call of it."""
    return _in_file(callable_, name) is not None or _elsewhere(callable_, name) is not None


def _in_file(callable_, name):
    return _remembered(("file", name, id(callable_)), lambda: _best(callable_, name, places.calls_in_file(callable_, name, is_required(callable_))))


def _elsewhere(callable_, name):
    """The FoundCall in another file of the workspace, of a class or function that requires arguments; None where there is no usable one."""
    if not is_required(callable_) or "." in name:
        return None
    return _remembered(("workspace", name, id(callable_)), lambda: _best(callable_, name, places.calls_elsewhere(callable_, name)))


def _remembered(key, find):
    """Looked for once after a run."""
    if key not in session.written_arguments:
        session.written_arguments[key] = find()
    return session.written_arguments[key]


def _best(callable_, name, calls):
    """The FoundCall of the first of some calls that says all that is required, else of the one that says most of it."""
    best = None
    for program, node in itertools.islice(calls, _MOST_CALLS):
        found = foundcalls.read(callable_, name, program, node)
        if found is None:
            continue
        if found.unsaid == 0:
            return found
        if best is None or found.said > best.said:
            best = found
    return best

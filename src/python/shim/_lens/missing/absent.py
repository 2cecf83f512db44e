"""What packages that are not here would have given: their data is empty, numbers of theirs are 0, and outputs of their models are of an assumed width.

What was computed from it is neither data of the file nor its call of a model, and an error that comes of it is none of the user's.
"""
import ast
import linecache
import re
import types

from .. import words
from ..recording import provenance, site
from ..recording.array import Array
from . import emptiness

_HERE = frozenset({"torch", "torchvision", "timm", "keras", "tensorflow", "numpy", "einops", "pytorch_lightning", "lightning", "torchmetrics"})

data = set()      # packages that were asked for data
numbers = set()   # packages of which something was taken for a number
unread = set()    # names that a statement would have bound which found no file
outputs = {}      # id of a value that stands in for a model's output → its assumed width


class Missing:
    """Anything of a package that is not here."""


def is_missing(thing):
    """Whether a thing is of a package that is not here, or only wraps one that is: `RecordStatistics(envs)`."""
    if isinstance(thing, Missing):
        return True
    kept = getattr(thing, "__dict__", None)
    return type(kept) is dict and not isinstance(thing, (type, types.ModuleType, types.FunctionType)) and any(isinstance(one, Missing) for one in kept.values())


def is_behind(values):
    """Whether one of the values was made of data that is not here."""
    return bool(data) and not provenance.empty.isdisjoint(provenance.ancestors(value.id for value in values))


def cause_of(error):
    """Why an error is none of the user's: "there is no data, since `tiktoken` is not here". None where it is."""
    if isinstance(error, (OSError, EOFError)) and (package := _path_of(error)) is not None:
        return lacking({package})
    given = [thing for thing in _given_to_failing_call(error.__traceback__) if isinstance(thing, (Array, Missing))]
    values = [thing.value for thing in given if isinstance(thing, Array) and thing.is_recorded and hasattr(thing, "value")]  # one that was being made has none yet
    if is_behind(values) or data and any(isinstance(thing, Missing) for thing in given):
        return no_data()
    if (unread_ones := {_variable_of(thing._ghost_name) for thing in given if isinstance(thing, Missing)} & unread):
        return f"there is no data, since {lacking(unread_ones)}"
    if packages := _asked_of(error.__traceback__):
        return lacking(packages)
    if any(_is_of_assumed_width(value) for value in values):
        return "the width of what a model that is not here gives is not known"
    return emptiness.cause_of(error)


def _is_of_assumed_width(value):
    return bool(outputs) and bool(value.shape) and any(value.shape[-1] % outputs[id_] == 0 for id_ in outputs.keys() & provenance.ancestors([value.id]))


def no_data():
    return f"there is no data, since {lacking(data)}"


def package_of(name):
    """The package that the dotted name of a thing belongs to; of a package that is here in part, the part that is not: `torch.utils.tensorboard`."""
    head, *rest = name.split(".")
    parts = [part for part in rest[:-1] if part.isidentifier()]
    return ".".join([head, *parts]) if head in _HERE and parts else head


def packages():
    """Those that something was taken from which is not here."""
    return data | numbers


def lacking(names):
    """What is said of packages that are not here, and of data that were not found: "`pandas` is not here and `train_data` was not read"."""
    packages = {name for name in names if _variable_of(name) not in unread}
    variables = {_variable_of(name) for name in names} & unread
    said = [f"{_listed(packages)} is not here"] if packages else []
    return " and ".join(said + ([f"{_listed(variables)} {'was' if len(variables) == 1 else 'were'} not read"] if variables else []))


def _variable_of(name):
    return re.split(r"[\[(]", name, maxsplit=1)[0]


def _listed(names):
    return ", ".join(f"`{name}`" for name in sorted(names))


_PATH = re.compile(r"<(\w+)[.(\w]*[^<>]*>")


def _path_of(error):
    """The package that is not here which a path was to come from that is opened; None."""
    named = _PATH.search(words.of(error))
    if named is not None:
        return named[1]
    missing = next((thing for thing in _given_to_failing_call(error.__traceback__) if isinstance(thing, Missing)), None)
    return None if missing is None else package_of(missing._ghost_name)


def _asked_of(traceback):
    """Packages that are not here of which the user's code asked something before it raised: by an `assert`, or by the tests of the branches that a `raise` stands in."""
    while traceback.tb_next is not None:
        traceback = traceback.tb_next
    frame, line = traceback.tb_frame, traceback.tb_lineno
    found = set()
    for node in (inner for test in _tests_around(frame.f_code.co_filename, line) for inner in ast.walk(test)):
        if isinstance(node, (ast.Name, ast.Attribute)):
            try:
                thing = eval(compile(ast.Expression(node), "<test>", "eval"), frame.f_globals, frame.f_locals)
            except Exception:
                continue
            if isinstance(thing, Missing):
                found.add(package_of(thing._ghost_name))
    return found


def _tests_around(file, line):
    """What is asked on a line of a file that asserts, or around one that raises."""
    if not site.is_user_file(file) or not re.match(r"\s*(assert|raise)\b", linecache.getline(file, line)):
        return []
    try:
        tree = ast.parse("".join(linecache.getlines(file)))
    except (SyntaxError, ValueError):
        return []
    return [node.test for node in ast.walk(tree) if isinstance(node, (ast.If, ast.Assert)) and node.lineno <= line <= node.end_lineno]


def _given_to_failing_call(traceback):
    """What the framework's functions between the user's code and the error hold."""
    given = []
    while traceback is not None:
        frame = traceback.tb_frame
        given = [] if site.is_user_file(frame.f_code.co_filename) else [*given, *_items(frame.f_locals)]
        traceback = traceback.tb_next
    return given


def _items(names):
    for thing in names.values():
        yield from thing if isinstance(thing, (tuple, list)) else (thing,)


def clear():
    data.clear()
    numbers.clear()
    unread.clear()
    outputs.clear()

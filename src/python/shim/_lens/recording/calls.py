"""Which module or function call is running: the tree of calls under which nodes are recorded.

A module call is opened by the frameworks' `Module.__call__` / `Layer.__call__`; a function call by functions that act as
layers (`F.relu`, `tf.nn.conv2d`), marked with `@function`. Both are rows of the report; what is kept of each is what
`CallRecord` in src/graph/modelTrace.ts names.
"""
import contextlib
import functools

from .. import door, words
from . import site

NO_CALL = -1
_MOST_CALLS = 50_000  # within an outermost one: a loop that does not end makes as many rows as it has time for

_stack = []      # open calls, outermost first
_records = []    # every call since `clear`, in the order of their beginning
_muted = 0       # while positive, calls leave no record
_giving = {}     # id of a value -> the calls that gave it, outermost first; of the first `_sorted` records
_sorted = 0
_watchers = []   # objects told of outermost module calls: began(call, call_function), ended(call)


class Call:
    __slots__ = ("id", "parent", "kind", "type", "module", "summary", "builtin", "definition", "site",
                 "inputs", "outputs", "returned", "failure", "given")

    def __init__(self, kind, type, module, summary, builtin, definition):
        self.id = len(_records)
        self.parent = _stack[-1] if _stack else None
        self.kind = kind              # "module" | "function"
        self.type = type              # class or function name
        self.module = module          # the module object (kept alive), None for functions
        self.summary = summary        # arguments worth reading
        self.builtin = builtin        # the framework's own, not the file's
        self.definition = definition  # site id or None
        self.site = site.here()
        self.inputs = []              # door.Value
        self.outputs = []
        self.returned = ""            # class of what it gave, where no tensor is in it
        self.failure = None
        self.given = None             # (args, kwargs), of an outermost one


def current():
    return _stack[-1] if _stack else None


def current_id():
    return _stack[-1].id if _stack else NO_CALL


def outermost_id():
    return _stack[0].id if _stack else NO_CALL


def run(call_function, kind, type, module=None, summary="", builtin=True, definition=None, inputs=(), values_of=None,
        at=None, given=None):
    """Calls `call_function()` as a call of its own. `values_of(result)` lists the Values of what it returns.

    `at`: site to show as the call's, where it is another than the running one (a node of a functional model).
    """
    if _muted:
        return call_function()
    call = Call(kind, type, module, summary, builtin, definition)
    led_here = call.site
    if at is not None:
        call.site = at
    call.inputs = list(inputs)
    is_root = kind == "module" and not _stack
    _records.append(call)
    if _stack and call.id - _stack[0].id == _MOST_CALLS:
        raise door.LimitError(f"`{_stack[0].type}` calls more than {_MOST_CALLS:,} layers and functions: it is stopped here")
    if is_root:
        call.given = given
        for watcher in _watchers:
            watcher.began(call, call_function)
    _stack.append(call)
    site.enter(led_here)
    try:
        result = call_function()
        call.outputs = list(values_of(result)) if values_of else []
        if not call.outputs:
            call.returned = result.__class__.__name__
        return result
    except BaseException as error:
        call.failure = "stopped at the time limit" if isinstance(error, KeyboardInterrupt) else words.of(error) or error.__class__.__name__
        raise
    finally:
        site.leave()
        _stack.pop()
        if is_root:
            for watcher in _watchers:
                watcher.ended(call)


@contextlib.contextmanager
def muted():
    """Calls made within leave no record: shape inference, and layers whose parts are not rows of their own."""
    global _muted
    _muted += 1
    try:
        yield
    finally:
        _muted -= 1


def watch(watcher):
    """Tells `watcher` of every outermost module call from now on."""
    _watchers.append(watcher)


def is_inside_builtin():
    """True inside the framework's own layer or a function that already stands for a layer: no row of its own then."""
    return bool(_stack) and (_stack[-1].builtin or _stack[-1].kind == "function")


def function(name, values_of):
    """Marks a function of a framework that acts as a layer when the user's code calls it directly."""
    def decorate(implementation):
        implementation.__code__ = implementation.__code__.replace(co_name=name)  # of several that are made alike, errors name the one

        @functools.wraps(implementation)
        def wrapper(*args, **kwargs):
            if is_inside_builtin():
                return implementation(*args, **kwargs)
            return run(lambda: implementation(*args, **kwargs), "function", name,
                       inputs=values_of((args, kwargs)), values_of=values_of)
        return wrapper
    return decorate


def records():
    return _records


def that_gave(value):
    """The calls that gave a value, outermost first. Each record is looked at once, when it is first asked for after it ended."""
    global _sorted
    ended = _stack[0].id if _stack else len(_records)
    for call in _records[_sorted:ended]:
        for output in call.outputs:
            _giving.setdefault(output.id, []).append(call)
    _sorted = max(_sorted, ended)
    return _giving.get(value.id, ())


def clear():
    global _muted, _sorted
    _records.clear()
    _giving.clear()
    _sorted = 0
    _stack.clear()
    _muted = 0

"""The outermost module calls of the file: for each model, its first call with the state it had when the call began.

Later code may train the model or set it to eval; what is shown is the call as it was.
"""
from collections import deque

from .. import framework
from ..missing import absent
from ..recording import array, calls, provenance
from . import state


_LATEST_CALLS = 3


class Root:
    """The first call of one module that no other call was open around."""

    __slots__ = ("call", "module", "framework", "again", "last_order", "parameters", "buffers", "end", "was_training", "took_gradients")

    def __init__(self, call, owner, again):
        self.call = call
        self.module = call.module
        self.framework = owner
        self.again = again          # calls it once more on the same arguments
        self.last_order = call.id   # id of its latest call
        self.was_training = getattr(call.module, "training", None)
        self.took_gradients = owner.takes_gradients()
        self.parameters = []        # of state.py, as its buffers
        self.buffers = []
        self.end = call.id + 1      # its calls are those with ids from call.id to here

    @property
    def has_data(self):
        """Whether it was called on what the file has: of a package that is not here, there is no data."""
        return self.lack is None

    @property
    def lack(self):
        """Why there are no data that it was called on; None where there are."""
        args, kwargs = self.call.given or ((), {})
        packages = {absent.package_of(type(given).__name__) for given in (*args, *kwargs.values()) if isinstance(given, absent.Missing)}
        if packages:
            return f"has no data: {absent.lacking(packages)}"
        if absent.is_behind(self.call.inputs):
            return f"has no data: {absent.no_data()}"
        return "takes data out of more than memory holds" if provenance.huge and provenance.huge & provenance.ancestors(value.id for value in self.call.inputs) else None

    def put_back(self):
        """Gives the module the parameters and buffers that it had when this call began."""
        for entry in self.parameters:
            _put_back(entry.parameter.array, entry.value)
        for entry in self.buffers:
            _put_back(entry.buffer.array, entry.before)


def _put_back(array_, value):
    if array_.value is not value:
        array_.assign(value)


class Roots:
    """Told of outermost calls by `calls`; kept in the order of the first calls."""

    def __init__(self):
        self._by_module = {}
        self._latest = {}  # id of a module → roots of its latest calls that took gradients, up to the one that it is trained by
        self._settled = set()  # ids of modules that a step was taken of
        self._open = None
        self._outer_journal = None

    def began(self, call, again):
        root = self._by_module.get(id(call.module))
        if root is not None:
            root.last_order = call.id
        owner = framework.of(call.module) if root is None else root.framework
        if owner is None:
            return
        if root is None:
            self._by_module[id(call.module)] = self._open = Root(call, owner, again)
        elif id(call.module) not in self._settled and owner.takes_gradients():
            self._open = Root(call, owner, again)
            self._latest.setdefault(id(call.module), deque(maxlen=_LATEST_CALLS)).append(self._open)
        else:
            return
        self._outer_journal, array.journal = array.journal, {}

    def ended(self, call):
        root = self._open
        if root is None or root.call is not call:
            return
        self._open = None
        journal, array.journal = array.journal, self._outer_journal
        if array.journal is not None:
            for key, entry in journal.items():
                array.journal.setdefault(key, entry)
        root.end = len(calls.records())
        root.parameters = state.parameters(root.framework, root.module, journal)
        root.buffers = state.buffers(root.framework, root.module, journal)

    def all(self):
        return list(self._by_module.values())

    def of(self, module):
        return self._by_module.get(id(module))

    def of_training(self, module):
        """Roots of calls by which a module may be trained: the first, and the latest that took gradients before its first step."""
        return [self._by_module[id(module)], *self._latest.get(id(module), ())]

    def settle(self, parameters, before):
        """Told of a step: the ids of the parameters that it trains, and of the values that its losses were made from."""
        for root in self._by_module.values():
            calls_ = self.of_training(root.module)
            if any(id(entry.parameter.array) in parameters for entry in root.parameters) and any(value.id in before for one in calls_ for value in one.call.outputs):
                self._settled.add(id(root.module))

    def take(self, module):
        """The root of a module, forgotten: its next call counts as its first."""
        self._latest.pop(id(module), None)
        self._settled.discard(id(module))
        return self._by_module.pop(id(module), None)

    def put(self, root):
        self._by_module[id(root.module)] = root

    def clear(self):
        self._by_module.clear()
        self._latest.clear()
        self._settled.clear()
        self._open = None
        array.journal = None


roots = Roots()
calls.watch(roots)

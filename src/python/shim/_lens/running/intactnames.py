"""What is compared to find what a file has changed: the names of a module or class, and the entries of a table."""
import dis
import gc
import operator
import types

# Kinds of values that code is made of, and constants; all else in a namespace is state, which those who own it begin anew.
_CODE = (types.FunctionType, types.BuiltinFunctionType, types.ModuleType, type, property, classmethod, staticmethod,
         types.MethodDescriptorType, types.WrapperDescriptorType, types.GetSetDescriptorType)
_CONSTANTS = frozenset({int, float, complex, str, bytes, tuple, frozenset, bool, type(None)})
_OF_INTERPRETER = frozenset({"__annotations__", "__annotations_cache__", "__slotnames__"})  # names that it adds when they are first asked for
_STORE_GLOBAL, _EXTENDED_ARG = dis.opmap["STORE_GLOBAL"], dis.opmap["EXTENDED_ARG"]


class Namespace:
    """The names that a module or class has, and its code and constants."""

    def __init__(self, owner, written, is_imported_part):
        self._owner = owner
        self._held = owner.__dict__
        self._written = written  # names that its own functions bind
        self._is_imported_part = is_imported_part
        self._before = {name: value for name, value in self._held.items() if name not in written}
        self._names = [name for name, value in self._before.items()
                       if isinstance(value, _CODE) or type(value) in _CONSTANTS and not (name.startswith("__") and name.endswith("__"))]
        # Both in one step of C: thousands of names are compared before each run.
        self._get = operator.itemgetter(*self._names, "__module__" if isinstance(owner, type) else "__name__")
        self._values = self._get(self._held)
        self._count = len(self._held)

    def is_intact(self):
        try:
            return len(self._held) == self._count and self._get(self._held) == self._values
        except Exception:  # a name is gone, or what is in its place cannot be compared
            return False

    def put_back(self):
        for name, value in zip(self._names, self._values):
            if self._held.get(name, self) is not value:
                self._set(name, value)
        for name in self._before.keys() - self._held.keys():
            self._set(name, self._before[name])
        for name in self._held.keys() - self._before.keys() - self._written - _OF_INTERPRETER:
            if isinstance(self._owner, type):
                type.__delattr__(self._owner, name)
            elif not self._is_imported_part(self._owner, name):
                del self._held[name]
        self._count = len(self._held)

    def _set(self, name, value):
        if isinstance(self._owner, type):
            type.__setattr__(self._owner, name, value)
        else:
            self._held[name] = value


class Table:
    """The entries of a constant that could be changed in place."""

    KINDS = (dict, list, set)

    def __init__(self, held):
        self._held = held
        self._before = held.copy()

    def is_intact(self):
        try:
            return self._held == self._before
        except Exception:  # what is in an entry's place cannot be compared
            return False

    def put_back(self):
        self._held.clear()
        (self._held.extend if isinstance(self._held, list) else self._held.update)(self._before)


def written_by_themselves():
    """{id of a module's names: those that its functions bind with `global`}: such names are state, whatever they hold now."""
    written = {}
    for function in gc.get_objects():
        if type(function) is types.FunctionType:
            names = _globals_bound(function.__code__)
            if names:
                written.setdefault(id(function.__globals__), set()).update(names)
    return written


def _globals_bound(code):
    names = set()
    operations = code.co_code
    if _STORE_GLOBAL in operations[::2]:
        argument = 0
        for operation, part in zip(operations[::2], operations[1::2]):
            argument = argument << 8 | part
            if operation == _STORE_GLOBAL:
                names.add(code.co_names[argument])
            if operation != _EXTENDED_ARG:
                argument = 0
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _globals_bound(constant)
    return names

"""tf.Module and tf.function."""
import functools

from _lens.recording import calls, site
from _lens.recording.array import values_in
from keras._backend.names import snake_case
from keras._backend.variable import BaseVariable, TensorFlowVariable
from keras.layers.layer import Layer


class Module:
    """A class that owns variables. Calling an instance is a row of the report, as a layer's call is."""

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        self.__dict__["_definition"] = site.here()
        return self

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if "__call__" in cls.__dict__:
            cls.__call__ = _recorded(cls.__dict__["__call__"])

    def __init__(self, name=None):
        self._name = name

    @property
    def name(self):
        return self.__dict__.get("_name") or snake_case(type(self).__name__)

    @property
    def variables(self):
        return tuple(v for v in _variables_of(self))

    @property
    def trainable_variables(self):
        return tuple(v for v in self.variables if v.trainable)

    @property
    def non_trainable_variables(self):
        return tuple(v for v in self.variables if not v.trainable)

    @property
    def submodules(self):
        return tuple(module for _, module in modules_of(self)[1:])

    @classmethod
    def with_name_scope(cls, method):
        return method


def _recorded(method):
    @functools.wraps(method)
    def __call__(self, *args, **kwargs):
        return calls.run(lambda: method(self, *args, **kwargs), "module", type(self).__name__, module=self,
                         builtin=type(self).__module__.startswith("tensorflow"), definition=self._definition,
                         inputs=values_in((args, kwargs)), values_of=values_in)
    return __call__


def held_by(module, kinds):
    """[(name, thing)] of the attributes of these kinds, in lists and dicts too."""
    found = []

    def look(name, thing):
        if isinstance(thing, kinds):
            found.append((name, thing))
        elif isinstance(thing, (list, tuple)):
            for index, item in enumerate(thing):
                look(f"{name}/{index}", item)
        elif isinstance(thing, dict):
            for key, item in thing.items():
                look(f"{name}/{key}", item)
    for name, thing in module.__dict__.items():
        look(name, thing)
    return found


def modules_of(module):
    """[(path, module)] of a module and those it holds, Keras layers included."""
    found, known = [("", module)], {id(module)}

    def visit(path, owner):
        if isinstance(owner, Layer):
            return
        for name, below in held_by(owner, (Module, Layer)):
            if id(below) not in known:
                known.add(id(below))
                found.append((f"{path}/{name}" if path else name, below))
                visit(found[-1][0], below)
    visit("", module)
    return found


def _variables_of(module):
    known = set()
    for _, owner in modules_of(module):
        variables = owner.variables if isinstance(owner, Layer) else [v for _, v in held_by(owner, BaseVariable)]
        for variable in variables:
            if id(variable) not in known:
                known.add(id(variable))
                yield variable


def function(func=None, input_signature=None, autograph=True, jit_compile=None, reduce_retracing=False, **kwargs):
    """tf.function: the function itself, since everything is recorded anyway."""
    if func is None:
        return lambda f: f
    return func


class TensorSpec:
    def __init__(self, shape, dtype="float32", name=None):
        from keras._backend.dtypes import dtypes, standard
        from keras._backend.shapes import TensorShape
        self.shape, self.dtype, self.name = TensorShape(shape), dtypes[standard(dtype)], name


Variable = TensorFlowVariable

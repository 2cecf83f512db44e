"""`keras.Layer`: building, calling, weights, names. What a layer computes is in its own class."""
import inspect
import itertools

from _lens.recording import calls, site
from _lens.recording.array import Array, values_in
from _lens.signature import signature_of

from .. import initializers, regularizers
from .._backend import symbolic
from .._backend.dtypes import floatx, is_float, standard
from .._backend.names import auto_name
from .._backend.symbolic import KerasTensor, Node, map_structure
from .._backend.tensor import Tensor, value_of
from .._backend.variable import BaseVariable
from .input_spec import assert_input_compatibility
from .tracked import Tracked

# Layers are numbered as they are constructed.
_serials = itertools.count()

# `training` of the calls that are running, outermost first
_training = []


class Layer(Tracked):
    """Base class of everything that can be called as a layer, models included."""

    _call_parameters, _call_names, _training_default = (), frozenset(), None

    def __new__(cls, *args, **kwargs):
        self = super().__new__(cls)
        state = self.__dict__
        state["_definition"] = site.here()
        state["_serial"] = next(_serials)
        state["_made_with"] = (args, kwargs)
        state["_variables"] = []
        state["_inbound_nodes"] = []
        state["_losses"] = []
        state["built"] = False
        state["_trainable"] = True
        return self

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        build = cls.__dict__.get("build")
        if build is not None:
            cls.build = _marks_built(build)
        signature = signature_of(cls.call)
        cls._call_parameters = tuple(signature.parameters.values())[1:]
        cls._call_names = frozenset(p.name for p in cls._call_parameters)
        cls._training_default = next((p.default for p in cls._call_parameters if p.name == "training"), None)

    def __init__(self, *, activity_regularizer=None, trainable=True, dtype=None, autocast=True, name=None, **kwargs):
        self.name = name if name is not None else auto_name(type(self).__name__)
        self._dtype = _dtype_of_policy(dtype)
        self.activity_regularizer = regularizers.get(activity_regularizer)
        self._trainable = trainable
        self.input_spec = None
        self.supports_masking = getattr(self, "supports_masking", False)
        if "input_dim" in kwargs:
            self._input_shape_arg = (kwargs.pop("input_dim"),)
        elif "input_shape" in kwargs:
            self._input_shape_arg = kwargs.pop("input_shape")
        elif "batch_input_shape" in kwargs:
            self._batch_shape_arg = kwargs.pop("batch_input_shape")
        for ignored in ("input_length", "weights", "implementation", "dynamic"):
            kwargs.pop(ignored, None)
        if kwargs:
            raise ValueError(f"Unrecognized keyword arguments passed to {type(self).__name__}: {kwargs}")

    # building

    def build(self, input_shape=None):
        self.built = True

    def _ensure_built(self, args, kwargs):
        if self.built:
            return
        if type(self).build is Layer.build:
            self.built = True
            return
        shapes = self._shapes_for_build(args, kwargs)
        with calls.muted():
            self.build(*shapes)
        self.built = True

    def _shapes_for_build(self, args, kwargs):
        parameters = list(signature_of(self.build).parameters.values())
        named = [p for p in parameters if p.kind in (p.POSITIONAL_ONLY, p.POSITIONAL_OR_KEYWORD)]
        if len(named) <= 1:
            first = args[0] if args else next(iter(kwargs.values()), None)
            return [map_structure(_shape_of, first)] if named or any(p.kind is p.VAR_POSITIONAL for p in parameters) else []
        given = dict(zip((p.name for p in self._call_parameters), args))
        given.update(kwargs)
        return [map_structure(_shape_of, given.get(p.name.removesuffix("_shape"))) for p in named
                if p.default is p.empty or given.get(p.name.removesuffix("_shape")) is not None]

    # calling

    def __call__(self, *args, **kwargs):
        if "name" not in self.__dict__:
            raise RuntimeError(f"In layer '{type(self).__name__}', you forgot to call `super().__init__()` as the first statement in "
                               f"the `__init__()` method. Go add it!")
        if symbolic.found_in(args) or symbolic.found_in(kwargs.values()):
            return self._call_symbolically(args, kwargs)
        args = tuple(self._converted(a) for a in args)
        kwargs = {key: self._converted(a) for key, a in kwargs.items()}
        self._check_input(args[0] if args else next(iter(kwargs.values()), None))
        self._ensure_built(args, kwargs)
        return self._run(args, kwargs, None)

    def _check_input(self, inputs):
        if self.input_spec is not None:
            assert_input_compatibility(self.input_spec, inputs, self.name)

    def _run(self, args, kwargs, at):
        """The call on real tensors, as a row of the report. `at`: site of the symbolic call that is run."""
        training = kwargs.get("training")
        if training is None and _training:
            training = _training[-1]
        if training is None:
            training = self._training_default if self._training_default is not inspect.Parameter.empty else None
        if "training" in self._call_names:
            kwargs["training"] = training
        else:
            kwargs.pop("training", None)
        masks = self._take_masks(args, kwargs)
        self._losses.clear()
        _training.append(training)
        try:
            outputs = calls.run(
                lambda: self.call(*args, **kwargs), "module", type(self).__name__, module=self, summary=self._summary(),
                builtin=is_builtin(type(self)), definition=self._definition, inputs=values_in((args, kwargs)),
                values_of=values_in, at=at, given=(args, kwargs))
        finally:
            _training.pop()
        self.built = True
        if isinstance(outputs, Tensor):
            self.__dict__["_last_shape"] = tuple(outputs.shape)
        if masks is not None or type(self).compute_mask is not Layer.compute_mask:
            self._pass_mask(args, outputs, masks)
        if self.activity_regularizer is not None and isinstance(outputs, Tensor):
            self.add_loss(self.activity_regularizer(outputs) / float(outputs.shape[0]))
        return outputs

    def _call_symbolically(self, args, kwargs):
        first = args[0] if args else next(iter(kwargs.values()), None)
        self._check_input(first)
        self._ensure_built(args, kwargs)
        outputs = self._symbolic_outputs(args, kwargs)
        Node(self, args, kwargs, outputs)
        return outputs

    def _symbolic_outputs(self, args, kwargs):
        """Symbolic outputs of a call; layers with a shape rule of their own need no probe."""
        if len(args) == 1 and isinstance(args[0], KerasTensor) and args[0]._keras_mask is None and self._has_shape_rule():
            dtype = args[0].dtype if is_float(args[0].dtype) else self._dtype
            return map_shapes(lambda shape: KerasTensor(shape, dtype), self.compute_output_shape(args[0].shape))
        return symbolic.infer(lambda *a, **k: self._run(tuple(map(self._converted, a)), k, None), args, kwargs)

    def _has_shape_rule(self):
        return type(self).compute_output_shape is not Layer.compute_output_shape

    def compute_output_shape(self, *shapes):
        inputs = [map_shapes(lambda s: KerasTensor(s, self._dtype), shape) for shape in shapes]
        outputs = self._symbolic_probe(inputs)
        return map_structure(lambda t: t.shape, outputs)

    def _symbolic_probe(self, inputs):
        self._ensure_built(tuple(inputs), {})
        return symbolic.infer(lambda *a: self._run(a, {}, None), tuple(inputs))

    def compute_mask(self, inputs, previous_mask=None):
        return previous_mask

    def _take_masks(self, args, kwargs):
        """The mask that comes with the first input, put in the `mask` argument if `call` has one."""
        first = args[0] if args else next(iter(kwargs.values()), None)
        mask = getattr(first, "_keras_mask", None)
        if isinstance(first, (list, tuple)) and any(getattr(t, "_keras_mask", None) is not None for t in first):
            mask = [getattr(t, "_keras_mask", None) for t in first]
        if mask is not None and "mask" in self._call_names and kwargs.get("mask") is None:
            kwargs["mask"] = mask
        return kwargs["mask"] if kwargs.get("mask") is not None else mask

    def _pass_mask(self, args, outputs, mask):
        if not self.supports_masking or not args:
            return
        computed = self.compute_mask(args[0], mask)
        outputs = outputs if isinstance(outputs, (list, tuple)) else [outputs]
        computed = computed if isinstance(computed, (list, tuple)) else [computed]
        for output, m in zip(outputs, computed):
            if m is not None and isinstance(output, (Tensor, KerasTensor)) and output._keras_mask is None:
                output._keras_mask = m

    def _converted(self, argument):
        """Arrays of any kind as tensors, floats in this layer's dtype."""
        if isinstance(argument, Tensor):
            value = argument.value
            if is_float(value.dtype) and value.dtype != self._dtype:
                cast = Tensor(value_of(value, self._dtype))
                cast._keras_mask = argument._keras_mask
                return cast
            return argument
        if isinstance(argument, BaseVariable):
            return argument
        if isinstance(argument, Array) or hasattr(argument, "__array__") and not isinstance(argument, (KerasTensor, int, float)):
            value = value_of(argument)
            return Tensor(value_of(value, self._dtype) if is_float(value.dtype) else value)
        if isinstance(argument, list) and _all_numbers(argument):
            value = value_of(argument)
            return Tensor(value_of(value, self._dtype) if is_float(value.dtype) else value)
        if isinstance(argument, (list, tuple)):
            return type(argument)(self._converted(a) for a in argument) if type(argument) in (list, tuple) else argument
        if isinstance(argument, dict):
            return {key: self._converted(a) for key, a in argument.items()}
        return argument

    def call(self, *args, **kwargs):
        raise NotImplementedError(f"Layer {type(self).__name__} does not have a `call()` method implemented.")

    def __repr__(self):
        return f"<{type(self).__name__} name={self.name}, built={self.built}>"

    def _summary(self):
        """Arguments worth reading in a row of the report."""
        return ""

    # what else user code asks of a layer

    @property
    def dtype(self):
        return self._dtype

    compute_dtype = variable_dtype = dtype

    @property
    def dtype_policy(self):
        return self._dtype

    @property
    def path(self):
        return self.name

    @property
    def metrics(self):
        return []

    def _node(self, index=0):
        if not self._inbound_nodes:
            raise AttributeError(f"The layer {self.name} has never been called and thus has no defined input or output.")
        return self._inbound_nodes[index]

    @property
    def input(self):
        inputs = self._node().input_tensors
        return inputs[0] if len(inputs) == 1 else inputs

    @property
    def output(self):
        outputs = self._node().outputs
        return outputs[0] if len(outputs) == 1 else outputs

    @property
    def input_shape(self):
        return map_structure(lambda t: t.shape, self.input)

    @property
    def output_shape(self):
        return map_structure(lambda t: t.shape, self.output)

    def get_config(self):
        return {"name": self.name, "trainable": self.trainable, "dtype": self._dtype}

    @classmethod
    def from_config(cls, config):
        return cls(**config)

    def _anew(self, **overrides):
        """Another layer made with the same arguments, as Keras makes one from this one's config."""
        args, kwargs = self._made_with
        renew = lambda a: a.clone() if isinstance(a, initializers.Initializer) else a
        return type(self)(*map(renew, args), **{**{k: renew(a) for k, a in kwargs.items()}, **overrides})

    def stateless_call(self, *args, **kwargs):
        from _lens import door
        raise door.UnsupportedError("stateless_call is not supported")


def _dtype_of_policy(dtype):
    """The dtype of the weights that a policy such as `mixed_float16` names."""
    if dtype is None:
        return floatx()
    name = getattr(dtype, "name", dtype)
    if isinstance(name, str) and name.startswith("mixed_"):
        return "float32"
    return standard(name)


def _marks_built(build):
    def wrapper(self, *args, **kwargs):
        result = build(self, *args, **kwargs)
        self.built = True
        return result
    wrapper.__signature__ = signature_of(build)
    wrapper.__name__ = "build"
    wrapper.__wrapped__ = build
    return wrapper


def _shape_of(thing):
    return tuple(thing.shape) if hasattr(thing, "shape") else None


def map_shapes(function, shape):
    """`function` on every shape of a structure of shapes: a tuple or list of sizes is one shape."""
    if isinstance(shape, (list, tuple)) and any(isinstance(n, (list, tuple)) for n in shape):
        return type(shape)(map_shapes(function, s) for s in shape)
    return function(tuple(shape))


def _all_numbers(data):
    return bool(data) and all(isinstance(n, (int, float)) or isinstance(n, (list, tuple)) and _all_numbers(n) for n in data)


def is_builtin(cls):
    return cls.__module__.split(".")[0] in ("keras", "tensorflow")

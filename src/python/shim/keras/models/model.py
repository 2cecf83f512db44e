"""`keras.Model`: a layer with `compile`, `fit` and a summary. Fitting trains nothing here: quick-train does, without Python."""
from _lens import door
from _lens.learning import training as training_facts

from .. import losses as keras_losses
from .. import metrics as keras_metrics
from .. import optimizers as keras_optimizers
from .._backend import symbolic
from .._backend.symbolic import KerasTensor
from .._backend.tensor import Tensor, value_of
from ..layers.layer import Layer, map_shapes
from . import summary as summaries
from .history import History


class Model(Layer):
    """A subclassed model, or, given `inputs` and `outputs`, a functional one."""

    def __new__(cls, *args, **kwargs):
        if cls is Model and (len(args) >= 2 or "outputs" in kwargs):
            from .functional import Functional
            return super().__new__(Functional, *args, **kwargs)
        return super().__new__(cls, *args, **kwargs)

    def __init__(self, *args, **kwargs):
        if len(args) >= 2 or "outputs" in kwargs:
            from .functional import Functional
            # a subclass of Model that hands inputs and outputs up is functional from then on
            if not isinstance(self, Functional):
                self.__class__ = type(type(self).__name__, (type(self), Functional), {"__module__": type(self).__module__})
                Functional.__init__(self, *args, **kwargs)
                return
        super().__init__(**kwargs)

    def build(self, input_shape=None):
        """Builds a subclassed model by calling it on symbolic inputs of the given shapes."""
        if input_shape is not None and type(self).call is not Layer.call:
            inputs = map_shapes(lambda shape: KerasTensor(shape, self._dtype), input_shape)
            symbolic.infer(lambda x: self._run((x,), {}, None), (inputs,))
        self.built = True

    def _ensure_built(self, args, kwargs):
        # a model whose `build` is Model's own has nothing to create before its layers are called
        if type(self).build in (Model.build, Layer.build):
            self.built = True
            return
        super()._ensure_built(args, kwargs)

    @property
    def layers(self):
        return [layer for layer in self._sublayers() if not isinstance(layer, keras_metrics.Metric)]

    def get_layer(self, name=None, index=None):
        if index is not None:
            if len(self.layers) <= index:
                raise ValueError(f"Was asked to retrieve layer at index {index} but model only has {len(self.layers)} layers.")
            return self.layers[index]
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ValueError(f"No such layer: {name}. Existing layers are: {[layer.name for layer in self.layers]}.")

    # training

    def compile(self, optimizer="rmsprop", loss=None, loss_weights=None, metrics=None, weighted_metrics=None, run_eagerly=False,
                steps_per_execution=1, jit_compile="auto", auto_scale_loss=True, **kwargs):
        self.optimizer = keras_optimizers.get(optimizer)
        self.loss = loss
        self._compiled_metrics = metrics
        self.optimizer.report()
        first = next(iter(loss.values() if isinstance(loss, dict) else loss), None) if isinstance(loss, (dict, list, tuple)) else loss
        if first is not None:
            self._loss_function = keras_losses.get(first)
            keras_losses.report(self._loss_function)
        self.compiled = True

    _loss_function = None
    optimizer = None
    compiled = False
    stop_training = False

    def _first_batch(self, x, batch_size):
        """The first batch of data given in any of the ways that `fit` takes, as (inputs, targets)."""
        if x is None:
            return None, None
        if isinstance(x, (list, tuple)) and x and hasattr(x[0], "shape"):
            return type(x)(_rows(a, batch_size) for a in x), None
        if isinstance(x, dict):
            return {key: _rows(a, batch_size) for key, a in x.items()}, None
        if hasattr(x, "shape"):
            return _rows(x, batch_size), None
        if isinstance(x, (list, tuple)):
            return _rows(Tensor(value_of(x)), batch_size), None
        if hasattr(x, "__getitem__") and hasattr(x, "__len__") and len(x):
            batch = x[0]
        else:
            batch = next(iter(x), None)
        return (batch[0], batch[1] if len(batch) > 1 else None) if isinstance(batch, (list, tuple)) else (batch, None)

    def _need_compile(self, what):
        if not self.compiled:
            raise ValueError(f"You must call `compile()` before calling `{what}()`.")

    def fit(self, x=None, y=None, batch_size=None, epochs=1, verbose="auto", callbacks=None, validation_split=0.0,
            validation_data=None, shuffle=True, class_weight=None, sample_weight=None, initial_epoch=0, steps_per_epoch=None,
            validation_steps=None, validation_batch_size=None, validation_freq=1, **kwargs):
        """Calls the model once on the first batch, so that it is built and seen; changes no weight."""
        self._need_compile("fit")
        inputs, targets = self._first_batch(x, batch_size or 32)
        if hasattr(inputs, "shape") and inputs.shape:
            training_facts.saw_batch_size(batch_size or int(inputs.shape[0]))
        elif batch_size:
            training_facts.saw_batch_size(batch_size)
        if inputs is not None:
            self._fit_step(inputs, y if y is not None else targets, batch_size)
        return History(self, epochs, self._metric_names(), validation_data is not None or validation_split > 0)

    def _fit_step(self, inputs, targets, batch_size):
        """One step: the class's own `train_step` where it has one, else a call."""
        if type(self).train_step is Model.train_step:
            self._called_on(inputs, training=True)
            return
        if targets is not None and hasattr(targets, "shape"):
            targets = _rows(targets, batch_size or 32)
        data = inputs if targets is None else (inputs, targets)
        self.train_step(symbolic.map_structure(self._converted, data))

    def train_step(self, data):
        """What `fit` does with a batch; classes of the user override it."""
        inputs, targets = data if isinstance(data, tuple) and len(data) == 2 else (data, None)
        outputs = self._called_on(inputs, training=True)
        return {} if targets is None or self._loss_function is None else {"loss": self._loss_function(targets, outputs)}

    def compute_metrics(self, x=None, y=None, y_pred=None, sample_weight=None):
        return {}

    def evaluate(self, x=None, y=None, batch_size=None, verbose="auto", sample_weight=None, steps=None, callbacks=None,
                 return_dict=False, **kwargs):
        self._need_compile("evaluate")
        inputs, _ = self._first_batch(x, batch_size or 32)
        if inputs is not None:
            self._called_on(inputs, training=False)
        names = self._metric_names()
        return {name: float("nan") for name in names} if return_dict else [float("nan")] * len(names) if len(names) > 1 else float("nan")

    def predict(self, x, batch_size=None, verbose="auto", steps=None, callbacks=None):
        """What the model gives for `x`, as NumPy arrays."""
        inputs, _ = (x, None) if hasattr(x, "shape") or isinstance(x, (list, tuple, dict)) else self._first_batch(x, batch_size or 32)
        if isinstance(inputs, list) and not any(hasattr(a, "shape") for a in inputs):
            inputs = Tensor(value_of(inputs))
        return symbolic.map_structure(lambda t: t.numpy() if isinstance(t, Tensor) else t, self._called_on(inputs, training=False))

    def _called_on(self, inputs, training):
        return self(inputs, training=training) if "training" in self._call_names else self(inputs)

    predict_on_batch = predict

    def train_on_batch(self, x, y=None, sample_weight=None, class_weight=None, return_dict=False):
        self._called_on(x, training=True)
        training_facts.step_taken()
        names = self._metric_names()
        return {name: float("nan") for name in names} if return_dict else [float("nan")] * len(names)

    def test_on_batch(self, x, y=None, sample_weight=None, return_dict=False):
        self._called_on(x, training=False)
        names = self._metric_names()
        return {name: float("nan") for name in names} if return_dict else [float("nan")] * len(names)

    def fit_generator(self, generator, **kwargs):
        return self.fit(generator, **kwargs)

    def compute_loss(self, x=None, y=None, y_pred=None, sample_weight=None, training=True):
        return self._loss_function(y, y_pred)

    compiled_loss = compute_loss

    def _metric_names(self):
        names = ["loss"]
        for metric in self._compiled_metrics_list():
            names.append(metric if isinstance(metric, str) else getattr(metric, "name", None) or getattr(metric, "__name__", "metric"))
        return names

    _compiled_metrics = None

    def _compiled_metrics_list(self):
        metrics = self._compiled_metrics or []
        if isinstance(metrics, dict):
            metrics = list(metrics.values())
        return [m for item in metrics for m in (item if isinstance(item, (list, tuple)) else [item])]

    @property
    def metrics_names(self):
        return self._metric_names()

    # the rest of what files do with a model

    def summary(self, line_length=None, positions=None, print_fn=None, expand_nested=False, show_trainable=False, layer_range=None):
        summaries.print_summary(self, print_fn or print, line_length)

    def save(self, filepath=None, *args, **kwargs):
        """Writes nothing: model code has no disk."""

    save_weights = export = save

    def load_weights(self, filepath, *args, **kwargs):
        raise door.UnsupportedError("load_weights is not supported: give the file to --weights instead")

    def to_json(self, **kwargs):
        return "{}"

    def get_config(self):
        return {"name": self.name, "trainable": self.trainable}

    def reset_states(self):
        pass

    def _summary(self):
        return ""


def _rows(data, count):
    if not hasattr(data, "shape"):
        return data
    return data[:count] if len(data.shape) and data.shape[0] is not None and data.shape[0] > count else data

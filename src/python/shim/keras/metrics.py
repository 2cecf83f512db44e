"""keras.metrics: named and kept, so that model code runs; the means and accuracies that custom loops use are computed."""
from ._backend import operations as _operations
from ._backend.names import auto_name as _auto_name
from ._backend.tensor import as_tensor as _as_tensor
from ._backend.tensor import value_of as _value_of

_ops = _operations.ops


class Metric:
    def __init__(self, dtype=None, name=None, **kwargs):
        self.name = name or _auto_name(type(self).__name__)
        self.reset_state()

    def reset_state(self):
        self._total, self._count = 0.0, 0

    reset_states = reset_state

    def update_state(self, *args, **kwargs):
        pass

    def result(self):
        return _as_tensor(float("nan") if self._count == 0 else self._total / self._count)

    def __call__(self, *args, **kwargs):
        self.update_state(*args, **kwargs)
        return self.result()

    def add_weight(self, *args, **kwargs):
        from ._backend.variable import Variable
        kwargs.pop("trainable", None)
        name = kwargs.pop("name", None) or next((a for a in args if isinstance(a, str)), None)
        initializer = kwargs.pop("initializer", "zeros")
        from . import initializers
        return Variable(initializers.get(initializer), kwargs.pop("shape", ()), trainable=False, name=name)


class Mean(Metric):
    def update_state(self, values, sample_weight=None):
        values = _as_tensor(values)
        self._total = self._total + _ops["sum"](values)
        n = 1
        for size in values.shape:
            n *= size
        self._count += n

    def result(self):
        return _as_tensor(0.0) if self._count == 0 else _as_tensor(self._total / float(self._count))


class Sum(Mean):
    def result(self):
        return _as_tensor(self._total)


class _Matches(Mean):
    def _matches(self, y_true, y_pred):
        raise NotImplementedError

    def update_state(self, y_true, y_pred, sample_weight=None):
        super().update_state(_as_tensor(_value_of(self._matches(y_true, _as_tensor(y_pred)), "float32")))


class CategoricalAccuracy(_Matches):
    def _matches(self, y_true, y_pred):
        return _ops["equal"](_ops["argmax"](y_true, axis=-1), _ops["argmax"](y_pred, axis=-1))


class SparseCategoricalAccuracy(_Matches):
    def _matches(self, y_true, y_pred):
        labels = _as_tensor(_value_of(y_true, "int64"))
        if len(labels.shape) == len(y_pred.shape):
            labels = labels[..., 0]
        return _ops["equal"](labels, _ops["argmax"](y_pred, axis=-1))


class BinaryAccuracy(_Matches):
    def __init__(self, name="binary_accuracy", dtype=None, threshold=0.5):
        self.threshold = threshold
        super().__init__(name=name)

    def _matches(self, y_true, y_pred):
        return _ops["equal"](_as_tensor(_value_of(y_true, "bool")), y_pred > self.threshold)


class Accuracy(_Matches):
    def _matches(self, y_true, y_pred):
        return _ops["equal"](_as_tensor(_value_of(y_true, y_pred.value.dtype)), y_pred)


# Metrics that only have to exist: no figure of theirs is shown
for _name in ("AUC", "Precision", "Recall", "MeanSquaredError", "RootMeanSquaredError", "MeanAbsoluteError", "BinaryCrossentropy",
              "CategoricalCrossentropy", "SparseCategoricalCrossentropy", "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy",
              "F1Score", "FBetaScore", "MeanIoU", "IoU", "BinaryIoU", "CosineSimilarity", "KLDivergence", "TruePositives",
              "FalsePositives", "TrueNegatives", "FalseNegatives", "R2Score", "Hinge", "MeanAbsolutePercentageError"):
    globals()[_name] = type(_name, (Metric,), {
        "__module__": __name__,
        "__init__": lambda self, *args, name=None, dtype=None, **kwargs: Metric.__init__(self, name=name)})


def get(identifier):
    return globals()[identifier]() if isinstance(identifier, str) and identifier in globals() else identifier

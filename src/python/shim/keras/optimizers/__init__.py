"""keras.optimizers: settings, kept and reported to quick-train; `apply_gradients` takes one step as gradient descent would."""
import sys as _sys

from _lens.learning import training as _training

from .._backend import operations as _operations
from .._backend.names import snake_case as _snake_case
from . import schedules


# Keras's names of numbers → quick-train's.
_SETTINGS = {"momentum": "momentum", "weight_decay": "weightDecay", "rho": "alpha", "epsilon": "epsilon"}
_LEFT_ASIDE = ("amsgrad", "centered", "clipnorm", "clipvalue", "global_clipnorm")


class Optimizer:
    _kind = "adam"
    built = False

    def __init__(self, learning_rate=0.001, weight_decay=None, clipnorm=None, clipvalue=None, global_clipnorm=None, name=None, **kwargs):
        learning_rate = kwargs.pop("lr", learning_rate)
        self.learning_rate = learning_rate
        self.weight_decay = weight_decay
        self.clipnorm, self.clipvalue, self.global_clipnorm = clipnorm, clipvalue, global_clipnorm
        self.name = name or _snake_case(type(self).__name__)
        self.__dict__.update(kwargs)
        self.iterations = 0

    @property
    def lr(self):
        return self.learning_rate

    def _rate(self):
        rate = self.learning_rate
        if hasattr(rate, "initial_rate"):
            rate = rate.initial_rate()
        return float(rate)

    def report(self):
        """Tells quick-train which optimizer the file uses."""
        settings = {ours: float(getattr(self, name)) for name, ours in _SETTINGS.items() if getattr(self, name, None) is not None}
        settings["learningRate"] = self._rate()
        if hasattr(self, "beta_1"):
            settings["betas"] = [float(self.beta_1), float(self.beta_2)]
        if getattr(self, "nesterov", False):
            settings["nesterov"] = True
        # Keras takes a weight decay off the weights themselves, as AdamW does.
        kind = "adamw" if self._kind == "adam" and self.weight_decay else self._kind
        left_aside = [f"{name}={getattr(self, name)}" for name in _LEFT_ASIDE if getattr(self, name, None)]
        _training.saw_optimizer(kind, settings, type(self).__name__, left_aside)

    def apply_gradients(self, grads_and_vars, **kwargs):
        self.report()
        for gradient, variable in grads_and_vars:
            if gradient is not None:
                variable.assign(variable - _operations.convert_to_tensor(self._rate()) * gradient)
        self.iterations += 1
        _training.step_taken()

    def apply(self, grads, trainable_variables=None):
        self.apply_gradients(zip(grads, trainable_variables or []))

    def minimize(self, loss, var_list, tape=None):
        self.apply_gradients(zip(tape.gradient(loss() if callable(loss) else loss, var_list), var_list))

    def build(self, variables):
        self.built = True

    @property
    def variables(self):
        return []

    def get_config(self):
        return {"name": self.name, "learning_rate": self._rate()}


# class -> (kind for quick-train, learning rate, settings in Keras's order)
_TABLE = {
    "SGD": ("sgd", 0.01, {"momentum": 0.0, "nesterov": False}),
    "Adam": ("adam", 0.001, {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False}),
    "AdamW": ("adamw", 0.001, {"weight_decay": 0.004, "beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7, "amsgrad": False}),
    "RMSprop": ("rmsprop", 0.001, {"rho": 0.9, "momentum": 0.0, "epsilon": 1e-7, "centered": False}),
    "Adagrad": ("adagrad", 0.001, {"initial_accumulator_value": 0.1, "epsilon": 1e-7}),
    "Adadelta": ("adadelta", 0.001, {"rho": 0.95, "epsilon": 1e-7}),
    "Adamax": ("adamax", 0.001, {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}),
    "Nadam": ("nadam", 0.001, {"beta_1": 0.9, "beta_2": 0.999, "epsilon": 1e-7}),
    "Ftrl": ("ftrl", 0.001, {}),
    "Lion": ("lion", 0.001, {"beta_1": 0.9, "beta_2": 0.99}),
}


def _optimizer_class(name, kind, rate, settings):
    def __init__(self, learning_rate=rate, *args, **kwargs):
        Optimizer.__init__(self, learning_rate, **{**settings, **dict(zip(settings, args)), **kwargs})
    return type(name, (Optimizer,), {"__init__": __init__, "_kind": kind, "__module__": __name__})


globals().update({_name: _optimizer_class(_name, *_row) for _name, _row in _TABLE.items()})


# the optimizers of before Keras 2.11 have the same settings
legacy = _sys.modules[f"{__name__}.legacy"] = _sys.modules[__name__]


def get(identifier):
    if isinstance(identifier, str):
        for name in _TABLE:
            if name.lower() == identifier.lower():
                return globals()[name]()
        raise ValueError(f"Could not interpret optimizer identifier: {identifier}")
    if isinstance(identifier, dict):
        return globals()[identifier["class_name"]](**identifier.get("config", {}))
    if isinstance(identifier, type):
        return identifier()
    return identifier

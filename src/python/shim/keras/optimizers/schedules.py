"""keras.optimizers.schedules: quick-train begins with the rate that a schedule begins with."""


class LearningRateSchedule:
    def __call__(self, step):
        return self.initial_rate()

    def initial_rate(self):
        return float(getattr(self, "initial_learning_rate", 0.001))

    def get_config(self):
        return dict(self.__dict__)


# class -> settings in Keras's order, with their defaults
_TABLE = {
    "ExponentialDecay": {"initial_learning_rate": None, "decay_steps": None, "decay_rate": None, "staircase": False},
    "PolynomialDecay": {"initial_learning_rate": None, "decay_steps": None, "end_learning_rate": 0.0001, "power": 1.0, "cycle": False},
    "InverseTimeDecay": {"initial_learning_rate": None, "decay_steps": None, "decay_rate": None, "staircase": False},
    "CosineDecay": {"initial_learning_rate": None, "decay_steps": None, "alpha": 0.0, "name": "CosineDecay", "warmup_target": None,
                    "warmup_steps": 0},
    "CosineDecayRestarts": {"initial_learning_rate": None, "first_decay_steps": None, "t_mul": 2.0, "m_mul": 1.0, "alpha": 0.0},
}


def _schedule(name, settings):
    def __init__(self, *args, **kwargs):
        self.__dict__.update({**settings, **dict(zip(settings, args)), **kwargs})
    return type(name, (LearningRateSchedule,), {"__init__": __init__, "__module__": __name__})


globals().update({_name: _schedule(_name, _settings) for _name, _settings in _TABLE.items()})


class PiecewiseConstantDecay(LearningRateSchedule):
    def __init__(self, boundaries, values, name="PiecewiseConstant"):
        self.boundaries, self.values = boundaries, values

    def initial_rate(self):
        return float(self.values[0])

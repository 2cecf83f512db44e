"""torch.distributions.constraints: named, and not checked: that would need the arguments' numbers."""


class Constraint:
    is_discrete, event_dim = False, 0

    def __init__(self, name, *bounds):
        self._name, self._bounds = name, bounds

    def check(self, value):
        """Everything is taken to fit."""
        return value == value

    def __call__(self, *bounds):
        return Constraint(self._name, *bounds)

    def __repr__(self):
        return self._name + (f"({', '.join(map(str, self._bounds))})" if self._bounds else "()")


def __getattr__(name):
    if name.startswith("__"):
        raise AttributeError(f"module 'torch.distributions.constraints' has no attribute '{name}'")
    return Constraint(name)

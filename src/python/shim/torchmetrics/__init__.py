"""torchmetrics: Accuracy is computed; any other metric is 0. None of them is a part of what is shown."""
import torch
from torch.nn import Module


class Metric(Module):
    """Called, updated, computed and reset."""

    def __init__(self, *args, **kwargs):
        super().__init__()
        self.value = torch.tensor(0.0)

    def __call__(self, *args, **kwargs):
        self.update(*args, **kwargs)
        return self.compute()

    def add_state(self, name, default, dist_reduce_fx=None, persistent=False):
        setattr(self, name, default)

    def update(self, *args, **kwargs):
        pass

    def compute(self):
        return self.value

    def reset(self):
        pass

    def clone(self, prefix=None, postfix=None):
        return self


class Accuracy(Metric):
    """The share of predictions that are the target: the largest class, or probabilities above one half."""

    def update(self, preds, target, *args, **kwargs):
        if preds.dim() > target.dim():
            preds = preds.argmax(1)
        elif preds.is_floating_point():
            preds = preds > 0.5
        self.value = (preds == target).float().mean()


class MetricCollection(torch.nn.ModuleDict):
    def __init__(self, metrics, *others, prefix=None, postfix=None, **kwargs):
        if isinstance(metrics, Metric):
            metrics = [metrics, *others]
        if not isinstance(metrics, dict):
            metrics = {type(metric).__name__: metric for metric in metrics}
        super().__init__(metrics)

    def __call__(self, *args, **kwargs):
        return {name: metric(*args, **kwargs) for name, metric in self.items()}

    update = __call__

    def compute(self):
        return {name: metric.compute() for name, metric in self.items()}

    def reset(self):
        pass

    def clone(self, prefix=None, postfix=None):
        return self


def __getattr__(name):
    if not name[:1].isupper():
        raise AttributeError(f"module 'torchmetrics' has no attribute '{name}'")
    made = globals()[name] = type(name, (Accuracy if "Accuracy" in name else Metric,), {"__module__": "torchmetrics"})
    return made

"""torch.optim.swa_utils: averages of a model's weights over its steps, and the rate that goes with them."""
import copy
import math

from .._apply import write
from .._creation import tensor
from .._grad_mode import no_grad
from ..nn.modules.module import Module
from ..nn.modules.normalization import _BatchNorm
from .lr_scheduler import LRScheduler, _per_group

__all__ = ["AveragedModel", "SWALR", "get_ema_avg_fn", "get_ema_multi_avg_fn", "get_swa_avg_fn", "get_swa_multi_avg_fn", "update_bn"]


def get_ema_avg_fn(decay=0.999):
    _check_decay(decay)
    return no_grad()(lambda ema_param, current_param, num_averaged: decay * ema_param + (1 - decay) * current_param)


def get_swa_avg_fn():
    return no_grad()(lambda averaged_param, current_param, num_averaged: averaged_param + (current_param - averaged_param) / (num_averaged + 1))


def _multi(average):
    def update(averaged, current, num_averaged):
        for mean, now in zip(averaged, current):
            write(mean, average(mean, now, num_averaged))
    return no_grad()(update)


def get_ema_multi_avg_fn(decay=0.999):
    return _multi(get_ema_avg_fn(decay))


def get_swa_multi_avg_fn():
    return _multi(get_swa_avg_fn())


def _check_decay(decay):
    if not 0.0 <= decay <= 1.0:
        raise ValueError(f"Invalid decay value {decay} provided. Please provide a value in [0,1] range.")


class AveragedModel(Module):
    """A copy of a model whose weights are the average of those it was updated with."""

    def __init__(self, model, device=None, avg_fn=None, multi_avg_fn=None, use_buffers=False):
        super().__init__()
        if avg_fn is not None and multi_avg_fn is not None:
            raise AssertionError("Only one of avg_fn and multi_avg_fn should be provided")
        self.module = copy.deepcopy(model)
        self.register_buffer("n_averaged", tensor(0))
        self.avg_fn, self.multi_avg_fn, self.use_buffers = avg_fn, multi_avg_fn, use_buffers

    def forward(self, *args, **kwargs):
        return self.module(*args, **kwargs)

    def _averaged(self, module):
        return [parameter.detach() for parameter in (*module.parameters(), *(module.buffers() if self.use_buffers else ()))]

    def update_parameters(self, model):
        with no_grad():
            own, current = self._averaged(self.module), self._averaged(model)
            count = int(self.n_averaged)
            if count == 0:
                for mean, now in zip(own, current):
                    write(mean, now)
            elif self.multi_avg_fn is not None:
                self.multi_avg_fn(own, current, self.n_averaged)
            else:
                average = self.avg_fn or get_swa_avg_fn()
                for mean, now in zip(own, current):
                    write(mean, average(mean, now, self.n_averaged) if mean.is_floating_point() else now)
            if not self.use_buffers:
                for mean, now in zip(self.module.buffers(), model.buffers()):
                    write(mean, now.detach())
            self.n_averaged.add_(1)


@no_grad()
def update_bn(loader, model, device=None):
    """Computes the running statistics of all batch normalizations anew, over the loader."""
    layers = {module: module.momentum for module in model.modules() if isinstance(module, _BatchNorm)}
    if not layers:
        return
    was_training = model.training
    model.train()
    for layer in layers:
        layer.reset_running_stats()
        layer.momentum = None
    for input in loader:
        model(input[0] if isinstance(input, (list, tuple)) else input)
    for layer, momentum in layers.items():
        layer.momentum = momentum
    model.train(was_training)


class SWALR(LRScheduler):
    """Anneals each group's rate to `swa_lr` within some steps, and keeps it there."""

    def __init__(self, optimizer, swa_lr, anneal_epochs=10, anneal_strategy="cos", last_epoch=-1):
        for rate, group in zip(_per_group(optimizer, swa_lr, "values for swa_lr"), optimizer.param_groups):
            group["swa_lr"] = rate
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(f"anneal_strategy must by one of 'cos' or 'linear', instead got {anneal_strategy}")
        if not isinstance(anneal_epochs, int) or anneal_epochs < 0:
            raise ValueError(f"anneal_epochs must be equal or greater than 0, got {anneal_epochs}")
        self.anneal_epochs, self._anneal_strategy = anneal_epochs, anneal_strategy
        super().__init__(optimizer, last_epoch)

    def _done(self, step):
        t = max(0, min(1, step / max(1, self.anneal_epochs)))
        return (1 - math.cos(math.pi * t)) / 2 if self._anneal_strategy == "cos" else t

    def get_lr(self):
        step = self._step_count - 1 if self.anneal_epochs else max(1, self._step_count - 1)
        before, now = self._done(max(0, step - 1) if self.anneal_epochs else 1), self._done(step)
        starts = [group["lr"] if before == 1 else (group["lr"] - before * group["swa_lr"]) / (1 - before) for group in self.optimizer.param_groups]
        return [group["swa_lr"] * now + start * (1 - now) for group, start in zip(self.optimizer.param_groups, starts)]

"""Schedulers that move rate and momentum between bounds: CyclicLR (Smith 2015), OneCycleLR (Smith and Topin 2017)."""
import math

from .lr_scheduler import LRScheduler, _per_group


class CyclicLR(LRScheduler):
    _SCALES = {"triangular": ("cycle", lambda self, x: 1.0), "triangular2": ("cycle", lambda self, x: 1 / 2.0 ** (x - 1)),
               "exp_range": ("iterations", lambda self, x: self.gamma ** x)}

    def __init__(self, optimizer, base_lr, max_lr, step_size_up=2000, step_size_down=None, mode="triangular", gamma=1.0, scale_fn=None,
                 scale_mode="cycle", cycle_momentum=True, base_momentum=0.8, max_momentum=0.9, last_epoch=-1):
        if mode not in self._SCALES and scale_fn is None:
            raise ValueError("mode is invalid and scale_fn is None")
        self.optimizer, self.mode, self.gamma, self.cycle_momentum = optimizer, mode, gamma, cycle_momentum
        self._scale_fn_custom = scale_fn
        self.scale_mode = scale_mode if scale_fn is not None else self._SCALES[mode][0]
        if last_epoch == -1:
            for rate, group in zip(_per_group(optimizer, base_lr, "values for base_lr"), optimizer.param_groups):
                group["lr"] = group["initial_lr"] = rate
        self.max_lrs = _per_group(optimizer, max_lr, "values for max_lr")
        down = float(step_size_up if step_size_down is None else step_size_down)
        self.total_size = float(step_size_up) + down
        self.step_ratio = float(step_size_up) / self.total_size
        if cycle_momentum:
            if "momentum" not in optimizer.defaults and "betas" not in optimizer.defaults:
                raise ValueError("optimizer must support momentum or beta1 with `cycle_momentum` option enabled")
            self.use_beta1 = "betas" in optimizer.defaults
            self.base_momentums = _per_group(optimizer, base_momentum, "values for base_momentum")
            self.max_momentums = _per_group(optimizer, max_momentum, "values for max_momentum")
            for momentum, group in zip(self.max_momentums, optimizer.param_groups) if last_epoch == -1 else ():
                set_momentum(group, momentum)
        super().__init__(optimizer, last_epoch)
        self.base_lrs = [group["initial_lr"] for group in optimizer.param_groups]

    def scale_fn(self, x):
        return self._scale_fn_custom(x) if self._scale_fn_custom is not None else self._SCALES[self.mode][1](self, x)

    def get_lr(self):
        cycle = math.floor(1 + self.last_epoch / self.total_size)
        x = 1.0 + self.last_epoch / self.total_size - cycle
        height = x / self.step_ratio if x <= self.step_ratio else (x - 1) / (self.step_ratio - 1)
        scale = self.scale_fn(cycle if self.scale_mode == "cycle" else self.last_epoch)
        if self.cycle_momentum:
            for group, low, high in zip(self.optimizer.param_groups, self.base_momentums, self.max_momentums):
                set_momentum(group, high - (high - low) * height * scale)
        return [base + (high - base) * height * scale for base, high in zip(self.base_lrs, self.max_lrs)]


def set_momentum(group, momentum):
    if "betas" in group:
        group["betas"] = (momentum, *group["betas"][1:])
    else:
        group["momentum"] = momentum


def _cosine(start, end, done):
    return end + (start - end) / 2.0 * (math.cos(math.pi * done) + 1)


def _linear(start, end, done):
    return (end - start) * done + start


class OneCycleLR(LRScheduler):
    def __init__(self, optimizer, max_lr, total_steps=None, epochs=None, steps_per_epoch=None, pct_start=0.3, anneal_strategy="cos",
                 cycle_momentum=True, base_momentum=0.85, max_momentum=0.95, div_factor=25.0, final_div_factor=1e4, three_phase=False, last_epoch=-1):
        if total_steps is not None:
            if total_steps <= 0 or not isinstance(total_steps, int):
                raise ValueError(f"Expected positive integer total_steps, but got {total_steps}")
            self.total_steps = total_steps
        elif epochs is not None and steps_per_epoch is not None:
            for name, given in (("epochs", epochs), ("steps_per_epoch", steps_per_epoch)):
                if not isinstance(given, int) or given <= 0:
                    raise ValueError(f"Expected positive integer {name}, but got {given}")
            self.total_steps = epochs * steps_per_epoch
        else:
            raise ValueError("You must define either total_steps OR (epochs AND steps_per_epoch)")
        if not isinstance(pct_start, float) or not 0 <= pct_start <= 1:
            raise ValueError(f"Expected float between 0 and 1 pct_start, but got {pct_start}")
        if anneal_strategy not in ("cos", "linear"):
            raise ValueError(f"anneal_strategy must be one of 'cos' or 'linear', instead got {anneal_strategy}")
        self.optimizer, self._anneal_func_type, self.cycle_momentum = optimizer, anneal_strategy, cycle_momentum
        rise, last = float(pct_start * self.total_steps) - 1, self.total_steps - 1
        if three_phase:
            self._schedule_phases = [(rise, "initial_lr", "max_lr", "max_momentum", "base_momentum"),
                                     (float(2 * pct_start * self.total_steps) - 2, "max_lr", "initial_lr", "base_momentum", "max_momentum"),
                                     (last, "initial_lr", "min_lr", "max_momentum", "max_momentum")]
        else:
            self._schedule_phases = [(rise, "initial_lr", "max_lr", "max_momentum", "base_momentum"),
                                     (last, "max_lr", "min_lr", "base_momentum", "max_momentum")]
        if last_epoch == -1:
            for group, highest in zip(optimizer.param_groups, _per_group(optimizer, max_lr, "values for max_lr")):
                group["initial_lr"], group["max_lr"] = highest / div_factor, highest
                group["min_lr"] = group["initial_lr"] / final_div_factor
        if cycle_momentum:
            if "momentum" not in optimizer.defaults and "betas" not in optimizer.defaults:
                raise ValueError("optimizer must support momentum or beta1 with `cycle_momentum` option enabled")
            self.use_beta1 = "betas" in optimizer.defaults
            for group, low, high in zip(optimizer.param_groups, _per_group(optimizer, base_momentum, "values for base_momentum"),
                                        _per_group(optimizer, max_momentum, "values for max_momentum")) if last_epoch == -1 else ():
                set_momentum(group, high)
                group["max_momentum"], group["base_momentum"] = high, low
        super().__init__(optimizer, last_epoch)

    def get_lr(self):
        step = self.last_epoch
        if step > self.total_steps:
            raise ValueError(f"Tried to step {step} times. The total number of steps is {self.total_steps}")
        between, rates = _cosine if self._anneal_func_type == "cos" else _linear, []
        for group in self.optimizer.param_groups:
            start = 0.0
            for position, (end, from_rate, to_rate, from_momentum, to_momentum) in enumerate(self._schedule_phases):
                if step <= end or position == len(self._schedule_phases) - 1:
                    done = (step - start) / (end - start)
                    rates.append(between(group[from_rate], group[to_rate], done))
                    if self.cycle_momentum:
                        set_momentum(group, between(group[from_momentum], group[to_momentum], done))
                    break
                start = end
        return rates

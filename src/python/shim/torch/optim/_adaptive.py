"""Optimizers that adapt their steps to the gradients seen: Adadelta, Adamax, NAdam, RAdam, Rprop, ASGD, Adafactor, Muon."""
import math

from .._apply import filled, write
from .._dtype import finfo
from .optimizer import Optimizer, check_setting


def _check_betas(betas):
    for position in (0, 1):
        check_setting(f"beta parameter at index {position}", betas[position], 0 <= betas[position] < 1)


def _decayed(group, parameter, gradient):
    """Weight decay: added to the gradient, or taken off the weights (decoupled)."""
    if not group["weight_decay"]:
        return parameter, gradient
    if group.get("decoupled_weight_decay"):
        return parameter * (1 - group["lr"] * group["weight_decay"]), gradient
    return parameter, gradient + group["weight_decay"] * parameter


def _averaged(state, name, new, rate):
    """The running average `rate · old + (1 − rate) · new` of that name, from zero."""
    state[name] = state[name] * rate + new * (1 - rate) if name in state else new * (1 - rate)
    return state[name]


class Adadelta(Optimizer):
    """Zeiler 2012"""

    kind = "adadelta"

    def __init__(self, params, lr=1.0, rho=0.9, eps=1e-6, weight_decay=0, foreach=None, *, capturable=False, maximize=False, differentiable=False):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("rho value", rho, 0 <= rho <= 1)
        check_setting("epsilon value", eps, eps >= 0)
        check_setting("weight_decay value", weight_decay, weight_decay >= 0)
        super().__init__(params, {"lr": lr, "rho": rho, "eps": eps, "weight_decay": weight_decay, "maximize": maximize, "capturable": capturable,
                                  "foreach": foreach, "differentiable": differentiable})

    def _update(self, group, parameter, gradient, state):
        rho, eps = group["rho"], group["eps"]
        state["step"] = state.get("step", 0) + 1
        parameter_now, gradient = _decayed(group, parameter, gradient)
        square = _averaged(state, "square_avg", gradient * gradient, rho)
        moved = state.get("acc_delta", 0 * gradient)
        delta = (moved + eps).sqrt() / (square + eps).sqrt() * gradient
        state["acc_delta"] = moved * rho + delta * delta * (1 - rho)
        write(parameter, parameter_now - delta * group["lr"])


class Adamax(Optimizer):
    """Kingma and Ba 2014, by the infinity norm"""

    kind = "adamax"

    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, foreach=None, *, maximize=False, differentiable=False,
                 capturable=False):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("epsilon value", eps, eps >= 0)
        _check_betas(betas)
        check_setting("weight_decay value", weight_decay, weight_decay >= 0)
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "foreach": foreach, "maximize": maximize,
                                  "differentiable": differentiable, "capturable": capturable})

    def _update(self, group, parameter, gradient, state):
        beta1, beta2 = group["betas"]
        step = state["step"] = state.get("step", 0) + 1
        parameter_now, gradient = _decayed(group, parameter, gradient)
        first = _averaged(state, "exp_avg", gradient, beta1)
        largest = gradient.abs() + group["eps"]
        if "exp_inf" in state:
            largest = largest.maximum(state["exp_inf"] * beta2)
        state["exp_inf"] = largest
        write(parameter, parameter_now - group["lr"] / (1 - beta1 ** step) * (first / largest))


class NAdam(Optimizer):
    """Dozat 2016"""

    kind = "nadam"

    def __init__(self, params, lr=2e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, momentum_decay=4e-3, decoupled_weight_decay=False, *,
                 foreach=None, maximize=False, capturable=False, differentiable=False):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("epsilon value", eps, eps >= 0)
        _check_betas(betas)
        check_setting("weight_decay value", weight_decay, weight_decay >= 0)
        check_setting("momentum_decay value", momentum_decay, momentum_decay >= 0)
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "momentum_decay": momentum_decay,
                                  "decoupled_weight_decay": decoupled_weight_decay, "maximize": maximize, "foreach": foreach,
                                  "capturable": capturable, "differentiable": differentiable})

    def _update(self, group, parameter, gradient, state):
        (beta1, beta2), rate, decay = group["betas"], group["lr"], group["momentum_decay"]
        step = state["step"] = state.get("step", 0) + 1
        parameter_now, gradient = _decayed(group, parameter, gradient)
        momentum, following = (beta1 * (1 - 0.5 * 0.96 ** (at * decay)) for at in (step, step + 1))
        product = state["mu_product"] = state.get("mu_product", 1.0) * momentum
        first = _averaged(state, "exp_avg", gradient, beta1)
        second = _averaged(state, "exp_avg_sq", gradient * gradient, beta2)
        denominator = (second / (1 - beta2 ** step)).sqrt() + group["eps"]
        write(parameter, parameter_now - rate * (1 - momentum) / (1 - product) * (gradient / denominator)
              - rate * following / (1 - product * following) * (first / denominator))


class RAdam(Optimizer):
    """Liu et al. 2019"""

    kind = "radam"

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, decoupled_weight_decay=False, *, foreach=None, maximize=False,
                 capturable=False, differentiable=False):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("epsilon value", eps, eps >= 0)
        _check_betas(betas)
        check_setting("weight_decay value", weight_decay, weight_decay >= 0)
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "maximize": maximize, "foreach": foreach,
                                  "capturable": capturable, "decoupled_weight_decay": decoupled_weight_decay, "differentiable": differentiable})

    def _update(self, group, parameter, gradient, state):
        beta1, beta2 = group["betas"]
        step = state["step"] = state.get("step", 0) + 1
        parameter_now, gradient = _decayed(group, parameter, gradient)
        change = _averaged(state, "exp_avg", gradient, beta1) / (1 - beta1 ** step)
        second = _averaged(state, "exp_avg_sq", gradient * gradient, beta2)
        longest = 2 / (1 - beta2) - 1
        length = longest - 2 * step * beta2 ** step / (1 - beta2 ** step)  # of the average that the second moment approximates
        if length > 5:
            rectified = math.sqrt((length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length))
            change = change * (math.sqrt(1 - beta2 ** step) / (second.sqrt() + group["eps"])) * rectified
        write(parameter, parameter_now - change * group["lr"])


class ASGD(Optimizer):
    """Polyak and Juditsky 1992: the average of the weights is kept beside them."""

    kind = "asgd"

    def __init__(self, params, lr=1e-2, lambd=1e-4, alpha=0.75, t0=1e6, weight_decay=0, foreach=None, maximize=False, differentiable=False,
                 capturable=False):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("weight_decay value", weight_decay, weight_decay >= 0)
        super().__init__(params, {"lr": lr, "lambd": lambd, "alpha": alpha, "t0": t0, "weight_decay": weight_decay, "foreach": foreach,
                                  "maximize": maximize, "differentiable": differentiable, "capturable": capturable})

    def _update(self, group, parameter, gradient, state):
        step = state["step"] = state.get("step", 0) + 1
        eta, mu = state.setdefault("eta", group["lr"]), state.setdefault("mu", 1.0)
        _, gradient = _decayed(group, parameter, gradient)
        now = parameter * (1 - group["lambd"] * eta) - gradient * eta
        state["ax"] = now.clone() if mu == 1 else state["ax"] + (now - state["ax"]) * mu
        state["eta"] = group["lr"] / (1 + group["lambd"] * group["lr"] * step) ** group["alpha"]
        state["mu"] = 1 / max(1, step - group["t0"])
        write(parameter, now)


class Rprop(Optimizer):
    """Riedmiller and Braun 1993: steps by the signs of the gradients alone."""

    kind = "rprop"

    def __init__(self, params, lr=1e-2, etas=(0.5, 1.2), step_sizes=(1e-6, 50), *, capturable=False, foreach=None, maximize=False,
                 differentiable=False):
        check_setting("learning rate", lr, lr >= 0)
        if not 0.0 < etas[0] < 1.0 < etas[1]:
            raise ValueError(f"Invalid eta values: {etas[0]}, {etas[1]}")
        super().__init__(params, {"lr": lr, "etas": etas, "step_sizes": step_sizes, "foreach": foreach, "maximize": maximize,
                                  "differentiable": differentiable, "capturable": capturable})

    def _update(self, group, parameter, gradient, state):
        (shrink, grow), (least, most) = group["etas"], group["step_sizes"]
        state["step"] = state.get("step", 0) + 1
        before = state.setdefault("prev", 0 * gradient)
        size = state.get("step_size", filled(gradient.value.shape, group["lr"], gradient.dtype))
        agreement = gradient * before
        factor = filled(gradient.value.shape, 1.0, gradient.dtype).masked_fill(agreement > 0, grow).masked_fill(agreement < 0, shrink)
        size = state["step_size"] = (size * factor).clamp(least, most)
        gradient = state["prev"] = gradient.masked_fill(agreement < 0, 0)
        write(parameter, parameter - gradient.sign() * size)


class Adafactor(Optimizer):
    """Shazeer and Stern 2018: the second moment of a matrix as the product of a column and a row."""

    kind = "adafactor"

    def __init__(self, params, lr=1e-2, beta2_decay=-0.8, eps=(None, 1e-3), d=1.0, weight_decay=0.0, *, foreach=None, maximize=False):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("epsilon1", eps[0], eps[0] is None or eps[0] >= 0)
        check_setting("epsilon2", eps[1], eps[1] >= 0)
        check_setting("weight_decay value", weight_decay, weight_decay >= 0)
        super().__init__(params, {"lr": lr, "beta2_decay": beta2_decay, "eps": eps, "d": d, "weight_decay": weight_decay, "foreach": foreach,
                                  "maximize": maximize})

    def _update(self, group, parameter, gradient, state):
        tiny, floor = group["eps"]
        tiny = finfo(parameter.dtype).eps if tiny is None else tiny
        step = state["step"] = state.get("step", 0) + 1
        fresh, count = step ** group["beta2_decay"], parameter.numel()
        rate = (parameter.norm(2) / count ** 0.5).clamp(min=floor) * min(group["lr"], 1 / step ** 0.5)
        now = parameter * (1 - group["lr"] * group["weight_decay"]) if group["weight_decay"] else parameter
        if gradient.dim() > 1:
            rows = _averaged(state, "row_var", gradient.square().mean(-1, keepdim=True), 1 - fresh)
            columns = _averaged(state, "col_var", gradient.square().mean(-2, keepdim=True), 1 - fresh)
            variance = (rows @ columns) / rows.mean(-2, keepdim=True).clamp(min=tiny)
        else:
            variance = _averaged(state, "variance", gradient.square(), 1 - fresh)
        update = variance.clamp(min=tiny * tiny).rsqrt() * gradient
        clipped = (update.norm(2) / (count ** 0.5 * group["d"])).clamp(min=1.0)
        write(parameter, now - rate / clipped * update)


class Muon(Optimizer):
    """Jordan et al. 2024: the momentum of a matrix, orthogonalized by Newton-Schulz iterations."""

    kind = "muon"

    def __init__(self, params, lr=1e-3, weight_decay=0.1, momentum=0.95, nesterov=True, ns_coefficients=(3.4445, -4.775, 2.0315), eps=1e-7,
                 ns_steps=5, adjust_lr_fn=None):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("momentum value", momentum, momentum >= 0)
        check_setting("weight_decay value", weight_decay, weight_decay >= 0)
        if adjust_lr_fn not in (None, "original", "match_rms_adamw"):
            raise ValueError(f"Adjust learning rate function {adjust_lr_fn} is not supported")
        super().__init__(params, {"lr": lr, "weight_decay": weight_decay, "momentum": momentum, "nesterov": nesterov,
                                  "ns_coefficients": ns_coefficients, "eps": eps, "ns_steps": ns_steps, "adjust_lr_fn": adjust_lr_fn})
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.dim() != 2:
                    raise ValueError(f"Muon only supports 2D parameters whereas we found a parameter with size: {parameter.size()}")

    def _update(self, group, parameter, gradient, state):
        momentum = group["momentum"]
        average = _averaged(state, "momentum_buffer", gradient, momentum)
        update = gradient.lerp(average, momentum) if group["nesterov"] else average
        rows, columns = parameter.shape
        rate = group["lr"] * (0.2 * math.sqrt(max(rows, columns)) if group["adjust_lr_fn"] == "match_rms_adamw" else math.sqrt(max(1, rows / columns)))
        write(parameter, parameter * (1 - group["lr"] * group["weight_decay"]) - self._orthogonal(group, update).to(parameter.dtype) * rate)

    @staticmethod
    def _orthogonal(group, update):
        (a, b, c), matrix = group["ns_coefficients"], update.bfloat16()
        tall = matrix.shape[0] > matrix.shape[1]
        matrix = matrix.t() if tall else matrix
        matrix = matrix / matrix.norm().clamp(min=group["eps"])
        for _ in range(group["ns_steps"]):
            gram = (matrix @ matrix.t()).float()  # each sum of products is rounded once
            polynomial, wide = (b * gram + c * (gram @ gram)).bfloat16().float(), matrix.float()
            matrix = (a * wide + polynomial @ wide).bfloat16()
        return matrix.t() if tall else matrix

"""The common optimizers, by the formulas of PyTorch's documentation; `_adaptive.py` has the others."""
from _lens.learning import training
from _lens.door import UnsupportedError

from .._apply import write
from .optimizer import Optimizer, check_setting


class SGD(Optimizer):
    kind = "sgd"

    def __init__(self, params, lr=1e-3, momentum=0, dampening=0, weight_decay=0, nesterov=False, *, maximize=False, foreach=None,
                 differentiable=False, fused=None):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("momentum value", momentum, momentum >= 0)
        check_setting("weight_decay value", weight_decay, weight_decay >= 0)
        if nesterov and (momentum <= 0 or dampening != 0):
            raise ValueError("Nesterov momentum requires a momentum and zero dampening")
        super().__init__(params, {"lr": lr, "momentum": momentum, "dampening": dampening, "weight_decay": weight_decay,
                                  "nesterov": nesterov, "maximize": maximize, "foreach": foreach, "differentiable": differentiable,
                                  "fused": fused})

    def _update(self, group, parameter, gradient, state):
        momentum = group["momentum"]
        if group["weight_decay"]:
            gradient = gradient + group["weight_decay"] * parameter
        if momentum:
            buffer = state.get("momentum_buffer")
            buffer = gradient.clone() if buffer is None else buffer * momentum + gradient * (1 - group["dampening"])
            state["momentum_buffer"] = buffer
            gradient = gradient + buffer * momentum if group["nesterov"] else buffer
        write(parameter, parameter - gradient * group["lr"])


class Adam(Optimizer):
    kind = "adam"
    decoupled = False  # weight decay taken off the weights (AdamW), not added to the gradient

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=0, amsgrad=False, *, foreach=None, maximize=False,
                 capturable=False, differentiable=False, fused=None, decoupled_weight_decay=False):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("epsilon value", eps, eps >= 0)
        for position in (0, 1):
            check_setting(f"beta parameter at index {position}", betas[position], 0 <= betas[position] < 1)
        check_setting("weight_decay value", weight_decay, weight_decay >= 0)
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "weight_decay": weight_decay, "amsgrad": amsgrad,
                                  "maximize": maximize, "foreach": foreach, "capturable": capturable, "differentiable": differentiable,
                                  "fused": fused, "decoupled_weight_decay": decoupled_weight_decay or self.decoupled})

    def _update(self, group, parameter, gradient, state):
        (beta1, beta2), rate = group["betas"], group["lr"]
        step = state["step"] = state.get("step", 0) + 1
        weights = parameter
        if group["weight_decay"]:
            if group["decoupled_weight_decay"]:
                weights = parameter * (1 - rate * group["weight_decay"])
            else:
                gradient = gradient + group["weight_decay"] * parameter
        first = gradient * (1 - beta1) if step == 1 else state["exp_avg"] * beta1 + gradient * (1 - beta1)
        second = gradient * gradient * (1 - beta2)
        if step > 1:
            second = state["exp_avg_sq"] * beta2 + second
        state["exp_avg"], state["exp_avg_sq"] = first, second
        if group["amsgrad"]:
            second = state["max_exp_avg_sq"] = second if step == 1 else second.maximum(state["max_exp_avg_sq"])
        denominator = second.sqrt() / (1 - beta2 ** step) ** 0.5 + group["eps"]
        write(parameter, weights - (rate / (1 - beta1 ** step)) * (first / denominator))


class AdamW(Adam):
    kind = "adamw"
    decoupled = True

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, weight_decay=1e-2, amsgrad=False, *, maximize=False, foreach=None,
                 capturable=False, differentiable=False, fused=None):
        super().__init__(params, lr, betas, eps, weight_decay, amsgrad, foreach=foreach, maximize=maximize, capturable=capturable,
                         differentiable=differentiable, fused=fused)


class RMSprop(Optimizer):
    kind = "rmsprop"

    def __init__(self, params, lr=1e-2, alpha=0.99, eps=1e-8, weight_decay=0, momentum=0, centered=False, capturable=False, foreach=None,
                 maximize=False, differentiable=False):
        check_setting("learning rate", lr, lr >= 0)
        check_setting("alpha value", alpha, alpha >= 0)
        super().__init__(params, {"lr": lr, "momentum": momentum, "alpha": alpha, "eps": eps, "centered": centered,
                                  "weight_decay": weight_decay, "capturable": capturable, "foreach": foreach, "maximize": maximize,
                                  "differentiable": differentiable})

    def _update(self, group, parameter, gradient, state):
        alpha = group["alpha"]
        state["step"] = state.get("step", 0) + 1
        if group["weight_decay"]:
            gradient = gradient + group["weight_decay"] * parameter
        square = gradient * gradient * (1 - alpha)
        if "square_avg" in state:
            square = state["square_avg"] * alpha + square
        state["square_avg"] = square
        if group["centered"]:
            mean = gradient * (1 - alpha)
            mean = state["grad_avg"] = state["grad_avg"] * alpha + mean if "grad_avg" in state else mean
            square = square - mean * mean
        change = gradient / (square.sqrt() + group["eps"])
        if group["momentum"]:
            change = state["momentum_buffer"] = state["momentum_buffer"] * group["momentum"] + change if (
                "momentum_buffer" in state) else change
        write(parameter, parameter - change * group["lr"])


class Adagrad(Optimizer):
    kind = "adagrad"

    def __init__(self, params, lr=1e-2, lr_decay=0, weight_decay=0, initial_accumulator_value=0, eps=1e-10, foreach=None, *,
                 maximize=False, differentiable=False, fused=None):
        check_setting("learning rate", lr, lr >= 0)
        super().__init__(params, {"lr": lr, "lr_decay": lr_decay, "eps": eps, "weight_decay": weight_decay,
                                  "initial_accumulator_value": initial_accumulator_value, "foreach": foreach, "maximize": maximize,
                                  "differentiable": differentiable, "fused": fused})

    def _update(self, group, parameter, gradient, state):
        step = state["step"] = state.get("step", 0) + 1
        if group["weight_decay"]:
            gradient = gradient + group["weight_decay"] * parameter
        state["sum"] = state.get("sum", group["initial_accumulator_value"]) + gradient * gradient
        rate = group["lr"] / (1 + (step - 1) * group["lr_decay"])
        write(parameter, parameter - rate * (gradient / (state["sum"].sqrt() + group["eps"])))


class SparseAdam(Optimizer):
    """Adam for sparse gradients, which no layer gives here: a step says so."""

    kind = "sparseadam"

    def __init__(self, params, lr=1e-3, betas=(0.9, 0.999), eps=1e-8, maximize=False):
        check_setting("learning rate", lr, lr > 0)
        super().__init__(params, {"lr": lr, "betas": betas, "eps": eps, "maximize": maximize})

    def _update(self, group, parameter, gradient, state):
        training.step_taken(self)  # within a loop nothing of the step is used: the loop is left here
        raise UnsupportedError("a step of torch.optim.SparseAdam is not supported: gradients are dense here")

"""torch.optim.LBFGS: quasi-Newton steps from the last differences of weights and gradients (Nocedal 1980)."""
from _lens.learning import training
from _lens.door import UnsupportedError

from .._apply import write
from .._grad_mode import enable_grad, no_grad
from .._joining import cat
from .optimizer import Optimizer, check_setting


class LBFGS(Optimizer):
    kind = "lbfgs"

    def __init__(self, params, lr=1, max_iter=20, max_eval=None, tolerance_grad=1e-7, tolerance_change=1e-9, history_size=100, line_search_fn=None):
        check_setting("learning rate", lr, lr >= 0)
        super().__init__(params, {"lr": lr, "max_iter": max_iter, "max_eval": max_iter * 5 // 4 if max_eval is None else max_eval,
                                  "tolerance_grad": tolerance_grad, "tolerance_change": tolerance_change, "history_size": history_size,
                                  "line_search_fn": line_search_fn})
        if len(self.param_groups) != 1:
            raise ValueError("LBFGS doesn't support per-parameter options (parameter groups)")
        self._params = self.param_groups[0]["params"]

    def _gradient(self):
        return cat([(parameter.grad if parameter.grad is not None else 0 * parameter).reshape(-1) for parameter in self._params])

    def _move(self, amount, direction):
        start = 0
        for parameter in self._params:
            count = parameter.numel()
            write(parameter, parameter + amount * direction[start:start + count].reshape(parameter.shape))
            start += count

    def step(self, closure):
        """Up to `max_iter` steps; the loss before the first of them."""
        group, state = self.param_groups[0], self.state[self._params[0]]
        if group["line_search_fn"] is not None:
            training.step_taken(self)
            raise UnsupportedError("torch.optim.LBFGS with a line search is not supported yet")
        with no_grad():
            return self._steps(group, state, closure)

    def _steps(self, group, state, closure):
        def evaluated():
            with enable_grad():
                return closure()
        first = evaluated()
        loss, gradient, evaluations, rate = float(first), self._gradient(), 1, group["lr"]
        state["func_evals"] = state.get("func_evals", 0) + 1
        if float(gradient.abs().max()) <= group["tolerance_grad"]:
            return first
        for iteration in range(1, group["max_iter"] + 1):
            state["n_iter"] = state.get("n_iter", 0) + 1
            direction = self._direction(group, state, gradient)
            state["prev_flat_grad"], before = gradient.clone(), loss
            amount = min(1.0, 1.0 / float(gradient.abs().sum())) * rate if state["n_iter"] == 1 else rate
            slope = float(gradient.dot(direction))
            state["d"], state["t"] = direction, amount
            if slope > -group["tolerance_change"]:
                break
            self._move(amount, direction)
            if iteration != group["max_iter"]:
                loss = float(evaluated())
                gradient = self._gradient()
                evaluations += 1
                state["func_evals"] += 1
            if (evaluations >= group["max_eval"] or float(gradient.abs().max()) <= group["tolerance_grad"]
                    or float((direction * amount).abs().max()) <= group["tolerance_change"] or abs(loss - before) < group["tolerance_change"]):
                break
        return first

    @staticmethod
    def _direction(group, state, gradient):
        """−H · gradient by the two-loop recursion over the kept differences."""
        if state["n_iter"] == 1:
            state["history"], state["H_diag"] = [], 1
            return -gradient
        change, move = gradient - state["prev_flat_grad"], state["d"] * state["t"]
        curvature = float(change.dot(move))
        if curvature > 1e-10:
            state["history"] = [*state["history"], (change, move, 1.0 / curvature)][-group["history_size"]:]
            state["H_diag"] = curvature / float(change.dot(change))
        result, weights = -gradient, []
        for change, move, inverse in reversed(state["history"]):
            weights.append(move.dot(result) * inverse)
            result = result - change * weights[-1]
        result = result * state["H_diag"]
        for (change, move, inverse), weight in zip(state["history"], reversed(weights)):
            result = result + move * (weight - change.dot(result) * inverse)
        return result

    def _update(self, group, parameter, gradient, state):
        raise AssertionError("LBFGS moves all parameters together")

"""torch.optim.Optimizer: parameter groups, and what every step has in common."""
from collections import defaultdict

from _lens import training

from .._grad_mode import enable_grad, no_grad
from .._tensor import Tensor


# torch's names → quick-train's.
_SETTINGS = {"lr": "learningRate", "momentum": "momentum", "weight_decay": "weightDecay", "nesterov": "nesterov", "betas": "betas",
             "alpha": "alpha", "eps": "epsilon"}


class Optimizer:
    """Base class. Subclasses define `_update(group, parameter, gradient, state)`; one step is really taken, then reported."""

    kind = "adam"  # what quick-train starts from

    def __init__(self, params, defaults):
        if isinstance(params, Tensor):
            raise TypeError("params argument given to the optimizer should be an iterable of Tensors or dicts, but got "
                            + params.type())
        self.defaults = defaults
        self.state = defaultdict(dict)
        self.param_groups = []
        groups = list(params)
        if not groups:
            raise ValueError("optimizer got an empty parameter list")
        if isinstance(groups[0], tuple):
            groups = [parameter for _, parameter in groups]
        if not isinstance(groups[0], dict):
            groups = [{"params": groups}]
        for group in groups:
            self.add_param_group(group)
        self._report()

    def _report(self):
        """Tells quick-train which optimizer the file has, by its first group."""
        first, *others = self.param_groups
        settings = {ours: _plain(first[name]) for name, ours in _SETTINGS.items() if first.get(name) is not None}
        left_aside = [f"{name}={first[name]}" for name in ("dampening", "amsgrad", "centered", "maximize") if first.get(name)]
        if any(group.get(name) != first.get(name) for group in others for name in _SETTINGS):
            left_aside.append("the settings of further parameter groups")
        training.saw_optimizer(self.kind, settings, type(self).__name__, left_aside)
        training.found.optimizers.append(self)

    def add_param_group(self, param_group):
        if not isinstance(param_group, dict):
            raise TypeError(f"param_group must be a dict, but got {type(param_group)}")
        members = param_group["params"]
        members = [members] if isinstance(members, Tensor) else list(members)
        members = [member[1] if isinstance(member, tuple) else member for member in members]
        for member in members:
            if not isinstance(member, Tensor):
                raise TypeError(f"optimizer can only optimize Tensors, but one of the params is {type(member).__name__}")
            if not member.is_leaf:
                raise ValueError("can't optimize a non-leaf Tensor")
        self.param_groups.append({"params": members, **self.defaults, **{k: v for k, v in param_group.items() if k != "params"}})

    def zero_grad(self, set_to_none=True):
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.grad = None if set_to_none else parameter.grad.detach() * 0

    def step(self, closure=None):
        loss = None
        if closure is not None:
            with enable_grad():
                loss = closure()
        with no_grad():
            for group in self.param_groups:
                for parameter in group["params"]:
                    if parameter.grad is not None:
                        gradient = -parameter.grad if group.get("maximize") else parameter.grad
                        state = self.state[parameter]
                        if parameter.is_complex():  # as its pairs of real numbers
                            parameter, gradient = parameter._pairs, gradient._pairs
                        self._update(group, parameter, gradient, state)
        training.step_taken(self)
        return loss

    def _update(self, group, parameter, gradient, state):
        raise NotImplementedError

    def state_dict(self):
        """Groups and numbers of steps, parameters by their position."""
        position, packed, groups = 0, {}, []
        for group in self.param_groups:
            numbers = []
            for parameter in group["params"]:
                if parameter in self.state:
                    packed[position] = dict(self.state[parameter])
                numbers.append(position)
                position += 1
            groups.append({**{name: item for name, item in group.items() if name != "params"}, "params": numbers})
        return {"state": packed, "param_groups": groups}

    def load_state_dict(self, state_dict):
        members = [parameter for group in self.param_groups for parameter in group["params"]]
        for group, saved in zip(self.param_groups, state_dict["param_groups"]):
            group.update({name: item for name, item in saved.items() if name != "params"})
        for position, state in state_dict["state"].items():
            self.state[members[position]] = dict(state)

    def __repr__(self):
        text = type(self).__name__ + " ("
        for position, group in enumerate(self.param_groups):
            text += f"\nParameter Group {position}\n"
            text += "".join(f"    {name}: {group[name]}\n" for name in sorted(group) if name != "params")
        return text + ")"


def _plain(setting):
    """A setting as a number, a truth value or a list of numbers."""
    if isinstance(setting, bool):
        return setting
    return [float(each) for each in setting] if isinstance(setting, (tuple, list)) else float(setting)

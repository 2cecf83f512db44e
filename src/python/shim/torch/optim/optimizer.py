"""torch.optim.Optimizer: parameter groups, and what every step has in common."""
import functools
from collections import OrderedDict, defaultdict
from copy import deepcopy

from _lens.learning import training
from _lens.missing.ghost import Ghost

from .._apply import constant
from .._dtype import DTYPES
from .._grad_mode import enable_grad, no_grad
from .._tensor import Tensor
from ..utils.hooks import RemovableHandle

# torch's names → quick-train's.
_SETTINGS = {"lr": "learningRate", "momentum": "momentum", "weight_decay": "weightDecay", "nesterov": "nesterov", "betas": "betas",
             "alpha": "alpha", "eps": "epsilon"}


global_hooks = {"pre": OrderedDict(), "post": OrderedDict()}  # of every optimizer's step


class _Required:
    """The default of a setting that must be given, in older optimizers."""

    def __repr__(self):
        return "<required parameter>"


required = _Required()


def check_setting(name, value, holds):
    if not holds:
        raise ValueError(f"Invalid {name}: {value}")


_COUNTED = frozenset(("step", "mu_product", "eta", "mu"))


class Optimizer:
    """Base class. Subclasses define `_update(group, parameter, gradient, state)`; one step is really taken, then reported."""

    kind = "adam"  # what quick-train starts from

    def __init__(self, params, defaults):
        if isinstance(params, Tensor):
            raise TypeError("params argument given to the optimizer should be an iterable of Tensors or dicts, but got "
                            + params.type())
        self.defaults = defaults
        self._hooks = defaultdict(OrderedDict)  # by what they are called around
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
        settings = {}
        if self.kind in training.OPTIMIZERS:
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
            if not (self.defaults.get("differentiable") or member.is_leaf or member.retains_grad):
                raise ValueError("can't optimize a non-leaf Tensor")
        for name, default in self.defaults.items():
            if default is required and name not in param_group:
                raise ValueError(f"parameter group didn't specify a value of required optimization parameter {name}")
        known = {id(member) for group in self.param_groups for member in group["params"]}
        if any(id(member) in known for member in members):
            raise ValueError("some parameters appear in more than one parameter group")
        self.param_groups.append({"params": members, **self.defaults, **{k: v for k, v in param_group.items() if k != "params"}})

    def zero_grad(self, set_to_none=True):
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.grad = None if set_to_none else parameter.grad.detach() * 0

    def __init_subclass__(cls, **kwargs):
        """A step that a subclass defines has hooks around it, and is one, too."""
        super().__init_subclass__(**kwargs)
        if "step" in cls.__dict__:
            cls.step = _hooked(cls.step)

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
        return loss

    def register_step_pre_hook(self, hook):
        return RemovableHandle(self._hooks["pre"], hook)

    def register_step_post_hook(self, hook):
        return RemovableHandle(self._hooks["post"], hook)

    def register_state_dict_pre_hook(self, hook, prepend=False):
        return registered(self._hooks["state_dict_pre"], hook, prepend)

    def register_state_dict_post_hook(self, hook, prepend=False):
        return registered(self._hooks["state_dict_post"], hook, prepend)

    def register_load_state_dict_pre_hook(self, hook, prepend=False):
        return registered(self._hooks["load_state_dict_pre"], hook, prepend)

    def register_load_state_dict_post_hook(self, hook, prepend=False):
        return registered(self._hooks["load_state_dict_post"], hook, prepend)

    def _update(self, group, parameter, gradient, state):
        raise NotImplementedError

    def state_dict(self):
        """Groups and numbers of steps, parameters by their position."""
        for hook in list(self._hooks["state_dict_pre"].values()):
            hook(self)
        position, packed, groups = 0, {}, []
        for group in self.param_groups:
            numbers = []
            for parameter in group["params"]:
                if self.state.get(parameter):
                    packed[position] = {name: self._packed(name, item) for name, item in self.state[parameter].items()}
                numbers.append(position)
                position += 1
            groups.append({**{name: item for name, item in group.items() if name != "params"}, "params": numbers})
        result = {"state": packed, "param_groups": groups}
        for hook in list(self._hooks["state_dict_post"].values()):
            result = hook(self, result) or result
        return result

    def load_state_dict(self, state_dict):
        if isinstance(state_dict, Ghost):  # of a file that is not here
            return
        for hook in list(self._hooks["load_state_dict_pre"].values()):
            state_dict = hook(self, state_dict) or state_dict
        saved_groups = state_dict["param_groups"]
        if len(self.param_groups) != len(saved_groups):
            raise ValueError("loaded state dict has a different number of parameter groups")
        if any(len(group["params"]) != len(saved["params"]) for group, saved in zip(self.param_groups, saved_groups)):
            raise ValueError("loaded state dict contains a parameter group that doesn't match the size of optimizer's group")
        members = [parameter for group in self.param_groups for parameter in group["params"]]
        for group, saved in zip(self.param_groups, saved_groups):
            group.update({name: deepcopy(item) for name, item in saved.items() if name != "params"})
        numbers = [number for saved in saved_groups for number in saved["params"]]
        for number, state in state_dict["state"].items():
            self.state[members[numbers.index(number)]] = {name: self._unpacked(name, item) for name, item in state.items()}
        for hook in list(self._hooks["load_state_dict_post"].values()):
            hook(self)

    def _packed(self, name, item):
        return constant([float(item)], DTYPES["float32"], ()) if self._counts(name) and isinstance(item, (int, float)) else item

    def _unpacked(self, name, item):
        return item.item() if self._counts(name) and isinstance(item, Tensor) else deepcopy(item)

    def _counts(self, name):
        """Whether this state is a number here, where the next step's formula needs it, and a tensor in what is saved."""
        return name in _COUNTED and type(self)._update is not Optimizer._update

    def __repr__(self):
        text = type(self).__name__ + " ("
        for position, group in enumerate(self.param_groups):
            text += f"\nParameter Group {position}\n"
            text += "".join(f"    {name}: {group[name]}\n" for name in sorted(group) if name != "params")
        return text + ")"


def registered(hooks, hook, prepend):
    handle = RemovableHandle(hooks, hook)
    if prepend:
        hooks.move_to_end(handle.id, last=False)
    return handle


def register_optimizer_step_pre_hook(hook):
    return RemovableHandle(global_hooks["pre"], hook)


def register_optimizer_step_post_hook(hook):
    return RemovableHandle(global_hooks["post"], hook)


def _hooked(step):
    @functools.wraps(step)
    def wrapper(self, *args, **kwargs):
        own = self.__dict__.get("_hooks", {})
        for hook in [*global_hooks["pre"].values(), *own.get("pre", {}).values()]:
            changed = hook(self, args, kwargs)
            if changed is not None:
                args, kwargs = changed
        result = step(self, *args, **kwargs)
        for hook in [*own.get("post", {}).values(), *global_hooks["post"].values()]:
            hook(self, args, kwargs)
        training.step_taken(self)
        return result
    return wrapper


Optimizer.step = _hooked(Optimizer.step)


def _plain(setting):
    """A setting as a number, a truth value or a list of numbers."""
    if isinstance(setting, bool):
        return setting
    return [float(each) for each in setting] if isinstance(setting, (tuple, list)) else float(setting)

"""torch.nn.utils.prune: parameters of which a part is zero, as `NAME_orig` · `NAME_mask` before each call."""
import numbers

from ..._creation import ones_like, zeros_like
from ..._drawing import rand
from ..._registry import FUNCTIONS
from ..._joining import cat


class BasePruningMethod:
    """One way to choose what is pruned: subclasses define `compute_mask(t, default_mask)`."""

    PRUNING_TYPE = "unstructured"

    def __call__(self, module, inputs):
        setattr(module, self._tensor_name, self.apply_mask(module))

    def compute_mask(self, t, default_mask):
        raise NotImplementedError

    def apply_mask(self, module):
        mask = getattr(module, self._tensor_name + "_mask")
        return mask.to(getattr(module, self._tensor_name + "_orig").dtype) * getattr(module, self._tensor_name + "_orig")

    @classmethod
    def apply(cls, module, name, *args, importance_scores=None, **kwargs):
        existing = [(key, hook) for key, hook in module._forward_pre_hooks.items() if isinstance(hook, BasePruningMethod) and hook._tensor_name == name]
        method = cls(*args, **kwargs)
        method._tensor_name = name
        if existing:
            key, old = existing[0]
            del module._forward_pre_hooks[key]
            container = old if isinstance(old, PruningContainer) else PruningContainer(old)
            container.add_pruning_method(method)
            method = container
        original = getattr(module, name + "_orig") if existing else getattr(module, name)
        scores = original if importance_scores is None else importance_scores
        if scores.shape != original.shape:
            raise AssertionError("importance_scores should have the same shape as parameter                 " f"{name} of {module}")
        if existing:
            default = getattr(module, name + "_mask").detach().clone()
        else:
            default = ones_like(original)
            del module._parameters[name]
            module.register_parameter(name + "_orig", original)
        mask = method.compute_mask(scores, default)
        if name + "_mask" in module._buffers:
            module._buffers[name + "_mask"] = mask
        else:
            module.register_buffer(name + "_mask", mask)
        setattr(module, name, method.apply_mask(module))
        module.register_forward_pre_hook(method)
        return method

    def prune(self, t, default_mask=None, importance_scores=None):
        scores = t if importance_scores is None else importance_scores
        return t * self.compute_mask(scores, ones_like(t) if default_mask is None else default_mask)

    def remove(self, module):
        name = self._tensor_name
        original = module._parameters.pop(name + "_orig")
        original.data = self.apply_mask_of(original, module).detach()
        module._buffers.pop(name + "_mask")
        module.__dict__.pop(name, None)
        setattr(module, name, original)

    def apply_mask_of(self, original, module):
        return original * getattr(module, self._tensor_name + "_mask").to(original.dtype)


class PruningContainer(BasePruningMethod):
    """Several methods on one parameter: each prunes of what those before left."""

    PRUNING_TYPE = None

    def __init__(self, *args):
        self._pruning_methods = ()
        for method in args:
            self._tensor_name = method._tensor_name
            self.add_pruning_method(method)

    def add_pruning_method(self, method):
        if not isinstance(method, BasePruningMethod) and method is not None:
            raise TypeError(f"{type(method)} is not a BasePruningMethod subclass")
        if method is not None and self._tensor_name != method._tensor_name:
            raise ValueError("Can only add pruning methods acting on the parameter named '" f"{self._tensor_name}' to PruningContainer {self}." f" Found '{method._tensor_name}'")
        self._pruning_methods += (method,)

    def __len__(self):
        return len(self._pruning_methods)

    def __iter__(self):
        return iter(self._pruning_methods)

    def __getitem__(self, idx):
        return self._pruning_methods[idx]

    def compute_mask(self, t, default_mask):
        method, mask = self._pruning_methods[-1], default_mask
        if method.PRUNING_TYPE == "unstructured":
            left = mask == 1
            result = mask.clone()
            result[left] = method.compute_mask(t[left], mask[left])
            return result
        if method.PRUNING_TYPE == "structured":
            others = [d for d in range(t.dim()) if d != method.dim % t.dim()]
            kept = (mask.sum(others) != 0).nonzero().reshape(-1)
            part = method.compute_mask(t.index_select(method.dim, kept), mask.index_select(method.dim, kept))
            return mask.clone().index_copy(method.dim, kept, part)
        return method.compute_mask(t, mask)


def _count(amount, size):
    """How many of `size` are pruned by an amount: a number of them, or a fraction."""
    if not isinstance(amount, numbers.Real):
        raise TypeError(f"Invalid type for amount: {amount}. Must be int or float.")
    if (isinstance(amount, numbers.Integral) and amount < 0) or (not isinstance(amount, numbers.Integral) and not 0 <= float(amount) <= 1):
        raise ValueError(f"amount={amount} should either be a float in the range [0, 1] or a non-negative integer")
    count = amount if isinstance(amount, numbers.Integral) else round(amount * size)
    if count > size:
        raise ValueError(f"amount={amount} should be smaller than the number of parameters to prune={size}")
    return count


class _ByAmount(BasePruningMethod):
    largest = False  # whether those of the largest scores are pruned

    def __init__(self, amount):
        _count(amount, float("inf")) if isinstance(amount, numbers.Integral) else _count(amount, 0)
        self.amount = amount

    def compute_mask(self, t, default_mask):
        count, mask = _count(self.amount, t.numel()), default_mask.clone()
        if count:
            chosen = self._scores(t).reshape(-1).topk(count, largest=self.largest).indices
            mask.view(-1)[chosen] = 0
        return mask


class RandomUnstructured(_ByAmount):
    largest = True

    @staticmethod
    def _scores(t):
        return FUNCTIONS["rand_like"](t)


class L1Unstructured(_ByAmount):
    @staticmethod
    def _scores(t):
        return t.detach().abs()


class Identity(BasePruningMethod):
    def compute_mask(self, t, default_mask):
        return default_mask


class CustomFromMask(BasePruningMethod):
    PRUNING_TYPE = "global"

    def __init__(self, mask):
        self.mask = mask

    def compute_mask(self, t, default_mask):
        return default_mask * self.mask.to(default_mask.dtype)


class _Structured(BasePruningMethod):
    """Whole slices along an axis."""

    PRUNING_TYPE = "structured"

    def compute_mask(self, t, default_mask):
        if t.dim() <= 1:
            raise ValueError("Structured pruning can only be applied to multidimensional tensors.")
        size = t.shape[self.dim]
        count = _count(self.amount, size)
        if not count:
            return default_mask
        kept = self._scores(t).topk(size - count, largest=True).indices
        mask = zeros_like(t).index_fill(self.dim, kept, 1)
        return mask * default_mask.to(mask.dtype)


class RandomStructured(_Structured):
    def __init__(self, amount, dim=-1):
        self.amount, self.dim = amount, dim

    def _scores(self, t):
        return rand(t.shape[self.dim])


class LnStructured(_Structured):
    def __init__(self, amount, n, dim=-1):
        self.amount, self.n, self.dim = amount, n, dim

    def _scores(self, t):
        return t.detach().norm(self.n, [d for d in range(t.dim()) if d != self.dim % t.dim()])


def identity(module, name):
    Identity.apply(module, name)
    return module


def random_unstructured(module, name, amount):
    RandomUnstructured.apply(module, name, amount)
    return module


def l1_unstructured(module, name, amount, importance_scores=None):
    L1Unstructured.apply(module, name, amount, importance_scores=importance_scores)
    return module


def random_structured(module, name, amount, dim):
    RandomStructured.apply(module, name, amount, dim)
    return module


def ln_structured(module, name, amount, n, dim, importance_scores=None):
    LnStructured.apply(module, name, amount, n, dim, importance_scores=importance_scores)
    return module


def custom_from_mask(module, name, mask):
    CustomFromMask.apply(module, name, mask)
    return module


def global_unstructured(parameters, pruning_method, importance_scores=None, **kwargs):
    """One choice over all of the parameters together."""
    parameters, given = list(parameters), importance_scores or {}
    scores = cat([given.get(each, getattr(*each)).detach().reshape(-1) for each in parameters])
    masks = cat([getattr(module, name + "_mask", ones_like(getattr(module, name))).detach().reshape(-1) for module, name in parameters])
    container = PruningContainer()
    container._tensor_name = "temp"
    method = pruning_method(**kwargs)
    method._tensor_name = "temp"
    if method.PRUNING_TYPE != "unstructured":
        raise TypeError('Only "unstructured" PRUNING_TYPE supported for ' f"the `pruning_method`. Found method {pruning_method} of type {method.PRUNING_TYPE}")
    container.add_pruning_method(method)
    chosen, start = container.compute_mask(scores, masks), 0
    for module, name in parameters:
        like = getattr(module, name)
        custom_from_mask(module, name, chosen[start:start + like.numel()].reshape(like.shape))
        start += like.numel()


def remove(module, name):
    """Makes what is left of the parameter the parameter itself."""
    for key, hook in list(module._forward_pre_hooks.items()):
        if isinstance(hook, BasePruningMethod) and hook._tensor_name == name:
            hook.remove(module)
            del module._forward_pre_hooks[key]
            return module
    raise ValueError(f"Parameter '{name}' of module {module} has to be pruned before pruning can be removed")


def is_pruned(module):
    return any(isinstance(hook, BasePruningMethod) for each in module.modules() for hook in each._forward_pre_hooks.values())

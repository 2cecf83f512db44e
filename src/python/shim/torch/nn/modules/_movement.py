"""What is done to a whole module tree: types, devices, modes, gradients."""
from ..._conversion import dtype_in, to_dtype
from ..._dtype import DTYPES, dtype_of_tensor_type
from ..._grad_mode import no_grad


class Movement:
    """The part of nn.Module that changes all of its tensors, or the way it runs."""

    def _apply(self, fn, recurse=True):
        if recurse:
            for module in self.children():
                module._apply(fn)
        for name, parameter in self._parameters.items():
            if parameter is None:
                continue
            with no_grad():
                changed = fn(parameter)
            if changed is not parameter:
                parameter.data = changed
            if parameter._grad is not None:
                parameter._grad = fn(parameter._grad)
        for name, buffer in self._buffers.items():
            if buffer is not None:
                self._buffers[name] = fn(buffer)
        return self

    def apply(self, fn):
        for module in self.children():
            module.apply(fn)
        fn(self)
        return self

    def to(self, *args, dtype=None, device=None, non_blocking=False, memory_format=None):
        wanted = dtype if dtype is not None else dtype_in(args)
        if memory_format is not None:
            rank = 5 if memory_format._name == "channels_last_3d" else 4
            self._apply(lambda tensor: tensor.to(memory_format=memory_format) if tensor.dim() == rank else tensor)
        return self if wanted is None else self.type(wanted)

    def type(self, dst_type):
        wanted = dtype_of_tensor_type(dst_type)
        return self._apply(lambda tensor: to_dtype(tensor, wanted) if tensor.is_floating_point() else tensor)

    def to_empty(self, *, device, recurse=True):
        return self

    def _same(self, *args, **kwargs):
        """Everything is recorded in one place: a move to a device changes nothing."""
        return self

    cuda = cpu = xpu = ipu = mtia = share_memory = _same

    def train(self, mode=True):
        if not isinstance(mode, bool):
            raise ValueError("training mode is expected to be boolean")
        self.training = mode
        for module in self.children():
            module.train(mode)
        return self

    def eval(self):
        return self.train(False)

    def requires_grad_(self, requires_grad=True):
        for parameter in self.parameters():
            parameter.requires_grad_(requires_grad)
        return self

    def zero_grad(self, set_to_none=True):
        for parameter in self.parameters():
            if parameter.grad is not None:
                parameter.grad = None if set_to_none else parameter.grad.detach() * 0


def _cast(name):
    def method(self):
        return self.type(DTYPES[name])
    return method


for _method, _name in {"float": "float32", "double": "float64", "half": "float16", "bfloat16": "bfloat16"}.items():
    setattr(Movement, _method, _cast(_name))
del _method, _name

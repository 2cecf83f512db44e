"""Lazy modules: what their first input tells gives their parameters a shape; then they are the usual class."""
from ..parameter import UninitializedBuffer, UninitializedParameter, is_lazy


class LazyModuleMixin:
    """Before the first forward, `initialize_parameters` is called with its arguments."""

    cls_to_become = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._load_hook = self._register_load_state_dict_pre_hook(self._lazy_load_hook)
        self._initialize_hook = self.register_forward_pre_hook(self._infer_parameters, with_kwargs=True)

    def initialize_parameters(self, *args, **kwargs):
        raise NotImplementedError(f"initialize_parameters is not implemented for {self.__class__.__name__}")

    def has_uninitialized_params(self):
        return any(is_lazy(tensor) for tensor in (*self._parameters.values(), *self._buffers.values()))

    def _lazy_load_hook(self, state_dict, prefix, *others):
        for name, tensor in (*self._parameters.items(), *self._buffers.items()):
            if is_lazy(tensor) and prefix + name in state_dict and not is_lazy(state_dict[prefix + name]):
                tensor.materialize(state_dict[prefix + name].shape)

    def _infer_parameters(self, module, args, kwargs=None):
        module.initialize_parameters(*args, **(kwargs or {}))
        if module.has_uninitialized_params():
            raise RuntimeError(f"module {self._get_name()} has not been fully initialized")
        module._initialize_hook.remove()
        module._load_hook.remove()
        del module.__dict__["_initialize_hook"], module.__dict__["_load_hook"]
        if module.cls_to_become is not None:
            module.__class__ = module.cls_to_become

    def _replicate_for_data_parallel(self):
        raise RuntimeError("Modules with uninitialized parameters can't be used with `DataParallel`. Run a dummy forward pass to correctly initialize "
                           "the modules")

    def _uninitialized(self, *names, dtype=None):
        """Makes these parameters ones whose shape is not known yet."""
        self._parameters.update({name: UninitializedParameter(dtype=dtype) for name in names})

    def _uninitialized_buffers(self, *names, dtype=None):
        self._buffers.update({name: UninitializedBuffer(dtype=dtype) for name in names})
        self._non_persistent_buffers_set.difference_update(names)

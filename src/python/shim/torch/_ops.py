"""torch.ops: operations by namespace and name, `torch.ops.namespace.name`; those of the user's own, which `torch.library` adds."""
from _lens.door import UnsupportedError


class _Namespace:
    def __init__(self, name):
        self.__dict__["_name"] = name

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        raise UnsupportedError(f"torch.ops.{self._name}.{name} is not supported yet")


class _Operations:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        made = self.__dict__[name] = _Namespace(name)
        return made

    def load_library(self, path):
        raise UnsupportedError("torch.ops.load_library is not supported: libraries are not loaded here")


ops = _Operations()


def add(qualname, operation):
    namespace, _, name = qualname.partition("::")
    setattr(getattr(ops, namespace), name, operation)
    operation.default = operation

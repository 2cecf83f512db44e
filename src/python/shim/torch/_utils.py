"""torch._utils: what files take from it."""


def _rebuild_tensor_v2(*args, **kwargs):
    from _lens.door import UnsupportedError
    raise UnsupportedError("rebuilding a tensor of a storage is not supported: pickles of PyTorch are not read")


_rebuild_tensor = _rebuild_parameter = _rebuild_tensor_v2


def _flatten_dense_tensors(tensors):
    from ._joining import cat
    return cat([tensor.reshape(-1) for tensor in tensors])


def _unflatten_dense_tensors(flat, tensors):
    parts, start = [], 0
    for tensor in tensors:
        parts.append(flat[start:start + tensor.numel()].reshape(tensor.shape))
        start += tensor.numel()
    return tuple(parts)


class ExceptionWrapper:
    """An exception of another process, to be raised in this one."""

    def __init__(self, exc_info=None, where="in background"):
        self.exc_info, self.where = exc_info, where

    def reraise(self):
        raise self.exc_info[1]

"""What einops asks of each framework, with the operations that einops uses there, so that views stay views."""
import keras
import numpy
import torch
from keras._backend.tensor import Tensor as KerasTensor


class Torch:
    types = (torch.Tensor,)
    reshape = staticmethod(lambda tensor, shape: tensor.reshape(shape))
    permute = staticmethod(lambda tensor, order: tensor.permute(order))
    stack = staticmethod(lambda tensors: torch.stack(tensors))
    join = staticmethod(lambda tensors, axis: torch.cat(tensors, dim=axis))
    einsum = staticmethod(torch.einsum)
    to_numpy = staticmethod(lambda tensor: tensor.detach().cpu().numpy())
    shape = staticmethod(lambda tensor: tensor.shape)

    @staticmethod
    def is_float(tensor):
        return tensor.dtype.is_floating_point

    @staticmethod
    def reduce(tensor, reduction, axes):
        if reduction in ("any", "all", "prod"):  # which take one axis at a time
            for axis in reversed(axes):
                tensor = getattr(tensor, reduction)(dim=axis)
            return tensor
        return getattr(tensor, {"min": "amin", "max": "amax"}.get(reduction, reduction))(dim=axes)

    @staticmethod
    def add_axes(tensor, added):
        for axis in added:
            tensor = tensor.unsqueeze(axis)
        return tensor.expand([added.get(axis, -1) for axis in range(tensor.dim())])


class NumPy:
    types = (numpy.ndarray,)
    reshape = staticmethod(lambda array, shape: array.reshape(shape))
    permute = staticmethod(lambda array, order: array.transpose(order))
    stack = staticmethod(lambda arrays: numpy.stack(arrays))
    join = staticmethod(lambda arrays, axis: numpy.concatenate(arrays, axis=axis))
    einsum = staticmethod(numpy.einsum)
    to_numpy = staticmethod(lambda array: array)
    reduce = staticmethod(lambda array, reduction, axes: getattr(array, reduction)(axis=axes))
    shape = staticmethod(lambda array: array.shape)

    @staticmethod
    def is_float(array):
        return numpy.issubdtype(array.dtype, numpy.floating)

    @staticmethod
    def add_axes(array, added):
        for axis in added:
            array = numpy.expand_dims(array, axis)
        return numpy.tile(array, tuple(added.get(axis, 1) for axis in range(array.ndim)))


class Keras:
    """Keras's and TensorFlow's tensors and variables, and the symbolic ones of functional models."""

    types = (KerasTensor, keras.Variable, keras.KerasTensor)
    reshape = staticmethod(keras.ops.reshape)
    permute = staticmethod(keras.ops.transpose)
    stack = staticmethod(keras.ops.stack)
    join = staticmethod(lambda tensors, axis: keras.ops.concatenate(tensors, axis=axis))
    einsum = staticmethod(keras.ops.einsum)
    to_numpy = staticmethod(lambda tensor: tensor.numpy())
    reduce = staticmethod(lambda tensor, reduction, axes: getattr(keras.ops, reduction)(tensor, axis=axes))
    shape = staticmethod(lambda tensor: tuple(tensor.shape))

    @staticmethod
    def is_float(tensor):
        return "float" in str(getattr(tensor.dtype, "name", tensor.dtype))

    @staticmethod
    def add_axes(tensor, added):
        for axis in added:
            tensor = keras.ops.expand_dims(tensor, axis)
        return keras.ops.tile(tensor, tuple(added.get(axis, 1) for axis in range(len(tensor.shape))))


def framework_of(tensor):
    for framework in (Torch, NumPy, Keras):
        if isinstance(tensor, framework.types):
            return framework
    raise RuntimeError(f"Tensor type unknown to einops {type(tensor)}")

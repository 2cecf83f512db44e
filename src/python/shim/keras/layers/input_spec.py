"""What a layer expects of its input, and how it says that an input does not fit."""


class InputSpec:
    """keras.InputSpec"""

    def __init__(self, dtype=None, shape=None, ndim=None, max_ndim=None, min_ndim=None, axes=None, allow_last_axis_squeeze=False,
                 name=None, optional=False):
        self.dtype, self.name, self.optional = dtype, name, optional
        self.shape = None if shape is None else tuple(shape)
        self.ndim = ndim if shape is None else len(self.shape)
        self.max_ndim, self.min_ndim = max_ndim, min_ndim
        self.axes = axes or {}
        self.allow_last_axis_squeeze = allow_last_axis_squeeze


def assert_input_compatibility(spec, inputs, name):
    """Raises a ValueError in Keras's words if `inputs` do not fit `spec`."""
    specs = spec if isinstance(spec, (list, tuple)) else [spec]
    tensors = inputs if isinstance(inputs, (list, tuple)) else list(inputs.values()) if isinstance(inputs, dict) else [inputs]
    if len(tensors) != len(specs):
        raise ValueError(f'Layer "{name}" expects {len(specs)} input(s), but it received {len(tensors)} input tensors. '
                                f"Inputs received: {inputs}")
    for index, (tensor, one) in enumerate(zip(tensors, specs)):
        if one is None or tensor is None:
            continue
        if not hasattr(tensor, "shape"):
            raise ValueError(f"Inputs to a layer should be tensors. Got '{tensor}' (of type {type(tensor)}) as input for layer '{name}'.")
        problem = _problem(one, tuple(tensor.shape))
        if problem is not None:
            raise ValueError(f'Input {index} of layer "{name}" is incompatible with the layer: {problem}')


def _problem(spec, shape):
    rank = len(shape)
    if spec.ndim is not None and rank != spec.ndim and spec.shape is None:
        return f"expected ndim={spec.ndim}, found ndim={rank}. Full shape received: {shape}"
    if spec.max_ndim is not None and rank > spec.max_ndim:
        return f"expected max_ndim={spec.max_ndim}, found ndim={rank}"
    if spec.min_ndim is not None and rank < spec.min_ndim:
        return f"expected min_ndim={spec.min_ndim}, found ndim={rank}. Full shape received: {shape}"
    for axis, size in spec.axes.items():
        if size is not None and shape[axis] not in (size, None):
            return f"expected axis {axis} of input shape to have value {size}, but received input with shape {shape}"
    if spec.shape is not None:
        if rank != len(spec.shape) or any(a is not None and b is not None and a != b for a, b in zip(spec.shape, shape)):
            return f"expected shape={spec.shape}, found shape={shape}"
    return None

"""What the layer `EinMix` has in common in all frameworks: a rearrangement, a product with a weight over named axes, a rearrangement."""
import math
import string
import warnings

from .._error import EinopsError
from .._pattern import ELLIPSIS, Side


class Mixing:
    """Of a layer with `pattern`, `weight_shape`, `bias_shape` and `axes_lengths`. Each framework's class makes parameters and calls."""

    def _prepare(self, pattern, weight_shape, bias_shape, axes_lengths):
        """Gives (shape, bound) of the weight and of the bias (or None), which are drawn uniformly between -bound and bound."""
        self.pattern, self.weight_shape, self.bias_shape, self.axes_lengths = pattern, weight_shape, bias_shape, axes_lengths
        left_text, right_text = pattern.split("->")
        left, right, weight = Side(left_text), Side(right_text), Side(weight_shape)
        _check_sides(pattern, left, right, weight, weight_shape)
        self.pre_rearrange = self.post_rearrange = None
        if any(len(group) != 1 for group in left.groups):
            names = _spelled(left)
            self.pre_rearrange = self._rearrange(f"{left_text}-> {' '.join(names)}", {n: size for n, size in axes_lengths.items() if n in names})
        if any(len(group) != 1 for group in right.groups) or right.ellipsis == "grouped":
            self.post_rearrange = self._rearrange(f"{' '.join(_spelled(right))} ->{right_text}", {})
        _check_lengths(left, right, weight, axes_lengths)
        letters = dict(zip(sorted((left.names | right.names | weight.names) - {ELLIPSIS}), string.ascii_lowercase)) | {ELLIPSIS: "..."}
        self.einsum_pattern = "{},{}->{}".format(*("".join(letters[axis] for axis in side.flat()) for side in (left, weight, right)))
        sizes = [axes_lengths[axis] for axis in weight.flat()]
        fan_in = math.prod(axes_lengths[axis] for axis in weight.flat() if axis not in right.names)
        bias = None if bias_shape is None else (_shape_of_bias(right, bias_shape, axes_lengths), (1 / fan_in) ** 0.5)
        return (sizes, (3 / fan_in) ** 0.5), bias

    def extra_repr(self):
        shapes = [repr(self.pattern), f"'{self.weight_shape}'"] + ([] if self.bias_shape is None else [f"'{self.bias_shape}'"])
        return ", ".join([*shapes, *(f"{axis}={length}" for axis, length in self.axes_lengths.items())])

    def __repr__(self):
        return f"{type(self).__name__}({self.extra_repr()})"


def _spelled(side):
    return ["..." if axis == ELLIPSIS else axis for axis in side.flat()]


def _refuse(axes, sentence):
    if axes:
        raise EinopsError(sentence.format(axes))


def _check_sides(pattern, left, right, weight, weight_shape):
    _refuse(right.names - left.names - weight.names, "Unrecognized identifiers on the right side of EinMix {}")
    if weight.ellipsis:
        raise EinopsError("Ellipsis is not supported in weight, as its shape should be fully specified")
    if bool(left.ellipsis) != bool(right.ellipsis):
        raise EinopsError(f"Ellipsis in EinMix should be on both sides, {pattern}")
    if left.ellipsis == "grouped":
        raise EinopsError(f"Ellipsis on left side can't be in parenthesis, got {pattern}")
    if any(side.has_numbers for side in (left, right, weight)):
        raise EinopsError("Anonymous axes (numbers) are not allowed in EinMix")
    if "(" in weight_shape or ")" in weight_shape:
        raise EinopsError(f"Parenthesis is not allowed in weight shape: {weight_shape}")


def _check_lengths(left, right, weight, lengths):
    for axis in weight.flat():
        if axis not in lengths:
            raise EinopsError(f"Dimension {axis} of weight should be specified")
    _refuse(set(lengths) - left.names - weight.names, "Axes {} are not used in pattern")
    _refuse(weight.names - left.names - right.names, "Weight axes {} are redundant")
    if not weight.names:
        warnings.warn("EinMix: weight has no dimensions (means multiplication by a number)")


def _shape_of_bias(right, bias_shape, lengths):
    """Broadcast against the product: the axes after the ellipsis, of length 1 where the bias does not depend on one."""
    if not isinstance(bias_shape, str):
        raise EinopsError("bias shape should be string specifying which axes bias depends on")
    names = Side(bias_shape).names
    _refuse(names - right.names, "Bias axes {} not present in output")
    _refuse(names - set(lengths), "Sizes not provided for bias axes {}")
    axes = right.flat()
    if right.ellipsis and names & set(axes[:axes.index(ELLIPSIS)]):
        raise EinopsError("all bias dimensions should go after ellipsis in the output")
    return [lengths[axis] if axis in names else 1 for axis in axes if axis != ELLIPSIS]

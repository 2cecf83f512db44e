"""grid_sample and affine_grid of torch.nn.functional: an image read at places that are themselves computed.

Composed of gathers of the neighbours and their weights, so that both the image and the places have gradients of every order.
"""
import itertools
import math

from _lens.recording import calls
from _lens.recording.array import values_in

from .._apply import apply, filled, with_zero_gradient
from .._creation import linspace, ones
from .._dtype import int64
from .._joining import stack
from .._selection import gather
from .._elementwise import where

layer = calls.function


def _checked(input, grid, mode, padding_mode):
    if mode not in ("bilinear", "nearest", "bicubic"):
        raise ValueError(f"nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '{mode}'")
    if padding_mode not in ("zeros", "border", "reflection"):
        raise ValueError("nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or 'reflection', but got: "
                         f"'{padding_mode}'")
    shapes = f"input with sizes {list(input.value.shape)} and grid with sizes {list(grid.value.shape)}"
    if input.value.shape[0] != grid.value.shape[0]:
        raise RuntimeError(f"grid_sampler(): expected grid and input to have same batch size, but got {shapes}")
    rank = input.dim() - 2
    if grid.value.shape[-1] != rank:
        raise RuntimeError(f"grid_sampler(): expected grid to have size {rank} in last dimension, but got grid with sizes "
                           f"{list(grid.value.shape)}")
    if rank not in (2, 3) or grid.dim() != rank + 2:
        raise RuntimeError(f"grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, but got {shapes}")
    if input.dtype is not grid.dtype:
        raise RuntimeError(f"expected scalar type {input._scalar_type()} but found {grid._scalar_type()}")
    if mode == "bicubic" and rank != 2:
        raise RuntimeError("grid_sampler(): bicubic interpolation only supports 4D input")


def _reflected(place, low, high):
    """A place thrown back at both borders until it lies between them."""
    if low == high:
        return place * 0
    span = high - low
    distance = (place - low).abs()
    rest = apply("fmod", distance, (distance * 0 + span).detach())
    is_even = apply("remainder", (distance / span).floor(), (distance * 0 + 2).detach()) == 0
    return where(is_even, rest + low, span - rest + low)


def _inside(place, size, padding_mode, align_corners):
    """A place as `padding_mode` moves what lies outside."""
    if padding_mode == "reflection":
        place = _reflected(place, 0.0, size - 1.0) if align_corners else _reflected(place, -0.5, size - 0.5)
    # on the border itself the slope is 0, unlike clamp's
    return place if padding_mode == "zeros" else apply("hardtanh", place, minVal=0, maxVal=size - 1)


def _cubic_weights(t):
    """Keys' cubic convolution with a = -3/4 of the four neighbours; `t`: distance from the second."""
    a = -0.75

    def near(d):
        return ((a + 2) * d - (a + 3)) * d * d + 1

    def far(d):
        return ((a * d - 5 * a) * d + 8 * a) * d - 4 * a
    return [far(t + 1), near(t), near(1 - t), far(2 - t)]


def _neighbours(place, size, mode, padding_mode, align_corners):
    """[(whole place, weight or None)] along one axis."""
    if mode == "bicubic":
        low = place.detach().floor()
        return [(_inside(low + step, size, padding_mode, align_corners), weight) for step, weight in zip((-1, 0, 1, 2), _cubic_weights(place - low))]
    place = _inside(place, size, padding_mode, align_corners)
    if mode == "nearest":
        return [(place.detach().round(), None)]
    low = place.detach().floor()
    return [(low, 1 - (place - low)), (low + 1, place - low)]


def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    """(N, C, H, W) read at (N, H', W', 2) places, in units of half the image from its centre; or of three axes."""
    return _grid_sample(input, grid, mode, padding_mode, bool(align_corners))


@layer("grid_sample", values_in)
def _grid_sample(input, grid, mode, padding_mode, align_corners):
    _checked(input, grid, mode, padding_mode)
    batch, channels, *sizes = input.value.shape
    output = list(grid.value.shape[1:-1])
    flat = input.reshape(batch, channels, -1)
    axes = []
    for axis, size in enumerate(sizes):
        place = grid.select(-1, len(sizes) - 1 - axis)  # x comes first
        place = (place + 1) * ((size - 1) / 2) if align_corners else ((place + 1) * size - 1) * 0.5
        axes.append(_neighbours(place, size, mode, padding_mode, align_corners))
    total, nothing = None, filled((), 0, input.dtype)
    for corner in itertools.product(*axes):
        position, weight, seen = 0, None, None
        for axis, ((place, own), size) in enumerate(zip(corner, sizes)):
            within = apply("logical_and", place >= 0, place <= size - 1)
            seen = within if seen is None else apply("logical_and", seen, within)
            position = position + place.clamp(0, size - 1).nan_to_num(0.0).to(int64) * math.prod(sizes[axis + 1:])
            weight = own if weight is None else weight * own
        places = position.reshape(batch, 1, -1).expand(batch, channels, -1)
        values = gather(flat, 2, places).reshape(batch, channels, *output)
        values = apply("where", seen.unsqueeze(1), values, nothing) if padding_mode == "zeros" else values
        part = values if weight is None else values * weight.unsqueeze(1)
        total = part if total is None else total + part
    if mode == "nearest":
        total = with_zero_gradient(total, grid.select(-1, 0).unsqueeze(1), operation="where")
    return apply("reshape", total, operation=f"grid_sampler{len(sizes)}d", shape=[batch, channels, *output])


def _centres(size, align_corners, dtype):
    """Places of an axis's elements from -1 to 1."""
    if size == 1:
        return linspace(0, 0, 1, dtype=dtype)
    ends = 1.0 if align_corners else (size - 1) / size
    return linspace(-ends, ends, size, dtype=dtype)


@layer("affine_grid", values_in)
def affine_grid(theta, size, align_corners=None):
    """The places that affine maps (N, 2, 3) take those of an image of `size` to; or (N, 3, 4) of three axes."""
    if not theta.is_floating_point():
        raise ValueError(f"Expected theta to have floating point type, but got {theta.dtype}")
    size = tuple(size)
    rank = len(size) - 2
    if rank not in (2, 3):
        raise NotImplementedError("affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. "
                                  f"Got size {size}.")
    if theta.dim() != 3 or tuple(theta.value.shape[1:]) != (rank, rank + 1):
        raise ValueError(f"Expected a batch of {rank}D affine matrices of shape Nx{rank}x{rank + 1} for size {size}. Got {theta.shape}.")
    if min(size) <= 0:
        raise ValueError(f"Expected non-zero, positive output size. Got {size}")
    spatial = size[2:]
    parts = []
    for axis, length in reversed(list(enumerate(spatial))):
        centres = _centres(length, align_corners, theta.dtype)
        parts.append(centres.reshape([-1 if d == axis else 1 for d in range(rank)]).expand(spatial))
    base = stack([*parts, ones(*spatial, dtype=theta.dtype)], -1).reshape(1, -1, rank + 1).expand(size[0], -1, -1)
    grid = apply("matmul", base, theta.transpose(1, 2))
    return apply("reshape", grid, operation="affine_grid_generator", shape=[size[0], *spatial, rank])

"""`.pt` and `.pth`: the archives of `torch.save`: a pickle, and a member of bytes for each storage."""
import math

from .given import GivenFile, WeightsError, archive, read_member
from .numbers import SIZES, Stored
from .unpickling import Tensor, unpickled

# Where checkpoints keep the model, in the order of their claim.
_WITHIN = ("state_dict", "model_state_dict", "model_state", "model", "module", "net", "network", "weights")
_DEEPEST = 4
# What files of PyTorch before 1.6 begin with: a pickled number, 0x1950a86a20f9469cfc6c.
_OLD_FORMAT = b"\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19"


def arrays():
    """{name: Stored}"""
    file = GivenFile()
    if _OLD_FORMAT in file.range(0, min(file.size, 16)).tobytes():
        raise WeightsError("it is in the format of PyTorch before 1.6: load it there and `torch.save` it again")
    opened = archive("a file of `torch.save`")
    pickles = [name for name in opened.namelist() if name.rpartition("/")[2] == "data.pkl"]
    if len(pickles) != 1:
        raise WeightsError("it is not a file of `torch.save`")
    folder = pickles[0].removesuffix("data.pkl")
    if f"{folder}constants.pkl" in opened.namelist():
        raise WeightsError("it is a TorchScript program: save `model.state_dict()`")
    if f"{folder}byteorder" in opened.namelist() and read_member(opened, f"{folder}byteorder") != b"little":
        raise WeightsError("it is stored in big-endian order")
    return {name: _array(opened, folder, name, tensor) for name, tensor in state_in(unpickled(read_member(opened, pickles[0]))).items()}


def state_in(thing):
    """{name: Tensor} of a state_dict, or of the one that a checkpoint holds."""
    if isinstance(thing, Tensor):
        raise WeightsError("it holds one tensor, not a state_dict")
    for _ in range(_DEEPEST):
        if not isinstance(thing, dict):
            break
        state = {name: tensor for name, tensor in thing.items() if isinstance(name, str) and isinstance(tensor, Tensor)}
        within = next((thing[name] for name in _WITHIN if isinstance(thing.get(name), dict)), None)
        if within is None:
            return state or _parts(thing)
        thing = within
    raise WeightsError(f"it holds {type(thing).__name__}, not a state_dict")


def _parts(thing):
    """The state_dicts of several parts (`{"encoder": …, "decoder": …}`) as one."""
    state = {f"{part}.{name}": tensor for part, inner in thing.items() if isinstance(inner, dict)
             for name, tensor in inner.items() if isinstance(tensor, Tensor)}
    if not state:
        raise WeightsError("there is no state_dict in it")
    return state


def _array(opened, folder, name, tensor):
    dtype, shape, strides = tensor.storage.dtype, tensor.shape, tensor.strides
    size = SIZES[dtype][0]
    member = f"{folder}data/{tensor.storage.key}"
    if not all(isinstance(n, int) and n >= 0 for n in (tensor.offset, *shape, *strides)) or len(shape) != len(strides):
        raise WeightsError(f"the entry of `{name}` is damaged")
    span = 0 if 0 in shape else 1 + sum((n - 1) * stride for n, stride in zip(shape, strides))
    if member not in opened.namelist() or (tensor.offset + span) * size > opened.getinfo(member).file_size:
        raise WeightsError(f"the numbers of `{name}` are not in it")

    def read(count):
        return read_member(opened, member, tensor.offset * size, count * size)
    by_stride = sorted(range(len(shape)), key=lambda axis: (-strides[axis], axis))
    stored = [shape[axis] for axis in by_stride]
    if _is_dense(stored, [strides[axis] for axis in by_stride]):
        order = None if by_stride == list(range(len(shape))) else tuple(by_stride.index(axis) for axis in range(len(shape)))
        return Stored(dtype, stored, lambda: read(math.prod(shape)), order)
    return Stored(dtype, shape, lambda: _gathered(read(span), size, shape, strides))


def _is_dense(shape, strides):
    """Whether elements lie one behind the other, the last axis fastest."""
    step = 1
    for n, stride in zip(reversed(shape), reversed(strides)):
        if n != 1 and stride != step:
            return False
        step *= n
    return True


def _gathered(content, size, shape, strides):
    """The elements of a view with gaps or repeats, row-major."""
    places = [0]
    for n, stride in zip(shape, strides):
        places = [place + index * stride for place in places for index in range(n)]
    return b"".join(content[place * size:(place + 1) * size] for place in places)

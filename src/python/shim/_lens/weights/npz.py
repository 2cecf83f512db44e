"""`.npz`: a zip archive of `.npy` arrays. The format: numpy/lib/format.py, versions 1 to 3. Pickled objects are never read."""
import array
import ast

from .given import WeightsError, archive, read_member
from .numbers import SIZES, Stored, byte_count

_MAGIC = b"\x93NUMPY"
_TYPES = {
    "b1": "bool", "u1": "uint8", "i1": "int8", "i2": "int16", "u2": "uint16", "i4": "int32", "u4": "uint32", "i8": "int64", "u8": "uint64",
    "f2": "float16", "f4": "float32", "f8": "float64",
}


def arrays():
    """{name: Stored}"""
    opened = archive("an .npz archive")
    members = [name for name in opened.namelist() if name.endswith(".npy")]
    return {name[:-4]: _array(opened, name) for name in members}


def _array(opened, name):
    first = read_member(opened, name, 0, 12) if opened.getinfo(name).file_size >= 12 else b""
    if first[:6] != _MAGIC:
        raise WeightsError(f"`{name}` in it is not an array of NumPy")
    begin, width = (10, 2) if first[6] == 1 else (12, 4)
    length = int.from_bytes(first[8:8 + width], "little")
    header = _header(read_member(opened, name, begin, length), name)
    dtype, swapped = _dtype(header["descr"], name)
    shape, fortran = tuple(header["shape"]), header["fortran_order"]
    order = tuple(reversed(range(len(shape)))) if fortran else None

    def read():
        content = read_member(opened, name, begin + length, byte_count(dtype, shape))
        return _swapped(content, SIZES[dtype][0]) if swapped else content
    return Stored(dtype, reversed(shape) if fortran else shape, read, order)


def _header(text, name):
    try:
        header = ast.literal_eval(text.decode("utf-8").strip())
        header["descr"], header["shape"], header["fortran_order"]
        return header
    except (ValueError, SyntaxError, KeyError, TypeError, MemoryError, RecursionError):
        raise WeightsError(f"the header of `{name}` in it is damaged") from None


def _dtype(descr, name):
    """(a name of `SIZES`, whether the bytes are in the other order)"""
    dtype = _TYPES.get(descr[1:]) if isinstance(descr, str) else None
    if dtype is None:
        raise WeightsError(f"`{name}` in it is of type {descr}, which is not read")
    return dtype, descr[0] == ">"


def _swapped(content, size):
    if size == 1:
        return content
    turned = array.array({2: "H", 4: "I", 8: "Q"}[size])
    turned.frombytes(content)
    turned.byteswap()
    return turned.tobytes()

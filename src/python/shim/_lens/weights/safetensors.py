"""`.safetensors`: length of the header (8 bytes), header in JSON, the arrays one after another."""
import json

from .given import GivenFile, WeightsError
from .numbers import Stored, byte_count

_TYPES = {
    "BOOL": "bool", "U8": "uint8", "I8": "int8", "I16": "int16", "U16": "uint16", "I32": "int32", "U32": "uint32", "I64": "int64",
    "U64": "uint64", "F16": "float16", "BF16": "bfloat16", "F32": "float32", "F64": "float64",
}
_MOST_HEADER_BYTES = 100 * 1024 * 1024


def arrays():
    """{name: Stored}"""
    file = GivenFile()
    if file.size < 8:
        raise WeightsError("it is not a safetensors file")
    length = int.from_bytes(file.range(0, 8).tobytes(), "little")
    if length > _MOST_HEADER_BYTES:
        raise WeightsError("it is not a safetensors file")
    header = _header(file.range(8, length).tobytes())
    start = 8 + length
    return {name: _array(file, start, name, entry) for name, entry in header.items() if name != "__metadata__"}


def _header(content):
    try:
        header = json.loads(content)
    except ValueError:
        header = None
    if not isinstance(header, dict):
        raise WeightsError("it is not a safetensors file")
    return header


def _array(file, start, name, entry):
    try:
        dtype, shape = entry["dtype"], [int(n) for n in entry["shape"]]
        begin, end = (int(offset) for offset in entry["data_offsets"])
    except (KeyError, TypeError, ValueError):
        raise WeightsError(f"the entry of `{name}` is damaged") from None
    if dtype not in _TYPES:
        raise WeightsError(f"`{name}` is of type {dtype}, which is not read")
    known = _TYPES[dtype]
    if end - begin != byte_count(known, shape) or begin < 0:
        raise WeightsError(f"the entry of `{name}` is damaged")
    if start + end > file.size:
        raise WeightsError("the file is cut off")
    return Stored(known, shape, lambda: file.range(start + begin, end - begin))

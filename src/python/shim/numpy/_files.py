"""The user's files: text tables, .npy and .npz. They are read through the door; nothing is written."""
import ast
import io
import math
import zipfile

from _lens.door import UnsupportedError, read_file

from ._creation import array, frombuffer
from ._dtypes import dtype_of


def _bytes_of(file):
    """The content of a path, or of an open file."""
    if hasattr(file, "read"):
        data = file.read()
        return data if isinstance(data, bytes) else data.encode()
    try:
        with open(file, "rb") as stream:  # one that the file has written, too
            return stream.read()
    except FileNotFoundError:
        return read_file(str(file))


def load(file, mmap_mode=None, allow_pickle=False, fix_imports=True, encoding="ASCII", *, max_header_size=10000):
    data = _bytes_of(file)
    if data[:6] == b"\x93NUMPY":
        return _read_npy(data)
    if data[:4] == b"PK\x03\x04":
        return NpzFile(data)
    if not allow_pickle:
        raise ValueError("Cannot load file containing pickled data when allow_pickle=False")
    raise UnsupportedError("numpy.load of pickled objects is not supported")


def _read_npy(data):
    """NumPy's format: magic, version, the length of a Python dict, the dict, the elements."""
    width = 2 if data[6] == 1 else 4
    start = 8 + width
    end = start + int.from_bytes(data[8:start], "little")
    header = ast.literal_eval(data[start:end].decode("latin1"))
    description = header["descr"]
    if not isinstance(description, str) or description[1:2] in "OcmMV":
        raise UnsupportedError(f"numpy.load of arrays of {description} is not supported")
    if description[1] in "US":
        return _text_array(data[end:], description, header["shape"])
    elements = frombuffer(data[end:], description)
    shape = tuple(header["shape"])
    return elements.reshape(shape, order="F") if header["fortran_order"] else elements.reshape(shape)


def _text_array(data, description, shape):
    from ._plain import PlainArray
    size = int(description[2:]) * (4 if description[1] == "U" else 1)
    parts = [data[place:place + size] for place in range(0, len(data), size)]
    return PlainArray([part.decode("utf-32-le" if description[1] == "U" else "latin1").rstrip("\0") for part in parts], tuple(shape))


class NpzFile:
    """The arrays of an .npz by name, each read when it is asked for."""

    def __init__(self, data):
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        self.files = [name.removesuffix(".npy") for name in self._zip.namelist()]

    def __getitem__(self, name):
        if name not in self.files:
            raise KeyError(f"{name} is not a file in the archive")
        stored = name + ".npy"
        return _read_npy(self._zip.read(stored if stored in self._zip.namelist() else name))

    def __contains__(self, name):
        return name in self.files

    def __iter__(self):
        return iter(self.files)

    def __len__(self):
        return len(self.files)

    def keys(self):
        return list(self.files)

    def values(self):
        return [self[name] for name in self.files]

    def items(self):
        return [(name, self[name]) for name in self.files]

    def get(self, name, default=None):
        return self[name] if name in self.files else default

    def close(self):
        self._zip.close()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.close()


def _lines(file, encoding):
    if isinstance(file, (list, tuple)):
        return list(file)
    return _bytes_of(file).decode(encoding if encoding not in (None, "bytes") else "utf-8").splitlines()


def _cells(lines, comments, delimiter, skip, usecols):
    marks = [comments] if isinstance(comments, str) else list(comments or ())
    rows = []
    for line in lines[skip:]:
        for mark in marks:
            line = line.partition(mark)[0]
        if not line.strip():
            continue
        cells = [cell.strip() for cell in line.split(delimiter)]
        rows.append(cells if usecols is None else [cells[column] for column in usecols])
    return rows


def loadtxt(fname, dtype=float, comments="#", delimiter=None, converters=None, skiprows=0, unpack=False, usecols=None, ndmin=0,
            encoding=None, max_rows=None, *, quotechar=None, like=None):
    columns = [usecols] if isinstance(usecols, int) else usecols
    rows = _cells(_lines(fname, encoding), comments, delimiter, skiprows, columns)[:max_rows]
    found = dtype_of(dtype)
    if found.kind == "U":
        made = array(rows, dtype=dtype)
    else:
        convert = int if found.kind in "iu" else float
        try:
            numbers = [[converters[column](cell) if isinstance(converters, dict) and column in converters else convert(cell)
                        for column, cell in enumerate(row)] for row in rows]
        except ValueError:
            row, column, cell = next((i, j, cell) for i, line in enumerate(rows) for j, cell in enumerate(line)
                                     if not _reads(cell, convert))
            raise ValueError(f"could not convert string {cell!r} to {found.name} at row {row}, column {column + 1}.") from None
        for row, line in enumerate(numbers):
            if len(line) != len(numbers[0]):
                raise ValueError(f"the number of columns changed from {len(numbers[0])} to {len(line)} at row {row + 1}; use `usecols` "
                                 "to select a subset and avoid this error")
        made = array(numbers, dtype=dtype)
    return _trimmed(made, ndmin, unpack)


def _trimmed(made, ndmin, unpack):
    """Axes of size 1 fall away, as far as `ndmin` lets them."""
    if made.ndim == 2 and ndmin < 2:
        if made.shape[1] == 1 or made.shape[0] == 1:
            made = made.reshape(-1)
        if made.size == 1 and ndmin == 0:
            made = made.reshape(())
    return made.T if unpack else made


def _reads(cell, convert):
    try:
        convert(cell)
    except ValueError:
        return False
    return True


def genfromtxt(fname, dtype=float, comments="#", delimiter=None, skip_header=0, skip_footer=0, converters=None, missing_values=None,
               filling_values=None, usecols=None, names=None, unpack=False, encoding=None, max_rows=None, **options):
    if names or dtype is None:
        raise UnsupportedError("numpy.genfromtxt with names= or dtype=None is not supported")
    lines = _lines(fname, encoding)
    lines = lines[:len(lines) - skip_footer]
    columns = [usecols] if isinstance(usecols, int) else usecols
    rows = _cells(lines, comments, delimiter, skip_header, columns)[:max_rows]
    found = dtype_of(dtype)
    if found.kind == "U":
        return array(rows, dtype=dtype)
    filler = filling_values if filling_values is not None else float("nan") if found.kind == "f" else -1
    convert = int if found.kind in "iu" else float
    made = array([[convert(cell) if _reads(cell, convert) else filler for cell in row] for row in rows], dtype=dtype)
    return _trimmed(made, 0, unpack)


def memmap(filename, dtype="uint8", mode="r+", offset=0, shape=None, order="C"):
    """The numbers of a file, read at once: nothing is mapped here, and nothing written back."""
    if mode.startswith("w"):
        raise UnsupportedError("numpy.memmap with mode 'w+' is not supported: no file is written")
    sizes = None if shape is None else (shape,) if isinstance(shape, int) else tuple(shape)
    numbers = fromfile(filename, dtype, -1 if sizes is None else math.prod(sizes), offset=offset)
    return numbers if sizes is None else numbers.reshape(sizes, order=order)


def fromfile(file, dtype=float, count=-1, sep="", offset=0):
    if sep:
        return array([float(part) for part in _bytes_of(file).decode().split(sep.strip() or None)], dtype=dtype)
    return frombuffer(_bytes_of(file), dtype, count, offset)


def _refused(name):
    def function(*args, **kwargs):
        raise UnsupportedError(f"numpy.{name} does nothing here: no file is written")
    function.__name__ = function.__qualname__ = name
    return function


save, savez, savez_compressed, savetxt = map(_refused, ("save", "savez", "savez_compressed", "savetxt"))

"""The one door between Python and the recorder (src/python/recorder.ts): only strings and integers pass it.

An op is recorded, not computed: the answer is the type of its outputs. Values come back on request (`read`).
The recorder never raises: an error is an answer that begins with "!", raised here as the exception it names.
"""
import array as _array
import json
import types

from .recording import calls, provenance, site

_recorder = None  # the JavaScript functions; bound after the interpreter is loaded


class UnsupportedError(NotImplementedError):
    """Something of the framework that the product does not have (yet). Reported on its line as `unsupported`."""


class LimitError(MemoryError):
    """A limit of time, memory or size was reached. Reported on its line as `limit`."""


class _LinAlgError(RuntimeError):
    """A matrix is singular, not definite or not finite: torch's class of it, by the name that it has there."""

    __module__ = "torch._C"


_ERRORS = {
    "RuntimeError": RuntimeError, "TypeError": TypeError, "ValueError": ValueError, "IndexError": IndexError,
    "NotImplementedError": NotImplementedError, "UnsupportedError": UnsupportedError, "LimitError": LimitError, "FileNotFoundError": FileNotFoundError,
    "ZeroDivisionError": ZeroDivisionError, "OverflowError": OverflowError, "LinAlgError": _LinAlgError,
}

# dtype -> (array typecode of what `read` gives and `constant` takes, bytes per element)
STORAGE = {
    "bool": ("B", 1), "uint8": ("B", 1), "int8": ("i", 4), "int16": ("i", 4), "int32": ("i", 4), "int64": ("i", 4),
    "float16": ("f", 4), "bfloat16": ("f", 4), "float32": ("f", 4), "float64": ("d", 8),
}


class Value:
    """One output of a recorded node. Immutable; released when Python no longer refers to it."""

    __slots__ = ("id", "dtype", "shape", "__weakref__")

    def __init__(self, id, dtype, shape):
        self.id = id
        self.dtype = dtype  # a string of `STORAGE`
        self.shape = shape  # a tuple of int

    def __del__(self):
        if _recorder is not None:
            _recorder.release(self.id)

    def __repr__(self):
        return f"Value({self.id}, {self.dtype}, {self.shape})"


def bind(recorder):
    """Gives the JavaScript side's functions; called once, after loading. Each is fetched once: looking it up is a crossing too."""
    global _recorder
    _recorder = types.SimpleNamespace(**{name: getattr(recorder, name) for name in recorder.object_keys()})


def _checked(answer):
    if answer.startswith("!"):
        name, _, message = answer[1:].partition("|")
        raise _ERRORS.get(name, RuntimeError)(message)
    return answer


class _Types(dict):
    """`dtype:shape` as answers have it -> (dtype, shape): a model has few of them, time and again."""

    def __missing__(self, text):
        if len(self) >= _MOST_TYPES:
            self.clear()
        dtype, shape = text.split(":")
        self[text] = found = dtype, tuple(map(int, shape.split(","))) if shape else ()
        return found


_MOST_TYPES = 10_000
_types = _Types()
# What `json.dumps` makes anew for each text.
_chunks_of = json.encoder.c_make_encoder(None, json.JSONEncoder().default, json.encoder.encode_basestring_ascii, None, ":", ",", False, False, True)


def _json(attributes):
    return "".join(_chunks_of(attributes, 0)) if attributes else "{}"


def _values(answer):
    values = []
    for part in _checked(answer).split(";"):
        id, _, text = part.partition(":")
        values.append(Value(int(id), *_types[text]))
    return values


def record_all(op, inputs=(), **attributes):
    """Records a node of `op` (src/graph/opAttributes.ts has the vocabulary) and returns all its outputs as a list of Value.

    `inputs` are Values. Attribute names are the vocabulary's (camelCase). Random ops take `generator=ID` in place of
    seed, offset and carry, which the recorder fills in. Errors of shape or type are raised in PyTorch's words.
    """
    outputs = _values(_recorder.record(
        op, ",".join([str(value.id) for value in inputs]), _json(attributes), site.here(), calls.current_id()))
    provenance.note(outputs, inputs)
    return outputs


def record(op, inputs=(), **attributes):
    """As `record_all`, for ops with one output (or of which only the first is wanted)."""
    return record_all(op, inputs, **attributes)[0]


def constant(data, dtype, shape):
    """A Value of known numbers. `data`: a flat sequence of Python numbers, or an `array.array` / bytes of the storage type."""
    code, size = STORAGE[dtype]
    if isinstance(data, (bytes, bytearray)):
        buffer = _array.array(code)
        buffer.frombytes(bytes(data))
    elif isinstance(data, _array.array) and data.typecode == code:
        buffer = data
    else:
        try:
            buffer = _array.array(code, data)
        except OverflowError:
            raise OverflowError(f"a value does not fit the 32 bits in which {dtype} is stored here") from None
    address, count = buffer.buffer_info()
    value = _values(_recorder.constant(dtype, ",".join(map(str, shape)), address, count * size, site.here(), calls.current_id()))[0]
    provenance.note_shape(value)
    return value


def read(value):
    """Runs what `value` depends on, and returns its elements as a flat `array.array` in row-major order."""
    provenance.note_read(value, calls.outermost_id())
    code, size = STORAGE[value.dtype]
    count = 1
    for n in value.shape:
        count *= n
    buffer = _array.array(code, bytes(count * size))
    address, _ = buffer.buffer_info()
    _checked(_recorder.read(value.id, address, count * size))
    return buffer


def gradient(output, inputs, seed=None, given=()):
    """Gradient of `output` with respect to each of `inputs`: a list of Value, None where it does not depend on it.

    `seed`: the gradient with respect to `output` itself (default: ones). `given`: Values at which gradients end. Recorded, like
    everything, not computed.
    """
    provenance.note_gradient()
    answer = _checked(_recorder.gradient(
        output.id, ",".join(str(value.id) for value in inputs), -1 if seed is None else seed.id, ",".join(str(value.id) for value in given)))
    return [None if part == "" else _values(part)[0] for part in answer.split(";")]


def manual_seed(seed, generator=0):
    """Starts a generator's sequence anew. Generator 0 is the default one; others are made by naming a new id."""
    _checked(_recorder.seed(generator, int(seed) & 0xFFFFFFFF))  # more bits do not reach MT19937


def initial_seed(generator=0):
    """The seed the generator was started with, as an int."""
    return int(_checked(_recorder.initialSeed(generator)))


def draw_bits(generator=0):
    """The generator's next 32-bit output, as an int (what torch's CPU generator calls random())."""
    return int(_checked(_recorder.drawBits(generator)))


def generator_state(generator=0):
    """Where the generator's sequence stands, as a text for `set_generator_state`."""
    return _checked(_recorder.generatorState(generator))


def set_generator_state(state, generator=0):
    _checked(_recorder.setGeneratorState(generator, state))


def file_size(path):
    """Bytes of a file of the workspace, or FileNotFoundError."""
    return int(_checked(_recorder.fileSize(str(path))))


def read_file(path):
    """The bytes of a file of the workspace, or FileNotFoundError. Nothing outside the workspace's root can be read."""
    size = file_size(path)
    buffer = _array.array("B", bytes(size))
    if size:
        address, _ = buffer.buffer_info()
        _checked(_recorder.readFile(str(path), address, size))
    return buffer.tobytes()


def list_folder(path):
    """Names of the files and folders in a folder of the workspace, those of folders with a slash behind them; or FileNotFoundError."""
    return _checked(_recorder.listFolder(str(path))).split("\n")[:-1]


def weights_size():
    """Bytes of the file of weights that was given with the request, or FileNotFoundError."""
    return int(_checked(_recorder.weightsSize()))


def read_weights(offset, count):
    """`count` bytes of that file from `offset` on, as `array.array("B")`."""
    buffer = _array.array("B", bytes(count))
    if count:
        _checked(_recorder.readWeights(offset, buffer.buffer_info()[0], count))
    return buffer


def widened(halves):
    """Half-precision numbers (bytes) as `array.array("f")`."""
    source = _array.array("H")
    source.frombytes(halves)
    buffer = _array.array("f", bytes(4 * len(source)))
    if source:
        _checked(_recorder.widenHalves(source.buffer_info()[0], len(source), buffer.buffer_info()[0]))
    return buffer


def log(text, level="info"):
    """A line for the output channel."""
    _checked(_recorder.log(str(level), str(text)))


def statement(line):
    """The file's top-level statement at `line` begins."""
    _checked(_recorder.statement(line))

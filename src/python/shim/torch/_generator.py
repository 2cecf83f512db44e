"""Seeds and generators. The numbers are drawn by the engine; here is which generator's sequence an operation continues."""
import itertools

from _lens import door

_ids = itertools.count(1)  # 0 is the default generator
_STATE_BYTES = 5056  # of PyTorch's CPU generator
_DEFAULT_SEED = 67280421310721  # what a new torch.Generator starts with


class Generator:
    """A sequence of random numbers of its own."""

    __module__ = "torch._C"  # as PyTorch prints its name

    def __init__(self, device="cpu"):
        from ._device import device as device_type
        self.device = device_type(device)
        self._id = next(_ids)
        self.manual_seed(_DEFAULT_SEED)

    def manual_seed(self, seed):
        self._seed = int(seed) % 2 ** 64
        door.manual_seed(self._seed, self._id)
        return self

    def initial_seed(self):
        """All 64 bits of the seed, of which the low 32 reach the numbers; those alone where the sequence was started elsewhere."""
        low = door.initial_seed(self._id)
        return self._seed if self._seed % 2 ** 32 == low else low

    def seed(self):
        return _reseed(self._id)

    def get_state(self):
        """Where the sequence stands, in the first bytes of what PyTorch's state is as long as."""
        from ._apply import constant
        from ._dtype import DTYPES
        stand = door.generator_state(self._id).encode()
        return constant(bytes([len(stand), *stand]).ljust(_STATE_BYTES, b"\0"), DTYPES["uint8"], (_STATE_BYTES,))

    def set_state(self, new_state):
        if new_state.dtype.name != "uint8":
            raise TypeError(f"expected a torch.ByteTensor, but got {new_state.type()}")
        stored = door.read(new_state.value).tobytes()
        door.set_generator_state(stored[1:1 + stored[0]].decode(), self._id)
        return self

    def __repr__(self):
        return f"<torch._C.Generator object at {hex(id(self))}>"


class _DefaultGenerator(Generator):
    def __init__(self):
        from ._device import CPU
        self.device = CPU
        self._id = self._seed = 0


default_generator = _DefaultGenerator()


def generator_id(generator):
    return 0 if generator is None else generator._id


def manual_seed(seed):
    """Starts the default generator anew and returns it."""
    return default_generator.manual_seed(seed)


def initial_seed():
    return default_generator.initial_seed()


def get_rng_state():
    return default_generator.get_state()


def set_rng_state(new_state):
    default_generator.set_state(new_state)


def seed():
    """A seed that is not chosen by the file: one that follows from the present state, so that runs can be repeated."""
    return _reseed(0)


def _reseed(generator):
    fresh = door.draw_bits(generator) << 32 | door.draw_bits(generator)
    door.manual_seed(fresh, generator)
    return fresh

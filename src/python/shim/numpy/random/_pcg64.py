"""PCG64 and the seeding of it: the bit generator behind `numpy.random.default_rng`.

M. E. O'Neill, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation", 2014.
"""
import random

_M32, _M64, _M128 = (1 << 32) - 1, (1 << 64) - 1, (1 << 128) - 1
_MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645


class SeedSequence:
    """Mixes a seed's words into a pool of four, from which a bit generator's state is drawn."""

    def __init__(self, entropy=None, *, spawn_key=(), pool_size=4, n_children_spawned=0):
        self.entropy = random.getrandbits(128) if entropy is None else entropy
        self.spawn_key, self.n_children_spawned = tuple(spawn_key), n_children_spawned
        words = _words(self.entropy)
        if self.spawn_key:
            words += [0] * (4 - len(words))
            for key in self.spawn_key:
                words += _words(key)
        self.pool = _mixed(words)

    def generate_state(self, n_words, dtype="uint32"):
        """A list of numbers of 32 bits, or of 64 for dtype "uint64"."""
        wide = "64" in str(dtype)
        factor, state = 0x8B51F9DD, []
        for place in range(n_words * (2 if wide else 1)):
            word = self.pool[place % 4] ^ factor
            factor = factor * 0x58F38DED & _M32
            word = word * factor & _M32
            state.append(word ^ word >> 16)
        return [low | high << 32 for low, high in zip(state[::2], state[1::2])] if wide else state

    def spawn(self, n_children):
        first = self.n_children_spawned
        self.n_children_spawned += n_children
        return [SeedSequence(self.entropy, spawn_key=self.spawn_key + (child,)) for child in range(first, first + n_children)]


def _words(entropy):
    """A number, or several, as words of 32 bits, the lowest first."""
    if hasattr(entropy, "__index__") and getattr(entropy, "shape", ()) == ():
        number = entropy.__index__()
        if number < 0:
            raise ValueError("expected non-negative integer")
        words = [number & _M32]
        while number := number >> 32:
            words.append(number & _M32)
        return words
    return [word for part in entropy for word in _words(part)]


def _mixed(words):
    factor = 0x43B0D7E5

    def hashed(word):
        nonlocal factor
        word ^= factor
        factor = factor * 0x931E8875 & _M32
        word = word * factor & _M32
        return word ^ word >> 16

    def mix(x, y):
        word = (0xCA01F9DD * x - 0x4973F715 * y) & _M32
        return word ^ word >> 16
    pool = [hashed(words[place] if place < len(words) else 0) for place in range(4)]
    for source in range(4):
        for target in range(4):
            if source != target:
                pool[target] = mix(pool[target], hashed(pool[source]))
    for word in words[4:]:
        for target in range(4):
            pool[target] = mix(pool[target], hashed(word))
    return pool


class PCG64:
    """128 bits of state, stepped linearly; a permutation of them is what comes out."""

    def __init__(self, seed=None):
        self.seed_seq = seed if isinstance(seed, SeedSequence) else SeedSequence(seed)
        high, low, stream_high, stream_low = self.seed_seq.generate_state(4, "uint64")
        self._increment = ((stream_high << 64 | stream_low) << 1 | 1) & _M128
        self._state = self._increment
        self._state = (self._state + (high << 64 | low)) & _M128
        self._step()
        self._half = None

    def _step(self):
        self._state = (self._state * _MULTIPLIER + self._increment) & _M128

    def uint64(self):
        self._state = state = (self._state * _MULTIPLIER + self._increment) & _M128
        turn = state >> 122
        folded = (state >> 64 ^ state) & _M64
        return (folded >> turn | folded << (64 - turn)) & _M64

    def uint32(self):
        """Half of 64 bits; the other half is the next one."""
        if self._half is not None:
            half, self._half = self._half, None
            return half
        word = self.uint64()
        self._half = word >> 32
        return word & _M32

    def double(self):
        return (self.uint64() >> 11) * 2.0 ** -53

    def doubles(self, count):
        draw = self.uint64
        return [(draw() >> 11) * 2.0 ** -53 for _ in range(count)]

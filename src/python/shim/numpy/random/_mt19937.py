"""NumPy's legacy bit generator. Python's own Mersenne Twister is the same machine: it is given NumPy's seeded state."""
import random

_MASK = 0xFFFFFFFF


def _by_number(seed):
    """The state that one 32-bit number seeds."""
    key = [seed & _MASK]
    for position in range(1, 624):
        previous = key[-1]
        key.append((1812433253 * (previous ^ previous >> 30) + position) & _MASK)
    return key


def _by_array(words):
    """The state that several words seed (init_by_array of the reference implementation)."""
    key = _by_number(19650218)
    place, word, count = 1, 0, len(words)
    for _ in range(max(624, count)):
        previous = key[place - 1]
        key[place] = ((key[place] ^ (previous ^ previous >> 30) * 1664525) + words[word] + word) & _MASK
        place, word = place + 1, (word + 1) % count
        if place >= 624:
            key[0], place = key[623], 1
    for _ in range(623):
        previous = key[place - 1]
        key[place] = ((key[place] ^ (previous ^ previous >> 30) * 1566083941) - place) & _MASK
        place += 1
        if place >= 624:
            key[0], place = key[623], 1
    key[0] = 0x80000000
    return key


class MT19937:
    """The generator: 32 bits, 64 bits or a number of [0, 1) at a time."""

    def __init__(self, seed=None):
        self._random = random.Random()
        self.seed(seed)

    def seed(self, seed=None):
        if seed is None:
            seed = random.getrandbits(32)  # of the run's seed: the same file shows the same figures
        if isinstance(seed, (list, tuple)) or hasattr(seed, "tolist") and not hasattr(seed, "__index__"):
            words = [int(word) for word in (seed if isinstance(seed, (list, tuple)) else seed.ravel())]
            if not words:
                raise ValueError("Seed must be non-empty")
            self.set_key(_by_array([word & _MASK for word in words]), 624)
            return
        if not hasattr(seed, "__index__"):
            raise TypeError("Cannot cast scalar from dtype('float64') to dtype('int64') according to the rule 'safe'")
        number = seed.__index__()
        if not 0 <= number <= _MASK:
            raise ValueError("Seed must be between 0 and 2**32 - 1")
        self.set_key(_by_number(number), 624)

    def set_key(self, key, position):
        self._random.setstate((3, (*key, position), None))

    def key(self):
        """(624 words, position)"""
        state = self._random.getstate()[1]
        return list(state[:-1]), state[-1]

    def double(self):
        return self._random.random()

    def doubles(self, count):
        draw = self._random.random
        return [draw() for _ in range(count)]

    def uint32(self):
        return self._random.getrandbits(32)

    def uint64(self):
        draw = self._random.getrandbits
        high = draw(32)
        return high << 32 | draw(32)

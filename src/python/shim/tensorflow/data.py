"""tf.data: small data sets, as the arrays they are made of. What is never iterated costs nothing."""
import random as _random

from keras._backend import shaping as _shaping
from keras._backend.symbolic import map_structure as _map_structure
from keras._backend.tensor import as_tensor as _as_tensor
from _lens.learning import training as _training

AUTOTUNE = -1


class Dataset:
    """A sequence of elements, each made when it is asked for: `_length` of them, by `_element(index)`."""

    def __init__(self, length, element):
        self._length, self._element = length, element

    @classmethod
    def from_tensor_slices(cls, tensors, name=None):
        tensors = _map_structure(lambda leaf: leaf, tensors)
        tensors = _as_structure(tensors)
        lengths = {leaf.shape[0] for leaf in _leaves(tensors)}
        if len(lengths) > 1:
            raise ValueError(f"Dimensions {' and '.join(map(str, sorted(lengths)))} are not compatible")
        return cls(lengths.pop(), lambda i: _map_structure(lambda leaf: leaf[i], tensors))._sliceable(tensors)

    @classmethod
    def from_tensors(cls, tensors, name=None):
        tensors = _as_structure(tensors)
        return cls(1, lambda i: tensors)

    @classmethod
    def from_generator(cls, generator, output_types=None, output_shapes=None, args=None, output_signature=None, name=None):
        elements = []
        for element in generator():
            elements.append(_as_structure(element))
            if len(elements) == 1024:
                break
        return cls(len(elements), elements.__getitem__)

    @classmethod
    def range(cls, *args, **kwargs):
        numbers = range(*args)
        return cls(len(numbers), lambda i: _as_tensor(numbers[i], "int64"))

    @classmethod
    def zip(cls, *datasets, **kwargs):
        parts = datasets[0] if len(datasets) == 1 and isinstance(datasets[0], tuple) else datasets
        return cls(min(map(len, parts)), lambda i: tuple(part._element(i) for part in parts))

    _whole = None

    def _sliceable(self, tensors):
        self._whole = tensors
        return self

    def batch(self, batch_size, drop_remainder=False, **kwargs):
        _training.saw_batch_size(int(batch_size))
        size = int(batch_size)
        count = self._length // size if drop_remainder else -(-self._length // size)

        def element(i):
            if self._whole is not None:
                return _map_structure(lambda leaf: leaf[i * size:(i + 1) * size], self._whole)
            rows = [self._element(j) for j in range(i * size, min((i + 1) * size, self._length))]
            return _stacked(rows)
        return Dataset(count, element)

    def shuffle(self, buffer_size, seed=None, reshuffle_each_iteration=True, name=None):
        order = list(range(self._length))
        _random.Random(seed or 0).shuffle(order)
        shuffled = Dataset(self._length, lambda i: self._element(order[i]))
        if self._whole is not None:
            shuffled._whole = _map_structure(lambda leaf: _shaping.gather(leaf, order), self._whole)
        return shuffled

    def map(self, map_func, num_parallel_calls=None, deterministic=None, name=None):
        def element(i):
            given = self._element(i)
            return map_func(*given) if isinstance(given, tuple) else map_func(given)
        return Dataset(self._length, element)

    def filter(self, predicate, name=None):
        kept = [i for i in range(self._length) if bool(predicate(*_arguments(self._element(i))))]
        return Dataset(len(kept), lambda i: self._element(kept[i]))

    def take(self, count, name=None):
        return Dataset(min(count, self._length) if count >= 0 else self._length, self._element)

    def skip(self, count, name=None):
        return Dataset(max(self._length - count, 0), lambda i: self._element(i + count))

    def repeat(self, count=None, name=None):
        """Without a count it would not end: a training loop is left after its first step, anything else sees it 1,000 times."""
        times = 1000 if count is None or count < 0 else count
        return Dataset(self._length * times, lambda i: self._element(i % self._length))

    def unbatch(self, name=None):
        elements = [_map_structure(lambda leaf: leaf[j], batch) for batch in self for j in range(_leaves(batch)[0].shape[0])]
        return Dataset(len(elements), elements.__getitem__)

    def concatenate(self, dataset, name=None):
        return Dataset(self._length + dataset._length,
                       lambda i: self._element(i) if i < self._length else dataset._element(i - self._length))

    def enumerate(self, start=0, name=None):
        return Dataset(self._length, lambda i: (_as_tensor(start + i, "int64"), self._element(i)))

    def _same(self, *args, **kwargs):
        return self

    prefetch = cache = with_options = _same

    def cardinality(self):
        return _as_tensor(self._length, "int64")

    def __len__(self):
        return self._length

    def __iter__(self):
        return (self._element(i) for i in range(self._length))

    def as_numpy_iterator(self):
        return (_map_structure(lambda leaf: leaf.numpy(), element) for element in self)


def _arguments(element):
    return element if isinstance(element, tuple) else (element,)


def _as_structure(data):
    """Tuples and dicts are structure; everything else is an array."""
    if isinstance(data, tuple):
        return tuple(_as_structure(item) for item in data)
    if isinstance(data, dict):
        return {key: _as_structure(item) for key, item in data.items()}
    return _as_tensor(data)


def _leaves(structure):
    if isinstance(structure, dict):
        structure = tuple(structure.values())
    return [leaf for item in structure for leaf in _leaves(item)] if isinstance(structure, tuple) else [structure]


def _stacked(rows):
    first = rows[0]
    if isinstance(first, tuple):
        return tuple(_stacked([row[i] for row in rows]) for i in range(len(first)))
    if isinstance(first, dict):
        return {key: _stacked([row[key] for row in rows]) for key in first}
    return _shaping.stack(rows)

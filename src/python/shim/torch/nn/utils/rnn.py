"""torch.nn.utils.rnn: sequences of different lengths, side by side with padding, or packed without it.

Packed: the rows of time 0 of all sequences, longest first, then those of time 1 of the sequences that are not over, and so on.
"""
import collections

from ..._creation import full, tensor
from ..._joining import cat
from ..._tensor import Tensor


class PackedSequence(collections.namedtuple("PackedSequence", "data batch_sizes sorted_indices unsorted_indices", defaults=(None, None))):
    """`batch_sizes`: how many sequences there are at each time."""

    def to(self, *args, **kwargs):
        return self._replace(data=self.data.to(*args, **kwargs))

    def cpu(self):
        return self

    cuda = pin_memory = lambda self, *args, **kwargs: self
    is_cuda = property(lambda self: False)
    is_pinned = lambda self: False


PackedSequence.__module__ = "torch.nn.utils.rnn"


def invert_permutation(permutation):
    if permutation is None:
        return None
    order = permutation.tolist()
    return tensor(sorted(range(len(order)), key=order.__getitem__))


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    """Sequences of different lengths side by side in one tensor."""
    sequences = list(sequences)
    longest = max(sequence.shape[0] for sequence in sequences)
    first = sequences[0]
    result = full((len(sequences), longest, *first.shape[1:]), padding_value, dtype=first.dtype)
    for row, sequence in enumerate(sequences):
        length = sequence.shape[0]
        start = longest - length if padding_side == "left" else 0
        result[row, start:start + length] = sequence
    return result if batch_first else result.transpose(0, 1)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    sequences = padded_sequences if batch_first else padded_sequences.transpose(0, 1)
    return [sequence[:length] for sequence, length in zip(sequences, _numbers(lengths))]


def _numbers(lengths):
    return [int(n) for n in (lengths.tolist() if isinstance(lengths, Tensor) else lengths)]


def _batch_sizes(lengths):
    return [sum(length > time for length in lengths) for time in range(lengths[0])]


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    """(T, N, …) or, batch first, (N, T, …) → the rows within the sequences' lengths."""
    lengths = _numbers(lengths)
    batch, longest = input.value.shape[1 - batch_first], input.value.shape[int(batch_first)]
    if len(lengths) != batch:
        raise RuntimeError(f"Expected `len(lengths)` to be equal to batch_size, but got {len(lengths)} (batch_size={batch})")
    if min(lengths) <= 0:
        raise RuntimeError("Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0")
    order = sorted(range(batch), key=lambda row: -lengths[row])
    if enforce_sorted and order != list(range(batch)):
        raise RuntimeError("`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass "
                           "`enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you "
                           "do not need ONNX exportability.")
    if lengths[order[0]] > longest:
        raise RuntimeError(f"Expected `len(lengths)` to be at most the padded length {longest}, but got a length of {lengths[order[0]]}")
    sizes = _batch_sizes([lengths[row] for row in order])
    row_of = (lambda time, row: row * longest + time) if batch_first else (lambda time, row: time * batch + row)
    rows = [row_of(time, order[place]) for time, size in enumerate(sizes) for place in range(size)]
    data = input.reshape(batch * longest, *input.value.shape[2:]).index_select(0, tensor(rows))
    indices = None if enforce_sorted else tensor(order)
    return PackedSequence(data, tensor(sizes), indices, invert_permutation(indices))


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    """The padded sequences, and their lengths."""
    sizes = _numbers(sequence.batch_sizes)
    batch, longest = sizes[0], len(sizes) if total_length is None else total_length
    if longest < len(sizes):
        raise ValueError(f"Expected total_length to be at least the length of the longest sequence in input, but got "
                         f"total_length={total_length} and max sequence length being {len(sizes)}")
    lengths = [sum(size > place for size in sizes) for place in range(batch)]
    places = list(range(batch)) if sequence.unsorted_indices is None else _numbers(sequence.unsorted_indices)
    starts = [sum(sizes[:time]) for time in range(len(sizes))]
    data = sequence.data
    padding = full((1, *data.value.shape[1:]), padding_value, dtype=data.dtype)
    beyond = data.value.shape[0]  # the row of padding
    row_of = lambda time, place: starts[time] + place if time < lengths[place] else beyond
    grid = [[row_of(time, place) for time in range(longest)] for place in places]
    if not batch_first:
        grid = list(zip(*grid))
    rows = cat([data, padding]).index_select(0, tensor([row for line in grid for row in line]))
    return (rows.reshape(len(grid), len(grid[0]), *data.value.shape[1:]), tensor([lengths[place] for place in places]))


def pack_sequence(sequences, enforce_sorted=True):
    lengths = [sequence.value.shape[0] for sequence in sequences]
    return pack_padded_sequence(pad_sequence(sequences), lengths, enforce_sorted=enforce_sorted)


def unpack_sequence(packed_sequences):
    return unpad_sequence(*pad_packed_sequence(packed_sequences, batch_first=True), batch_first=True)

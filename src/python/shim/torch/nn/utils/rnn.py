"""torch.nn.utils.rnn: padding of sequences. Packed sequences are not there yet."""
from _lens.door import UnsupportedError

from ..._creation import full


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


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    raise UnsupportedError("pack_padded_sequence is not supported yet: give the recurrent layer the padded tensor")


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    raise UnsupportedError("pad_packed_sequence is not supported yet")


def pack_sequence(sequences, enforce_sorted=True):
    raise UnsupportedError("pack_sequence is not supported yet: use pad_sequence")

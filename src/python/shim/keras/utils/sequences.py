"""pad_sequences: lists of different lengths as one array."""
from _lens import door

from .._backend.dtypes import standard
from .._backend.tensor import wrap


def pad_sequences(sequences, maxlen=None, dtype="int32", padding="pre", truncating="pre", value=0.0):
    rows = [list(s.tolist() if hasattr(s, "tolist") else s) for s in sequences]
    length = maxlen if maxlen is not None else max(map(len, rows), default=0)
    flat = []
    for row in rows:
        if len(row) > length:
            row = row[-length:] if truncating == "pre" else row[:length]
        fill = [value] * (length - len(row))
        flat.extend(fill + row if padding == "pre" else row + fill)
    dtype = standard(dtype)
    if "int" in dtype:
        flat = [int(n) for n in flat]
    return wrap(door.constant(flat, dtype, [len(rows), length])).numpy()

"""torch.memory_format, the order of a tensor's elements in memory (`_layout`), and torch.layout, of which only the strided one is there."""


class memory_format:
    def __init__(self, name):
        self._name = name

    def __repr__(self):
        return f"torch.{self._name}"

    def __reduce__(self):
        return f"torch.{self._name}"


class layout(memory_format):
    pass


NAMES = {"memory_format": memory_format, "layout": layout}
NAMES.update({name: memory_format(name) for name in ("contiguous_format", "preserve_format", "channels_last", "channels_last_3d")})
NAMES.update({name: layout(name) for name in ("strided", "sparse_coo", "sparse_csr", "sparse_csc", "sparse_bsr", "sparse_bsc", "jagged")})
STRIDED = NAMES["strided"]

"""torch.memory_format and torch.layout: named, and without effect: where elements lie in memory is not kept."""


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

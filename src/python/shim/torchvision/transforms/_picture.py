"""What an image of PIL is here: its size, and the numbers it was made of, if it was made of any. Others are drawn when they are asked for.

Ghosts that stand for images (`Image.open(path)`) become pictures when a transform gets them.
"""
import torch
from _lens import diagnostics
from _lens.recording import site
from _lens.recording.array import Array
from _lens.missing.ghost import Ghost

_UNKNOWN_SIZE = (224, 224)
_CHANNELS = {"1": 1, "L": 1, "I": 1, "F": 1, "P": 1, "LA": 2, "RGB": 3, "YCbCr": 3, "HSV": 3, "LAB": 3, "RGBA": 4, "CMYK": 4}
_MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}


class _Generator:
    """The one that pictures are drawn by: what the file itself draws is what it would draw with the real ones."""

    _id = 1_000_003


class Picture:
    """`numbers`: bytes of (C, H, W), or None: to be drawn."""

    format = filename = None

    def __init__(self, channels, height, width, numbers=None):
        self.channels, self.height, self.width, self._numbers = channels, height, width, numbers

    @classmethod
    def of(cls, numbers):
        return cls(*numbers.shape[-3:], numbers)

    size = property(lambda self: (self.width, self.height))
    mode = property(lambda self: _MODES.get(self.channels, "RGB"))

    def tensor(self):
        """Numbers in [0, 1) of (C, H, W)."""
        if self._numbers is None:
            return torch.rand(self.channels, self.height, self.width, generator=_Generator)
        return self._numbers.to(torch.float32) / 255

    def bytes(self):
        """Bytes of (C, H, W)."""
        if self._numbers is None:
            self._numbers = torch.randint(0, 256, (self.channels, self.height, self.width), generator=_Generator, dtype=torch.uint8)
        return self._numbers

    def changed(self, function, channels=None, size=None):
        """The picture that `function` of tensors makes of it; one that is still to be drawn only gets its size."""
        if self._numbers is None:
            return Picture(channels or self.channels, *(size or (self.height, self.width)))
        return Picture.of(function(self._numbers))

    def __array__(self, dtype=None, copy=None):
        array = self.bytes().permute(1, 2, 0).numpy()
        array = array[:, :, 0] if self.channels == 1 else array
        return array if dtype is None else array.astype(dtype)

    def convert(self, mode="RGB", *args, **kwargs):
        channels = _CHANNELS.get(mode, 3)
        if channels == self.channels:
            return self
        return self.changed(lambda x: x.to(torch.float32).mean(0, keepdim=True).to(torch.uint8).expand(channels, -1, -1), channels)

    def resize(self, size, *args, **kwargs):
        from . import functional
        return functional.resize(self, [int(size[1]), int(size[0])])

    def crop(self, box):
        from . import functional
        left, top, right, bottom = (int(side) for side in box)
        return functional.crop(self, top, left, bottom - top, right - left)

    def getbands(self):
        return tuple(self.mode)

    def copy(self):
        return Picture(self.channels, self.height, self.width, self._numbers)

    def load(self, *args, **kwargs):
        return None

    save = show = close = verify = seek = load

    def __enter__(self):
        return self

    def __exit__(self, *error):
        return False

    def __eq__(self, other):
        return self is other

    __hash__ = object.__hash__

    def __repr__(self):
        return f"<PIL.Image.Image image mode={self.mode} size={self.width}x{self.height}>"


# Messages name a thing by its class.
Picture.__name__, Picture.__qualname__, Picture.__module__ = "Image", "Image", "PIL.Image"


def image_of(thing):
    """A ghost as a picture: of the array that `Image.fromarray` was given, else of a size that is assumed, which is said on the line."""
    if not isinstance(thing, Ghost):
        return thing
    name, args, _ = thing._ghost_call or (thing._ghost_name, (), {})
    if name.endswith("fromarray") and args and isinstance(args[0], Array):
        return of_array(args[0])
    height, width = _UNKNOWN_SIZE
    diagnostics.report("skipped", "information", f"`{name.partition('.')[0]}` is not here: a random image (3×{height}×{width}) stands in for its image", site.here())
    return Picture(3, height, width)


def of_array(array):
    """A picture of (H, W) or (H, W, C)."""
    numbers = torch.as_tensor(array)
    numbers = numbers.unsqueeze(0) if numbers.dim() == 2 else numbers.permute(2, 0, 1)
    return Picture.of(numbers.to(torch.uint8))

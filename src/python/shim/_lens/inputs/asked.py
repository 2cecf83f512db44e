"""What the error of a call that was tried asks for, by its words: more pixels, an axis of another size, an argument of another shape."""
import math

from .. import mismatches
from ..framework import InputSpec
from ..mismatches import sizes_of
from .subject import STEPS


def too_few(message, batch):
    """(ratio, wanted): by what factor the elements before a layer were too few, and the features that it wants; None for what is not said."""
    if found := mismatches.FACTORS.search(message):
        given, wanted = int(found["given"]), int(found["wanted"])
        return (wanted / given if given else None), wanted
    if found := mismatches.KERAS_AXIS.search(message):
        return int(found["wanted"]) / max(int(found["given"]), 1), int(found["wanted"])
    if found := mismatches.NORMALIZED_SHAPE.search(message):
        sizes, given = sizes_of(found["wanted"]), sizes_of(found["given"])
        given = math.prod(given[-len(sizes):]) if len(given) > len(sizes) else 0
        return (math.prod(sizes) / given if given else None), math.prod(sizes)
    if found := mismatches.VIEW.search(message):
        known = [n for n in sizes_of(found["wanted"]) if n > 0]
        wanted = math.prod(known) // (batch if known and known[0] == batch and len(known) > 1 else 1)
        given = int(found["given"]) / batch
        return (wanted / given if given else None), wanted
    return None, None


def split(message):
    """(features given, features wanted) where an input is split into parts of other sizes; None."""
    found = mismatches.SPLIT.search(message)
    return (int(found["given"]), sum(sizes_of(found["wanted"]))) if found else None


def joined(message, specs):
    """Channels that each of several images alike must have, where the model joins them to more than its first layer takes: `torch.cat((a, b), 1)`; None."""
    found = mismatches.CHANNELS.search(message)
    count = sum(isinstance(spec, InputSpec) and spec.shape == specs[0].shape for spec in specs)
    if found is None or count < 2 or len(specs[0].shape) < 3 or sizes_of(found["shape"])[1:2] != [count * specs[0].shape[1]]:
        return None
    return specs[0].shape[1] // count if specs[0].shape[1] % count == 0 else None


def channels(message, image):
    """Channels that a linear layer asks for which was given those of the image itself: no convolution before it has changed them; None."""
    found = mismatches.FACTORS.search(message)
    if found is None or len(image.shape) < 3 or int(found["given"]) != image.shape[1]:
        return None
    return int(found["wanted"])


def is_turned(message, image):
    """Whether the model brings the last axis of images to the second place itself, `x.permute(0, 3, 1, 2)`."""
    found = mismatches.CHANNELS.search(message)
    return found is not None and sizes_of(found["shape"]) == [image.shape[0], image.shape[-1], *image.shape[1:-1]]


def others(message, rest, tried, given):
    """`rest`, the specs behind the first, with one of the shape that is asked for: `cond.view(B, 16, 1)`, or a linear layer that takes other features than its last axis has.

    `tried`: the specs of the call, which may have been of another size of images. `given`: places that stay.
    """
    viewed, multiplied = mismatches.VIEW.search(message), mismatches.FACTORS.search(message)
    sizes = sizes_of(viewed["wanted"]) if viewed else []
    for place, (own, spec) in enumerate(zip(rest, tried[1:])):
        if not isinstance(spec, InputSpec) or place + 1 in given:
            continue
        if min(sizes, default=-1) > 0 and math.prod(spec.shape) == int(viewed["given"]):
            yield (*rest[:place], InputSpec(sizes), *rest[place + 1:])
        if multiplied and len(spec.shape) > 1 and spec.shape[-1] == int(multiplied["given"]):
            yield (*rest[:place], InputSpec((own.shape[0], STEPS, int(multiplied["wanted"]))), *rest[place + 1:])

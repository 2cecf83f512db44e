"""How frameworks say that sizes do not fit: a pattern for each message that is read for a mend (`mends`), for whose fault it is (`fault`) and for what an input should be (`inputs`).

`given`: the size that came; `wanted`: the one that the layer or the file has. Numbers beside them are those of the batch.
"""
import re

_SIZES = r"[\d, ]+"

FACTORS = re.compile(r"mat1 and mat2 shapes cannot be multiplied \((?P<rows>\d+)x(?P<given>\d+) and (?P<wanted>\d+)x(?P<columns>\d+)\)")
CHANNELS = re.compile(rf"expected input\[(?P<shape>{_SIZES})\] to have (?P<wanted>\d+) channels?, but got (?P<given>\d+) channels?")
CHANNELS_OF_NORM = re.compile(r"should contain (?P<given>\d+) elements not (?P<wanted>\d+)")
CHANNELS_OF_INSTANCE_NORM = re.compile(r"input's size at dim=1 to match num_features \((?P<wanted>\d+)\), but got: (?P<given>\d+)")
INPUT_SIZE = re.compile(r"must be equal to input_size\. Expected (?P<wanted>\d+), got (?P<given>\d+)")
INPUT_SIZE_OF_CELL = re.compile(r"input has inconsistent input_size: got (?P<given>\d+) expected (?P<wanted>\d+)")
EMBEDDING = re.compile(r"was expecting embedding dimension of (?P<wanted>\d+), but got (?P<given>\d+)")
KERAS_AXIS = re.compile(r"to have value (?P<wanted>\d+), but received input with shape \(.*?(?P<given>\d+)\)")
BROADCAST = re.compile(r"size of tensor a \((?P<given>\d+)\) must match the size of tensor b \((?P<wanted>\d+)\)")
COUNT = re.compile(r"[Ee]xpected (?P<wanted>\d+),? (?:but )?got (?P<given>\d+)")  # "not enough values to unpack (expected 4, got 3)"

# Those of several sizes at once.
NORMALIZED_SHAPE = re.compile(rf"Given normalized_shape=\[(?P<wanted>{_SIZES})\], expected input with shape .*? but got input of size ?\[(?P<given>{_SIZES})\]")
VIEW = re.compile(r"shape '\[(?P<wanted>.*?)\]' is invalid for input of size (?P<given>\d+)")
SPLIT = re.compile(rf"split_sizes to sum exactly to (?P<given>\d+) \(.*?split_sizes=\[(?P<wanted>{_SIZES})\]")

_OF_ONE_SIZE = (FACTORS, CHANNELS, CHANNELS_OF_NORM, CHANNELS_OF_INSTANCE_NORM, INPUT_SIZE, INPUT_SIZE_OF_CELL, EMBEDDING, KERAS_AXIS, BROADCAST, COUNT)


def sizes_in(message):
    """(given, wanted) of a message that names one size and another; None: it does not."""
    found = next((found for found in (pattern.search(message) for pattern in _OF_ONE_SIZE) if found), None)
    return (int(found["given"]), int(found["wanted"])) if found else None


def sizes_of(text):
    """[int] of sizes that a message lists."""
    return [int(size) for size in re.findall(r"-?\d+", text)]

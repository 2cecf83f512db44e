"""Images that are not as high as they are wide: looked for where a linear layer behind a flatten takes what no square image gives it.

How high and wide the maps before that layer may be, its features say; how far apart the pixels are of which neighbouring cells of a map are made, two square images.
"""
import math
import statistics

_MOST_OBLONG = 4      # times as wide as high, or as high as wide: of more, chance
_MOST_CALLS = 4       # for one height and width of the maps


class Squares:
    """The maps that square images gave before a layer that wanted others: side of an image → side of its map."""

    def __init__(self):
        self.sides = {}
        self.cells = None  # how many a map must have

    def saw(self, size, outcome):
        """Told of each call on a square image that gave a layer too few features, or too many."""
        ratio, wanted = outcome.too_few
        if ratio is None or outcome.map is None or len(outcome.map) != 4 or outcome.map[2] != outcome.map[3]:
            return
        _, channels, side, _ = outcome.map
        if wanted is not None and round(channels * side * side * ratio) != wanted:  # that layer takes something else of the maps
            return
        cells = side * side * ratio
        if abs(cells - round(cells)) < 1e-6:
            self.sides[size], self.cells = side, round(cells)

    @property
    def stride(self):
        """Pixels between neighbouring cells; None where one map alone is known."""
        steps = [(larger - size) / (self.sides[larger] - side) for (size, side), larger in zip(sorted(self.sides.items()), sorted(self.sides)[1:]) if self.sides[larger] > side]
        return statistics.median(steps) if steps else None

    def maps(self):
        """(height, width) of maps with as many cells as are wanted, those nearest to a square first, and wide ones before high ones."""
        if self.cells is None or self.stride is None:
            return
        for height in range(math.isqrt(self.cells), 0, -1):
            width = self.cells // height
            if height * width == self.cells and height < width <= _MOST_OBLONG * height:
                yield height, width
                yield width, height

    def images(self, wanted, call):
        """(height, width) of an image whose map is as `wanted`, where `call` of a height and width gives the Outcome that it came to; None."""
        size, side = next(iter(self.sides.items()))
        sides = tuple(round(size + (cells - side) * self.stride) for cells in wanted)
        for _ in range(_MOST_CALLS):
            if min(sides) < 1:
                return None
            outcome = call(sides)
            if outcome.is_right:
                return sides
            given = None if outcome.map is None else outcome.map[2:]
            if given is None or given == wanted:
                return None
            sides = tuple(round(pixels + (cells - got) * self.stride) for pixels, cells, got in zip(sides, wanted, given))
        return None

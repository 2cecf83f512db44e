"""Normal and exponential numbers by the ziggurat: layers of equal area under the density, most draws need one comparison.

G. Marsaglia, W. W. Tsang, "The Ziggurat Method for Generating Random Variables", Journal of Statistical Software 5, 2000.
"""
import functools
import math

_RIGHT = 3.6541528853610088     # where the lowest of the 256 layers ends
_AREA = 0.004928673233974652    # of each layer
_SCALE = 2.0 ** 52


@functools.cache
def _layers():
    """(bounds, widths, densities) of the layers, from the lowest up, in double precision as NumPy's own were made."""
    bounds, widths, densities = [0] * 256, [0.0] * 256, [1.0] * 256
    outer = _RIGHT
    widths[255], densities[255] = outer / _SCALE, math.exp(-0.5 * outer * outer)
    bounds[0], widths[0] = int(outer * densities[255] / _AREA * _SCALE), _AREA / densities[255] / _SCALE
    for layer in range(254, 0, -1):
        x = math.sqrt(-2.0 * math.log(_AREA / outer + densities[layer + 1]))
        bounds[layer + 1] = round(x / outer * _SCALE)
        widths[layer], densities[layer] = x / _SCALE, math.exp(-0.5 * x * x)
        if layer == 38:  # NumPy's number is one step above the rounded exponential, and the layers above follow from it
            densities[layer] = math.nextafter(densities[layer], 2.0)
        outer = x
    return bounds, widths, densities


def normals(bits, count):
    """`count` standard normal numbers from a generator's words of 64 bits."""
    bounds, widths, densities = _layers()
    draw, found = bits.uint64, []
    while len(found) < count:
        word = draw()
        layer = word & 0xFF
        magnitude = word >> 9 & 0xFFFFFFFFFFFFF
        x = magnitude * widths[layer]
        if word & 0x100:
            x = -x
        if magnitude < bounds[layer]:
            found.append(x)
        elif layer == 0:
            found.append(_tail(bits, magnitude))
        elif (densities[layer - 1] - densities[layer]) * bits.double() + densities[layer] < math.exp(-0.5 * x * x):
            found.append(x)
    return found


def _tail(bits, magnitude):
    """A number beyond the lowest layer's end."""
    while True:
        x = -math.log1p(-bits.double()) / _RIGHT
        y = -math.log1p(-bits.double())
        if y + y > x * x:
            return -(_RIGHT + x) if magnitude >> 8 & 1 else _RIGHT + x

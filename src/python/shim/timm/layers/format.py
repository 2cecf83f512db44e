"""Orders of axes: N batch, C channels, H W spatial, L tokens."""
import enum


class Format(str, enum.Enum):
    NCHW = "NCHW"
    NHWC = "NHWC"
    NCL = "NCL"
    NLC = "NLC"


_SPATIAL = {Format.NCHW: (2, 3), Format.NHWC: (1, 2), Format.NCL: (2,), Format.NLC: (1,)}


def get_spatial_dim(fmt):
    return _SPATIAL[Format(fmt)]


def get_channel_dim(fmt):
    return Format(fmt).value.index("C")


def nchw_to(x, fmt):
    if fmt == Format.NHWC:
        return x.permute(0, 2, 3, 1)
    if fmt == Format.NLC:
        return x.flatten(2).transpose(1, 2)
    return x.flatten(2) if fmt == Format.NCL else x


def nhwc_to(x, fmt):
    if fmt == Format.NCHW:
        return x.permute(0, 3, 1, 2)
    if fmt == Format.NLC:
        return x.flatten(1, 2)
    return x.flatten(1, 2).transpose(1, 2) if fmt == Format.NCL else x

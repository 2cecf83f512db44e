"""What torchvision.ops has and this has not: named where it is called."""
from _lens.door import UnsupportedError


def _named(name):
    def refuse(*args, **kwargs):
        raise UnsupportedError(f"torchvision.ops.{name} is not supported yet")
    return refuse


ps_roi_align, PSRoIAlign, ps_roi_pool, PSRoIPool = map(_named, ("ps_roi_align", "PSRoIAlign", "ps_roi_pool", "PSRoIPool"))

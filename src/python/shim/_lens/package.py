"""Which package a thing comes from, by what it says of itself: that may be anything, or raise."""
import inspect


def package_of(thing):
    """`torch` of `torch.nn.Linear`, of its instances and of the module itself; "" where it does not say."""
    try:
        origin = thing.__name__ if inspect.ismodule(thing) else getattr(thing, "__module__", None) or type(thing).__module__
    except Exception:
        return ""
    return origin.partition(".")[0] if isinstance(origin, str) else ""

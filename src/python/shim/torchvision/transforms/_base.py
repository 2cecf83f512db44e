"""What all transforms share: they are modules, but not models or layers of one, and print as torchvision's."""
from _lens.recording import calls
from torch import nn


class Transform(nn.Module):
    """`_shown`: the attributes that it prints, `_comma`: between them."""

    _shown, _comma = (), ", "
    _lens_is_data_step = True  # never offered as a model

    def __call__(self, *inputs):
        with calls.muted():
            return self.forward(*inputs)

    def __repr__(self):
        return f"{type(self).__name__}({self._comma.join(f'{name}={_printed(getattr(self, name))}' for name in self._shown)})"


def _printed(value):
    return getattr(value, "value", value)

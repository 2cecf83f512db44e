"""What `inspect` was asked."""
from ..source import comments
from ..weights import loading


class Request:
    """The fields are those of `InspectOptions` in src/protocol/runtimeApi.ts. Raises comments.NotUnderstood."""

    def __init__(self, model, call, inputs, lens, seed, mode, batch, weights):
        self.model, self.call = model, call
        self.inputs = comments.specs_of(inputs or (), "option")
        self.lens = {name: comments.parse(text, origin="option") for name, text in lens.items()}
        self.seed, self.mode, self.batch = seed, mode, batch
        self.weights = None if weights is None else loading.File(**weights)

    @property
    def is_training(self):
        return self.mode == "train"

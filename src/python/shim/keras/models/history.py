"""What `fit` returns. Nothing was trained, so every figure in it is NaN: honest, and plotted as nothing."""


class History:
    def __init__(self, model, epochs, names, validated):
        self.model = model
        self.epoch = list(range(epochs))
        names = names + [f"val_{name}" for name in names] if validated else names
        self.history = {name: [float("nan")] * epochs for name in names}
        self.params = {"epochs": epochs}

"""What is said of packages that are not here, and of the models that they would make."""
import re

from . import settings

# Packages people import beside a model, and what is to be said where more than "not here" helps.
_SENTENCES = {
    "jax": "JAX is not read by Activation Lens (PyTorch, Keras and TensorFlow are)",
    "flax": "Flax runs on JAX, which Activation Lens does not read (PyTorch, Keras and TensorFlow are)",
    "haiku": "Haiku runs on JAX, which Activation Lens does not read (PyTorch, Keras and TensorFlow are)",
    "paddle": "Paddle is not read by Activation Lens (PyTorch, Keras and TensorFlow are)",
    "mxnet": "MXNet is not read by Activation Lens (PyTorch, Keras and TensorFlow are)",
    "transformers": "`transformers` is not here: the models that it makes from a configuration or from a server are out of reach",
    "diffusers": "`diffusers` is not here: the models that it makes from a configuration or from a server are out of reach",
    "peft": "`peft` is not here: models are shown without what it adds to them",
    "torch_geometric": "`torch_geometric` is not here: its layers are out of reach, those that the file writes itself are shown",
    "dgl": "`dgl` is not here: its layers are out of reach, those that the file writes itself are shown",
    "datasets": "`datasets` is not here: its data lies on a server, so loops over it are empty",
    "click": "`click` is not here: commands are run with the defaults of their options", "typer": "`typer` is not here: commands are run with the defaults of their options",
    "fire": "`fire` is not here: functions are run with their defaults", "absl": "`absl` is not here: `app.run` runs the function that it is given",
    "hydra": "`hydra` is not here: the settings that its functions get are composed of its files of settings",
    "pdb": "`pdb` is not here: nothing stops for it",
}
# Of the standard library, what waits for a person at a terminal.
OF_A_TERMINAL = ("pdb",)

# Packages whose models are made elsewhere, and how.
_MODELS = {
    "transformers": "a model that `transformers` makes from a configuration or from a server is out of reach",
    "diffusers": "a model that `diffusers` makes from a configuration or from a server is out of reach",
    "torch_geometric": "a layer of `torch_geometric` is out of reach", "dgl": "a layer of `dgl` is out of reach",
}
_WITHOUT = {
    "transformers": "it is not among the layers, and random numbers stand in for its outputs", "diffusers": "it is not among the layers",
    "torch_geometric": "it is not among the layers", "dgl": "it is not among the layers",
}
_MAKES_MODEL = re.compile(r"(Model(For\w+|With\w+)?|LMHeadModel|UNet\w+|Autoencoder\w*|Transformer\w+|Pipeline)(\.from_(pretrained|config))?$|nn\.(\w+\.)*[A-Z]\w*(Conv|Layer|Norm)\w*$")
# Whose parts work as ghosts, so that nothing is said of them.
_WORK_AS_GHOSTS = frozenset({"tqdm", "rich", "alive_progress", "pytorch_lightning", "lightning", "torchmetrics"})


def sentence(name):
    """Said of the import of a package, or of a module of one; None where there is nothing to say."""
    package = name.partition(".")[0]
    if package in _WORK_AS_GHOSTS:
        return None
    return sentence_of_part(name)


def sentence_of_part(name):
    """Said of a module, class or function, also of a package that is here without it."""
    package = name.partition(".")[0]
    if package in _SENTENCES:
        return _SENTENCES[package]
    if package in settings.PACKAGES:
        return f"`{name}` is not here: it keeps the settings that are put into it and that it reads"
    return f"`{name}` is not here: what the file does with it has no effect"


def sentence_of_model(name):
    """Said where a call of this name would make a model; None: it makes none."""
    package, _, path = name.partition(".")
    if package not in _MODELS or not _MAKES_MODEL.search(name):
        return None
    return f"`{path}(…)`: {_MODELS[package]}, so {_WITHOUT[package]}"

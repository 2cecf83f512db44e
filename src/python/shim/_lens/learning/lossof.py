"""The one place where it is decided which loss of a model's call is the file's own: a table of sources, in order.

Where none of them has an answer, the loss is of a kind: of the one that the file names (`training.found`), else of what suits the output
(src/analysis/lossChoice.ts goes on from here).
"""
from . import lossfunction, namedloss, ownloss


class Asked:
    """What the sources are asked about."""

    def __init__(self, made, candidate, seed):
        self.made = made            # calling.modelcall.ModelCall
        self.outputs = made.outputs
        self.trained = [entry.parameter.array for entry in made.parameters]
        self.result = made.result   # what the call gave, where it was made here and a source needs it: see `needs_result`
        self.owner, self.place, self.seed = candidate.owner, candidate.definition, seed
        self.name = type(made.model).__name__


# Each gives an ownloss.Loss, or None.
SOURCES = (
    # What the file takes gradients of in its first step of training, Lightning's `training_step` among them (`trainingstep`).
    lambda asked: ownloss.of_outputs(asked.outputs, asked.trained),
    # What it makes of the outputs by a framework's loss function, though it takes no gradient of it.
    lambda asked: ownloss.computed_of(asked.outputs),
    # What the model itself gives, where that is one number, or one beside the rest.
    lambda asked: ownloss.of_scalar(asked.outputs, asked.made.root),
    # What the file's function for a loss makes of them, which nothing calls.
    lambda asked: None if asked.result is None else lossfunction.of_function(asked.owner, asked.made.model, asked.made.drawn, asked.result, asked.seed),
    # The likelihood of what is drawn from a distribution that the model gives.
    lambda asked: None if asked.result is None else ownloss.of_distributions(asked.result, asked.place),
    # The framework's function that the file names, and no other, of targets that are drawn.
    lambda asked: namedloss.of_output(asked.owner, asked.name, asked.outputs[0], asked.seed) if asked.outputs and asked.outputs[0].shape else None,
)


def of_call(made, candidate, seed):
    """The Loss of a model's call; None where the file has none."""
    asked = Asked(made, candidate, seed)
    return next((loss for loss in (source(asked) for source in SOURCES) if loss is not None), None)


def is_trained(made):
    """Whether the file takes gradients of what a call of its own gave."""
    return ownloss.of_outputs(made.outputs, [entry.parameter.array for entry in made.parameters]) is not None


def needs_result(owner, model, text):
    """Whether a source asks for what a call gives, beside its tensors. `text`: of the file."""
    return lossfunction.has_function(owner, model) or "distribution" in text


def of_file(whole, trained):
    """The Loss of the first output of a file whose own statements are the model, where that output is not itself what gradients are taken of."""
    loss = ownloss.of_outputs(whole.outputs[:1], trained)
    return None if loss is None or loss.value.id == whole.outputs[0].id else loss

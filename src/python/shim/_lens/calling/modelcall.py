"""A call of a model as it is traced."""
from ..recording import provenance
from . import callvalues


class ModelCall:
    """`first` to `end` are the ids of its calls, `top` that of the root."""

    def __init__(self, model, root, first, end, parameters, buffers, inputs, outputs, assumptions, arguments=()):
        self.model, self.root = model, root
        self.first, self.end = first, end
        self.top = root.call.id if root is not None else None
        self.parameters, self.buffers = parameters, buffers
        self.inputs = inputs        # [callvalues.Given]
        self.plain = []             # [callvalues.GivenPlain]
        self.outputs = outputs      # [Value]
        self.assumptions = assumptions
        self.arguments = arguments  # [arguments.Argument] that the model was made with
        self.weights = None         # name of the file that the parameters were read from
        self.own_loss = None        # ownloss.Loss, by `lossof`
        self.drawn = self.result = None  # what it was called on and what it gave, where it was made here: see `lossof.needs_result`
        self.again = None           # makes the same call once more, of the model as it is by then

    @property
    def is_hollow(self):
        """Whether it failed, of a model that has no parameters: one that was made without the part which does the work."""
        return not self.parameters and not self.outputs

    def depends_on_data(self):
        """Whether Python read a value during the call that the inputs or parameters decide."""
        given = {given.value.id for given in self.inputs} | {entry.value.id for entry in self.parameters}
        return any(self.first <= call < self.end and provenance.ancestors([value]) & given for value, call in provenance.reads)


def of_root(root, assumptions):
    """The call of a root, its inputs taken for the file's."""
    given = [callvalues.Given(name, value, None, "file") for name, value in zip(callvalues.names_in(root), root.call.inputs)]
    made = ModelCall(root.module, root, root.call.id, root.end, root.parameters, root.buffers, given, root.call.outputs, assumptions)
    made.plain = callvalues.plain_of_root(root)
    return made

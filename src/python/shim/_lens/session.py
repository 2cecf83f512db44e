"""What one run of a file left behind, for finding and tracing its models: names, syntax tree, comments, and the request."""
import re
import types

from .source.syntax import Syntax


class Session:
    def __init__(self):
        self.path = ""
        self.text = ""
        self.root = None
        self.seed = 0
        self.tree = None         # of ast; None where the file is not Python
        self.comments = []       # comments.LensComment
        self.definitions = None  # name -> the first class or function of that name, in the order of the text; made when first asked for
        self.builtins = None     # the module of that name as the file sees it
        self.bound_models = None  # [(name, model)] of the file's own level
        self.computation = ()    # of `filemodel.of_file`, once it was asked for
        self.candidates = None   # discovery.Candidate, main first; found when first asked for
        self.written_arguments = {}  # of `construction.arguments`: what calls in texts say
        self.neighbours = {}  # of `workspace.neighbours`, once they were asked for
        self.names_of_classes = None  # of `meanings.comparisons`, once they were asked for
        self.trees = {}  # of `sourcetree.of`: id of what was asked for → (it, its tree)
        self.spoken_of = None  # of `learning.classwords`, once it was asked for
        self.written_losses = {}  # of `learning.lossfunction`: name of a model's class → what texts call for its loss
        self._lines = None
        self._syntax = None
        self.main = types.ModuleType("__main__")
        self.failures = None    # running.failures.Failures of the run
        self.begun = set()  # functions that a worker was started with
        self.procedures = frozenset()  # names of the functions and methods that the file calls as statements
        self.locals_of_procedures = []  # their names, each a dictionary, as they were when it was left
        self.has_started_itself = False  # as another program, `mpirun -np 4 python train.py`
        self.training_files = list  # gives the TextFile of each file that seems to train what this one defines
        self.written_loss = lambda *asked: []  # `construction.writtenloss.functions`
        self.files_beside = list  # and those that it imported as well
        self.run_as_module = None  # runs the rest of the file at once
        self.ended_at = None     # line of the statement by which the file ended itself before its last one
        self.is_stopped = False  # the time was over before its end, or before its models were found
        self.has_failed = False  # one of the file's statements
        self.calls_of_file = None  # how many calls there were when the file had been run; None: it runs
        self.is_traced = False  # models are called here, not by the file: with inputs that are assumed

    @property
    def namespace(self):
        """The names of the file's own level."""
        return self.main.__dict__

    def things(self):
        """[(name, thing)] of the file's own level, without numbers and texts, and without what cannot be looked at: a proxy of something that is not there raises
        whatever it is asked."""
        return [(name, thing) for name, thing in list(self.namespace.items()) if type(thing) not in _PLAIN and isinstance(name, str) and _can_be_seen(thing)]

    @property
    def syntax(self):
        """All nodes of the tree."""
        if self._syntax is None:
            self._syntax = Syntax(self.tree)
        return self._syntax

    def line(self, number):
        """A line of the text, as Python counts them: from 1, and none ends at a form feed."""
        return self._split()[number - 1]

    def line_count(self):
        return len(self._split())

    def _split(self):
        if self._lines is None:
            self._lines = re.split(r"\r\n|\r|\n", self.text)
        return self._lines

    def begin(self, path, text, root, seed):
        self.__init__()
        self.path, self.text, self.root, self.seed = path, text, root, seed
        self.main.__file__ = path


_PLAIN = frozenset({int, float, complex, bool, str, bytes, type(None)})


def _can_be_seen(thing):
    try:
        return isinstance(thing, _Nothing) or True  # which asks its type, and then the thing itself, for a class
    except Exception:
        return False


class _Nothing:
    """A class that nothing is of."""


session = Session()

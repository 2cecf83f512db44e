"""What one run of a file left behind, for finding and tracing its models: names, syntax tree, comments, and the request."""
import types


class Session:
    def __init__(self):
        self.path = ""
        self.text = ""
        self.root = None
        self.seed = 0
        self.tree = None         # of ast; None where the file is not Python
        self.comments = []       # comments.LensComment
        self.candidates = None   # discovery.Candidate, main first; found when first asked for
        self.main = types.ModuleType("__main__")

    @property
    def namespace(self):
        """The names of the file's own level."""
        return self.main.__dict__

    def begin(self, path, text, root, seed):
        self.__init__()
        self.path, self.text, self.root, self.seed = path, text, root, seed
        self.main.__file__ = path


session = Session()

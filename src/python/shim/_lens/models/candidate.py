"""What discovery finds."""


class Candidate:
    """Something of the file that can be shown as a model.

    `made`: the instance, class or function; None for the file itself. `root`: the file's own call, if it made one.
    """

    def __init__(self, name, kind, owner, made, definition, aliases=(), root=None, is_fragment=False):
        self.name = name
        self.kind = kind            # "called" | "instance" | "class" | "function" | "call" | "file"
        self.owner, self.made = owner, made  # a Framework, and what is shown
        self.definition = definition  # site id or None
        self.aliases = {name, *aliases}
        self.root = root
        self.is_fragment = is_fragment  # a method whose class is not in the file
        self.is_unknown = False         # not to be made, since nothing says with what

"""An argument that a model is made with, and all of them."""
from . import written


class Argument:
    """One argument that a model is made with; `ArgumentReport` in src/protocol/report.ts has the meaning of the fields."""

    def __init__(self, name, value, origin, reason, text=None):
        self.name, self.value = name, value
        self.origin, self.reason = origin, reason
        self._text = text

    @property
    def text(self):
        """Read when the model was made: by then a configuration knows what was asked of it."""
        return self._text if self._text is not None else written.text_of(self.value)

    def as_assumed(self):
        """The same where the text says it of something that is assumed itself: by its value."""
        return Argument(self.name, self.value, "assumed", self.reason)

    @property
    def code(self):
        """The same where it gives the value. Raises written.NotWritten."""
        return self._text if self._text is not None else written.code_of(self.value)


class Arguments:
    """What a class or function of the file is called with. `sentences`: one for each thing that was assumed."""

    def __init__(self):
        self.args, self.kwargs = [], {}
        self.listed = []     # Argument
        self._places = {}    # id of an Argument → its index in `args`
        self.line = None     # of the call in the file's text that they are taken from
        self.sentences = []
        self.following = []  # (method, args, kwargs) of calls that the instance needs before it is used

    def call(self, callable_):
        """What the class or function gives."""
        made = callable_(*self.args, **self.kwargs)
        for method, args, kwargs in self.following:
            getattr(made, method)(*args, **kwargs)
        return made

    def with_value(self, argument, value):
        """These, with another value for one argument."""
        other = Arguments()
        other.following = self.following
        replaced = Argument(argument.name, value, argument.origin, argument.reason)
        other.listed = [replaced if one is argument else one for one in self.listed]
        other._places = {id(replaced) if key == id(argument) else key: place for key, place in self._places.items()}
        other.args = [value if index == self._places.get(id(argument)) else one for index, one in enumerate(self.args)]
        other.kwargs = {name: value if name == argument.name else one for name, one in self.kwargs.items()}
        other.sentences = [sentence.replace(f"`{argument.name}` is not given, assumed {short(argument.value)}", f"`{argument.name}` is not given, assumed {short(value)}")
                           if isinstance(sentence, str) else sentence for sentence in self.sentences]
        return other

    def give(self, parameter, argument):
        self.listed.append(argument)
        if parameter.kind is parameter.KEYWORD_ONLY:
            self.kwargs[parameter.name] = argument.value
        else:
            self._places[id(argument)] = len(self.args)
            self.args.append(argument.value)


def short(value):
    text = written.text_of(value)
    return text if len(text) <= 40 else text[:37] + "…"

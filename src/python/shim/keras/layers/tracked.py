"""What a layer owns: its variables, the layers it holds, and the losses that both add."""
from .. import constraints, initializers, regularizers
from .._backend import symbolic
from .._backend.dtypes import is_float, standard
from .._backend.names import auto_name
from .._backend.shapes import product
from .._backend.variable import BaseVariable, Variable


class Tracked:
    """Finds variables and layers in a layer's attributes, also in lists and dicts there, in the order of assignment."""

    # attributes of `__dict__` that hold layers or variables which are not this layer's own
    _not_tracked = frozenset(("_inbound_nodes", "_variables", "_made_with", "input_spec", "_losses"))

    def add_weight(self, *args, shape=None, initializer=None, dtype=None, trainable=True, autocast=True, regularizer=None,
                   constraint=None, aggregation="none", overwrite_with_gradient=False, name=None, **kwargs):
        # Keras 2 took the name first
        for argument in args:
            if isinstance(argument, str):
                name = argument
            else:
                shape = argument
        dtype = self._dtype if dtype is None else standard(dtype)
        if initializer is None:
            initializer = "glorot_uniform" if is_float(dtype) else "zeros"
        variable = Variable(initializers.get(initializer), tuple(shape or ()), dtype, trainable,
                            name=name or auto_name("variable"), constraint=constraints.get(constraint),
                            regularizer=regularizers.get(regularizer))
        variable.path = f"{self.name}/{variable.name}"
        variable.definition = self._definition
        self._variables.append(variable)
        return variable

    add_variable = add_weight

    def add_loss(self, loss):
        if not symbolic.is_probing():
            self._losses.extend(loss if isinstance(loss, (list, tuple)) else [loss])

    def add_metric(self, *args, **kwargs):
        pass

    def _own_variables(self):
        """Those of `add_weight`, then those that the user assigned; trainable ones first, as Keras lists them."""
        found = list(self._variables)
        known = {id(v) for v in found}
        for name, thing in self.__dict__.items():
            if name not in self._not_tracked:
                _collect(thing, BaseVariable, found, known)
        return [v for v in found if v.trainable] + [v for v in found if not v.trainable]

    def _sublayers(self):
        """The layers that this one holds, in the order in which they were assigned or put into lists."""
        found, known, in_lists = [], {id(self)}, set()
        for name, thing in self.__dict__.items():
            if name not in self._not_tracked:
                before = len(found)
                _collect(thing, Tracked, found, known)
                if not isinstance(thing, Tracked):
                    in_lists.update(range(before, len(found)))
        return self._as_tracked(found, in_lists) if in_lists else found

    def _as_tracked(self, found, in_lists):
        """`found` with what was appended to a list after later attributes were assigned (`in_lists`: places of what lists hold).

        Keras notes when each layer comes in. Here that is told by when they were constructed: a list's layer comes after the
        attributes that were constructed before it, unless these are older than this layer itself (arguments of its constructor).
        """
        own = self.__dict__.get("_serial", 0)
        assigned = [(place, layer.__dict__.get("_serial", 0)) for place, layer in enumerate(found) if place not in in_lists]

        def place_of(place):
            if place not in in_lists:
                return place, 0
            serial = found[place].__dict__.get("_serial", 0)
            return max((other for other, made in assigned if other > place and own < made < serial), default=place), 1
        return [found[place] for place in sorted(range(len(found)), key=place_of)]

    def _flatten_layers(self, include_self=True, recursive=True):
        seen, order = set(), []

        def visit(layer):
            if id(layer) not in seen:
                seen.add(id(layer))
                order.append(layer)
                for below in layer._sublayers():
                    visit(below)
        visit(self)
        return order if include_self else order[1:]

    @property
    def variables(self):
        found, known = [], set()
        for layer in self._flatten_layers():
            for variable in layer._own_variables():
                if id(variable) not in known:
                    known.add(id(variable))
                    found.append(variable)
        return found

    @property
    def weights(self):
        return self.variables

    @property
    def trainable_weights(self):
        return [v for v in self.variables if v.trainable] if self.trainable else []

    @property
    def non_trainable_weights(self):
        return [v for v in self.variables if not v.trainable or not self.trainable]

    trainable_variables = trainable_weights
    non_trainable_variables = non_trainable_weights

    @property
    def trainable(self):
        return self._trainable

    @trainable.setter
    def trainable(self, value):
        value = bool(value)
        self._trainable = value
        for variable in self._variables:
            if variable.name not in ("moving_mean", "moving_variance"):
                variable.trainable = value
        for layer in self._sublayers():
            layer.trainable = value

    @property
    def losses(self):
        """What `add_loss` and the regularizers add to the training loss."""
        found = []
        for layer in self._flatten_layers():
            found.extend(layer._losses)
        found.extend(v.regularizer(v) for v in self.trainable_weights if v.regularizer is not None)
        return found

    def count_params(self):
        if not self.built:
            raise ValueError(f"You tried to call `count_params` on layer '{self.name}', but the layer isn't built. "
                             f"You can build it manually via: `layer.build(input_shape)`.")
        return sum(product(variable.shape) for variable in self.weights)

    def get_weights(self):
        return [v.numpy() for v in self.weights]

    def set_weights(self, weights):
        variables = self.weights
        if len(variables) != len(weights):
            raise ValueError(f"You called `set_weights(weights)` on layer '{self.name}' with a weight list of length {len(weights)}, "
                             f"but the layer was expecting {len(variables)} weights.")
        for variable, weight in zip(variables, weights):
            variable.assign(weight)


def _collect(thing, kind, found, known):
    if isinstance(thing, kind):
        if id(thing) not in known:
            known.add(id(thing))
            found.append(thing)
    elif isinstance(thing, (list, tuple)):
        for item in thing:
            _collect(item, kind, found, known)
    elif isinstance(thing, dict):
        for item in thing.values():
            _collect(item, kind, found, known)

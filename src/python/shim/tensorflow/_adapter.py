"""What the runner must know of TensorFlow beside Keras: `tf.Module`, and variables of the file's own."""
from _lens import framework
from keras import _adapter as keras_adapter
from keras._backend.variable import TensorFlowVariable
from keras.layers.layer import Layer

from . import _random
from ._module import Module, held_by, modules_of

_keras = keras_adapter.Keras()


class TensorFlow(framework.Framework):
    name = "tensorflow"
    told_by_mode = ("training", "mask")
    built_by_call = True
    channel_axis = "last"

    def is_model(self, thing):
        return isinstance(thing, Module)

    def is_model_class(self, thing):
        return isinstance(thing, type) and issubclass(thing, Module)

    def is_container_class(self, cls):
        return cls.__module__.split(".")[0] == "tensorflow"

    def definition(self, model):
        return model._definition

    def modules(self, model):
        found = []
        for path, module in modules_of(model):
            below = _keras.modules(module)[1:] if isinstance(module, Layer) else []
            found.append((path, module))
            found.extend((f"{path}/{name}", layer) for name, layer in below)
        return found

    def parameters(self, model):
        found, known = [], set()
        for path, module in modules_of(model):
            if isinstance(module, Layer):
                entries = [entry._replace(path=f"{path}/{entry.path}" if entry.path and entry.path != module.name else path) for entry in _keras.parameters(module)]
            else:
                entries = [framework.Parameter(path, module, name, v, v.trainable, v.definition) for name, v in held_by(module, TensorFlowVariable)]
            for entry in entries:
                if id(entry.array) not in known:
                    known.add(id(entry.array))
                    found.append(entry)
        return found

    def buffers(self, model):
        return [framework.Buffer(entry.path, entry.name, entry.array) for entry in self.parameters(model) if not entry.array.trainable]

    def input_hints(self, model):
        hints = []
        for _, module in modules_of(model):
            if isinstance(module, Layer):
                hints.extend(_keras.input_hints(module))
            else:
                for name, variable in held_by(module, TensorFlowVariable):
                    shape = variable.value.shape
                    if len(shape) == 2:
                        hints.append((module, {"kind": "linear", "features": shape[0]}))
                    elif len(shape) == 4:
                        hints.append((module, {"kind": "conv", "features": shape[2], "rank": 2}))
        return hints

    def is_variable(self, array):
        return isinstance(array, TensorFlowVariable) and array.trainable

    def begin_run(self):
        _random.begin_run()

    def seed(self, seed):
        _random.set_seed(seed)

    def wrap(self, value):
        return _keras.wrap(value)


framework.register(TensorFlow())

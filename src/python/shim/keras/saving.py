"""keras.saving"""
from .models import load_model, save_model  # noqa: F401
from .utils import CustomObjectScope, custom_object_scope, get_custom_objects, register_keras_serializable  # noqa: F401

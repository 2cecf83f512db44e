"""The other files of the workspace: imports of them, and those around the one that is shown."""

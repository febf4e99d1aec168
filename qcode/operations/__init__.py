"""What a person can do to a study: one module a noun, one function a deed, each a single undoable step."""

"""The window: the only part of qcode that knows Qt."""

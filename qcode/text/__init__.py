"""Text as values: canonical form, ranges and how they overlap, and keys that order things."""

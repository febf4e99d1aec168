"""Texts searched and counted: terms, patterns, keyword in context, word lists. Values in, values out."""

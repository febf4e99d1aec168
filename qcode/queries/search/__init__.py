"""Searching the texts of a study, and what is coded where words are found."""

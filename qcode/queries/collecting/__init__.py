"""Copies of a study that come together: what they bring, where they differ, and who has which."""

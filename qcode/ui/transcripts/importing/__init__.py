"""Bringing transcripts in: what was read is looked at and corrected before anything is written."""

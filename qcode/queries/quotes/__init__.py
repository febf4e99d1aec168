"""Quotes as a writer sees them: candidates, their words today, how they print, and whose voices they are."""

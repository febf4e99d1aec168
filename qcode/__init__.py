"""qcode: coding, agreement and themes for interview and focus-group transcripts."""

__version__ = "0.1.0"

"""Documents as a coder sees them: their texts, languages, questions, corrections and redactions."""

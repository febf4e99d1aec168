"""Who takes part, and what is recorded about people, documents and places."""

"""What may be said of those who are quoted, so that nobody is told from fewer than k people by it."""

"""Disagreements as a team sees them: the cases, the decisions about them, and the consensus that follows."""

"""Pages of the Team tab on which a person decides: about codes that were proposed, and about conflicts of copies."""

"""Themes as a team sees them: the outline, the map, the framework, and what speaks against them."""

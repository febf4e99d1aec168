"""Rounds of coding: who codes what, how it was drawn, and how far everybody is."""

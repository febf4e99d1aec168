"""What leaves the house: each report as values for its writers, and what to look at before."""

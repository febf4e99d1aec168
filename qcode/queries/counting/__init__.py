"""What is counted in a study, once for every table, plot and report, and what is asked of it."""

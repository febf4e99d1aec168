"""The codebook as a team sees it: its tree, its versions, and what changing it would do."""

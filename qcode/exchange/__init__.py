"""Codebook files: CSV and YAML to values and back."""

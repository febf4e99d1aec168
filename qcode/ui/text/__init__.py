"""The reading view of a coded transcript: text with highlights under it, speakers left of it, code stripes right."""

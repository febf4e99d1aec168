"""The panel in which it is decided what stands under quotes."""

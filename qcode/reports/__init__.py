"""Reports: values to files, as Word documents and tables."""

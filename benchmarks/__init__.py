"""What qcode takes, in seconds and bytes, on generated studies: `make bench`."""

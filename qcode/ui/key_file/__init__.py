"""The key file in the window: opened with its passphrase, kept true to the answers, and closed with the study."""

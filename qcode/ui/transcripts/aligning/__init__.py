"""Original and translation side by side: which turns say the same, worked out and corrected by hand."""

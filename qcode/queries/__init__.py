"""What a person can see: frozen rows made for views and reports, read in one go and free of the database."""

"""What is computed for a page before its template shows it: one file a subject."""

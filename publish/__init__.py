"""What happens to the built folder before it is on a host. Knows nothing of MkDocs."""

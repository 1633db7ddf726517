"""Builds the site whole or not at all, compares, publishes and verifies it."""

"""Builds the site: the MkDocs plugin, assets, headers, links, and exports for programs."""

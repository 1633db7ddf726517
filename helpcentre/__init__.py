"""The engine of the help centre: reads content, lints it, builds the site, publishes it.

Floors, each importing only those below it: deploy, site, lint, search, content, macros.
"""

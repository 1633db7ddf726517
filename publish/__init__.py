"""How the site is built, compared, told to programs and published. Imports nothing of MkDocs."""

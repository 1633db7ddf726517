"""Where things are in a project, relative to its root. No other module names these folders."""

DOCS = "docs"
"""The pages and their pictures; in ASSETS those that several pages show."""
ASSETS = f"{DOCS}/assets"
CONTENT = "content"
"""What writers keep beside the pages of all languages: values, facts and redirects."""
LANGUAGES = "languages"
"""A folder for each language: its words, flows, synonyms and, but for the original's, its pages."""
THEME = "theme"
"""Templates, the stylesheet, and all code that runs in the browser."""
HOSTING = "hosting"
"""For publishers: a recipe of one page for each host, and the templates of their configuration."""
SITE = "site"
"""The last good build."""
PREVIEW = "site-preview"
"""The last build for another day; never published."""
WORK = ".build"
"""What a build needs while it runs, and what it keeps for the next one to be quicker."""

BUILT_FROM = (
    DOCS,
    CONTENT,
    LANGUAGES,
    THEME,
    "macros",
    "helpcentre",
    "mkdocs.yml",
    "pyproject.toml",
    "requirements/build.txt",
)
"""Everything that decides what a built site is, other than the environment."""

"""The form of an event: the query of a beacon's address, which hosts check before they log it.

    event=vote&page=orders%2Ftrack-parcel%2F&helpful=no&lang=en-GB
    event=unanswered&question=can+i+pay+later&lang=en-GB
    event=opened&question=parcel+late&page=orders%2Fnot-received%2F&first=contact%2F&lang=en-GB

Nothing else fits: no line break, quotation mark or other character that could end a line of a log.
"""

_CHARACTER = "[A-Za-z0-9_.+*%-]"
_QUESTION = f"{_CHARACTER}{{1,1000}}"
"""As theme/search/insights.js cuts it; Caddy's expressions count no further."""
_PAGE = f"{_CHARACTER}{{0,240}}"
"""Of the home page, empty."""

QUERY = (
    f"event=(?:vote&page={_PAGE}&helpful=(?:yes|no)"
    f"|unanswered&question={_QUESTION}"
    f"|opened&question={_QUESTION}&page={_PAGE}&first={_PAGE})"
    "&lang=[A-Za-z-]{2,35}"
)
"""A regular expression that nginx, Caddy and Python read alike."""
LONGEST = 4_000
"""Bytes of a line: more than any event has, as nginx and Caddy write them."""

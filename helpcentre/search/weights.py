"""The numbers of ranking, which ranking.py and the worker in the browser have by the same names."""

import sys

TEXT_EXPONENT = 0.2  # of how much title and text are about a question
LEAST_TEXT = 0.1  # added to that, for pages whose phrases alone have the words
COVERAGE_EXPONENT = 0.4  # of the share of the question that a page has
RARITY_EXPONENT = 0.5  # of idf, which on few pages weakens their main words too much
LIGHT_WEIGHT = 0.3  # of a light word
SYNONYM_WEIGHT = 0.8  # of a synonym, relative to the word itself
CORRECTED_WEIGHT = 0.9  # of a corrected word, for each change
SWAP = 0.9  # changes that two swapped letters are: the likeliest slip
MINOR_WEIGHT = 0.6  # of a page that only explains words
PERSON_WEIGHT = 1.45  # of customer care, for out-of-scope questions
LEAST_KNOWN = 0.1  # below this known share of the question, no page is sure to answer it
NEARLY = 0.5  # the share of the best score from which on customer care is as good a result
PERSON_PLACE = 3  # of customer care otherwise, at the earliest, from 0
NOISE = 0.01  # the share of the best score below which a page is no result
RESULTS = 10
MOST_LETTERS = 1000
MOST_WORDS = 40
MOST_SPLIT = 30  # letters of a word in which others may be run together
DIGITS = 9  # of scores: other machines may differ in later ones


def script(**others: int) -> str:
    """Return these numbers for the browser, and `others` by their names."""
    numbers = (vars(sys.modules[__name__]) | others).items()
    return "".join(f"const {name} = {value};\n" for name, value in numbers if name.isupper())

"""The name of the rules by which summaries are made: whoever keeps summaries keeps it beside them."""

RULES = "news-3"

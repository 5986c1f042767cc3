"""The tagger: a small transformer beside the rules, for the words that no rule knows."""

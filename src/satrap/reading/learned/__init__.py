"""The kind tagger: a small learned model beside the rules, for the words that no rule knows."""

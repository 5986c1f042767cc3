"""The encounter model in other libraries, in the style of their own examples; each runs in an environment of
its own, which has its library, numpy and nothing of satrap.
"""

"""The equations of docs/explanation/simulator.md, one file a family, as pure functions of arrays.

Arrays are (member, place, institution) unless said otherwise; parameters broadcast against them.
"""

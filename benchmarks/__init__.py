"""Measurements behind every figure in the documentation: one module a suite."""

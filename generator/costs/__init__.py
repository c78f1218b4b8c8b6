"""Computes what errors and caching cost, and the values of the calculators."""

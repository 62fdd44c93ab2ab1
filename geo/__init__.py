"""Claim Atlas: a map in the browser where every mark is a sourced claim."""

__version__ = "0.1.0"

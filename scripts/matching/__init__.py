"""Measuring how people are found: a registry with reports whose truth is known, figures, and learning from them."""

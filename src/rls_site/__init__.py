"""Massage for Restless Legs: the words its articles are written in, the rules they keep, the last steps after a build."""

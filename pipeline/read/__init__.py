"""Bytes to text that knows where each character came from, one module a kind of file."""

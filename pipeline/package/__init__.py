"""Packages for archives: one BagIt bag (RFC 8493) for all languages of a document, and the check of such bags."""

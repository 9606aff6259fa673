"""Commands that have a module of their own; `cli` puts them beside its own."""

"""Editors' tools: records against articles, sentences without claims, drafts, what a change does."""

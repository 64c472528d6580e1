"""Pages: frozen views of what each says, and their Markdown."""

"""From what people have to a story's files."""

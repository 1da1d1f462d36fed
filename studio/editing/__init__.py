"""What a person does to a document, and why it is refused: use cases without a widget."""

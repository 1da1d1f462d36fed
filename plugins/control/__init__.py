"""For type checkers, which then know that the files beside each other are one plugin."""

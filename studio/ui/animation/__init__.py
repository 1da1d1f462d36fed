"""The window in which an animation project is made, edited and rendered."""

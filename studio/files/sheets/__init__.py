"""Sprite sheets: many pictures on one, in even cells, with a JSON file that says where each lies."""

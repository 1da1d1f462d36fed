"""How the window looks and speaks: theme, icons, fonts, translation."""

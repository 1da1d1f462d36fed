"""Writing so that nothing is lost: whole files or none, locks, and what a kill leaves behind."""

"""The Queue panel: jobs as cards with their pictures."""

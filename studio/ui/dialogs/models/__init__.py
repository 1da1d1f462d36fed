"""The Models window: what is on this computer, what can be downloaded, and where is looked."""

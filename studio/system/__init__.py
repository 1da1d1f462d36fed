"""The process and what belongs to the person who runs it: private files, what is printed, the end, optional parts."""

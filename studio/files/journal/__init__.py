"""The recovery journal: the line of history of an open picture, kept while it is worked on."""

"""The dialog of adjustment layers: a form or a drawing for each kind."""

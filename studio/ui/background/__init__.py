"""What runs beside the window: the worker that owns the models, and runs that can be cancelled."""

"""Find it and quote it exactly."""

"""What trains the models that the service ships; the service never imports it."""

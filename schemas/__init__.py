"""What goes over the wire: marshmallow schemas."""

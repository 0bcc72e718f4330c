"""What the OpenAPI document says of each call, beside the schemas."""

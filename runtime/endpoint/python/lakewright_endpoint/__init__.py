"""What the embedded endpoint adds to moto so that Glue behaves as its API reference says."""

"""Values and decisions: values in, value out; no I/O, no clock, no framework."""

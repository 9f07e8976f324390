"""The ports that keep things, on SQLAlchemy Core."""

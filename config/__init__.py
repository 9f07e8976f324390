"""What an operator may edit."""

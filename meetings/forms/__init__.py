"""What people send in, by audience."""

"""Doorbell: one window at a time; a second start hands over what it brought."""

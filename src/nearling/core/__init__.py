"""The vocabulary: values, abilities and events that every other room speaks in."""

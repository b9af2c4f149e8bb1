"""`nearling demo`: the main job, done before your eyes, and a page to look at after."""

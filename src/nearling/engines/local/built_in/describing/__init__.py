"""Pictures as such: what can be measured in them and what their files say."""

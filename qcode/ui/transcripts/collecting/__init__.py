"""Files that go out to coders and come back: what each brings is shown before it is taken in."""

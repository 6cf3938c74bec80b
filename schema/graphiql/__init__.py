"""What a browser gets: GraphiQL from our own origin with recipes for each kind of user, or a plain page without it."""

"""Statistics as files and pages: what GraphQL answers, for programs that only read files and people who only read."""

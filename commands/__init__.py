"""The commands, by what people do with them: reading, looking up, viewing, asking, reviewing, serving."""

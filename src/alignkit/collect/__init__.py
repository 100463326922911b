"""Where headlines come from: readers of files, and the stage that makes one table of what they give."""

"""The Summarize port, on sumy's document model and summarizers."""

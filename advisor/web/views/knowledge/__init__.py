"""The pages for those who came to read: claims, sources, rules, tools, frameworks, tradeoffs."""

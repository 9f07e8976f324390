"""What the bot itself serves over HTTP: the webhook to Telegram, its state to the operator."""

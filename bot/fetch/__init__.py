"""Reading what is fetched or attached: addresses, pages, feeds, documents; no storage and no Telegram."""

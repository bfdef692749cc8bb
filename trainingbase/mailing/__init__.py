"""Mail, and a message to the enterprise chat, of what waits in the portal: off until configured."""

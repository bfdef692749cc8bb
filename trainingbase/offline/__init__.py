"""What answers on a device without network: a service worker, and the one page it keeps."""

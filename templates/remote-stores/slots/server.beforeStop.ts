// By its 503 to /readyz, load balancers learn to send requests elsewhere; until they have, all are served.
await sleep(config.SHUTDOWN_DELAY * 1000);

const redis = await openRedis(settings);

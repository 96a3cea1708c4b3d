if (redis.isOpen) redis.destroy();

...readConfig(RUNNABLE),

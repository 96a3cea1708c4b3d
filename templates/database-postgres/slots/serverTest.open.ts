const db = await openDatabase(readConfig(RUNNABLE));

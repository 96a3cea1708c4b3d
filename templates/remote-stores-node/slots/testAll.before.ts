after(await startTestStores());


after(await startTestDatabase());


const db = await openDatabase({
  {{> serverTest.openSettings}}
  DATABASE_URL: `file:${folder}/app.db`,
});

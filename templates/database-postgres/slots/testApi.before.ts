await emptyDatabase();

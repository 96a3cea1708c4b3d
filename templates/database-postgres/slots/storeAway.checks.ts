if (isPostgresAway(cause)) return true;

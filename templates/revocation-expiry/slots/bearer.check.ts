if (subject) return subject;
